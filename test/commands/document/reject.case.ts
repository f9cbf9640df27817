/** The bank does not take the claim. */
import { caseOf } from '../support/case.js';

export const reject = caseOf('document:reject', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank'],
  writes: ['reservation'],
  event: ['tenor.document.reject.v1', 'reservationId'],
  request: { reservationId: 'id' },
  again: 'OPENING_MISMATCH',
  reach: async (_stage, stock) => {
    const { reservationId } = await stock.take('reserved');
    return { input: { reservationId } };
  },
});
