/** The issuer gives up a claim that no certificate uses. */
import { caseOf } from '../support/case.js';

export const release = caseOf('document:release', {
  by: ['issuer', 'maker'],
  also: ['bank'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank'],
  writes: ['claim', 'paper'],
  event: ['tenor.document.release.v1', 'claimId reservationId'],
  request: { claimId: 'hash', reservationId: 'id' },
  again: 'ok',
  reach: async (_stage, stock) => {
    const { claimId, reservationId } = await stock.take('claim');
    return { input: { claimId, reservationId } };
  },
});
