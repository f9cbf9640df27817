/** The holder takes its mandate back. */
import { caseOf } from '../support/case.js';

export const revoke = caseOf('mandate:revoke', {
  by: ['supplier', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['supplier'],
  writes: ['mandate'],
  event: ['tenor.mandate.revoke.v1', 'mandateId'],
  request: { mandateId: 'id' },
  again: 'ok',
  reach: async (_stage, stock) => {
    const { mandateId } = await stock.take('mandate');
    return { input: { mandateId } };
  },
});
