/** A credit note of the supplier lowers what its invoice can back. */
import { fileOf } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const credit = caseOf('document:credit', {
  by: ['issuer', 'maker'],
  also: ['bank'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'issuer'],
  writes: ['claim'],
  event: ['tenor.document.credit.v1', 'claimId reservationId'],
  request: { claimId: 'hash', reservationId: 'id', books: 'word?' },
  secret: { currency: 'currency', amount: 'amount', documentHash: 'hash' },
  besides: { books: 'register' },
  again: 'OPENING_MISMATCH',
  reach: async (stage, stock) => {
    const { claimId, reservationId } = await stock.take('claim');
    const note = { currency: 'USD', amount: '24681357', documentHash: fileOf(stage.reference()) };
    return { input: { claimId, reservationId, ...note } };
  },
});
