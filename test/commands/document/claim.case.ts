/** An issuer claims an invoice through its bank. */
import { claimInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const claim = caseOf('document:claim', {
  by: ['issuer', 'maker'],
  for: ['maker', 'checker'],
  commits: true,
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'issuer'],
  writes: ['claim'],
  event: ['tenor.document.claim.v1', 'claimId'],
  request: { claimId: 'hash' },
  secret: {
    ...{ type: 'word', number: 'text', seller: 'party', issuer: 'party', bank: 'party' },
    ...{ currency: 'currency', capacity: 'amount', documentHash: 'hash' },
  },
  again: 'DOCUMENT_CLAIMED',
  reach: (stage) => {
    const input = claimInput(stage.reference(), '13579246801');
    return Promise.resolve({ input, leaves: { claim: [{ claimId: input.claimId }] } });
  },
});
