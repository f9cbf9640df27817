/** The bank gives line and documents back for what was declined. */
import { caseOf } from '../support/case.js';

export const unwind = caseOf('certificate:unwind', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'issuer'],
  writes: ['status', 'line', 'claim'],
  event: ['tenor.certificate.unwind.v1', 'certificateId'],
  request: { certificateId: 'id' },
  again: 'OPENING_MISMATCH',
  reach: async (_stage, stock) => {
    const { certificateId } = await stock.take('declined');
    return { input: { certificateId } };
  },
});
