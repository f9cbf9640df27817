/** The bank's checker has looked at the document and confirms the claim. */
import { caseOf } from '../support/case.js';

export const confirm = caseOf('document:confirm', {
  by: ['bank', 'checker'],
  also: ['supplier'],
  for: ['checker'],
  commits: true,
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'issuer'],
  writes: ['claim', 'paper', 'reservation'],
  event: ['tenor.document.confirm.v1', 'reservationId'],
  request: { reservationId: 'id', books: 'word?' },
  besides: { books: 'register' },
  again: 'OPENING_MISMATCH',
  reach: async (_stage, stock) => {
    const { reservationId, claimId } = await stock.take('reserved');
    return { input: { reservationId }, leaves: { claim: [{ claimId, reservationId }] } };
  },
});
