/** The bank rejects what was submitted. */
import { caseOf } from '../support/case.js';

export const reject = caseOf('certificate:reject', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank'],
  writes: ['confirmation'],
  event: ['tenor.certificate.reject.v1', 'certificateId'],
  request: { certificateId: 'id' },
  again: 'CONFIRMATION_EXISTS',
  reach: async (_stage, stock) => {
    const { certificateId } = await stock.take('submitted');
    return { input: { certificateId } };
  },
});
