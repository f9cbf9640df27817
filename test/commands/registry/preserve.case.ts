/** An administrator preserves the founding record of an organisation that is leaving. */
import { caseOf, mspOf } from '../support/stage.js';

export const preserve = caseOf('registry:preserve', ['bank', 'admin'], async (stage) => {
  const proposalId = stage.id('bank');
  const departure = { mspId: mspOf('operator'), state: 'LEAVING' as const };
  await stage.act('bank', 'admin', 'registry:propose', { proposalId, changes: [{ kind: 'departure', departure }] });
  for (const founder of ['issuer', 'supplier'] as const)
    await stage.act(founder, 'admin', 'registry:approve', { proposalId });
  return { mspId: mspOf('operator'), items: [{ kind: 'founding' as const, id: 'channel' }] };
});
