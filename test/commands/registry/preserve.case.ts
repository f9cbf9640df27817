/** An administrator preserves the founding record of an organisation that is leaving. */
import { caseOf } from '../support/case.js';

export const preserve = caseOf('registry:preserve', {
  by: ['bank', 'admin'],
  for: 'administrator',
  elsewhere: 'CALLER_NOT_ADMIN',
  writes: ['founding'],
  event: ['tenor.registry.preserve.v1', 'ids kinds mspId'],
  request: { mspId: 'msp', items: 'list' },
  again: 'ok',
  last: true,
  reach: async (stage) => {
    const mspId = stage.mspOf('operator');
    await stage.decide([{ kind: 'departure', departure: { mspId, state: 'LEAVING' } }]);
    return { input: { mspId, items: [{ kind: 'founding' as const, id: 'channel' }] } };
  },
});
