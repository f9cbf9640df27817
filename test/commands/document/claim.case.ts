/** An issuer claims an invoice through its bank, for somebody to confirm. */
import { claimIdOf } from '../../../client/src/ids.js';
import { claimInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const claim = caseOf('document:claim', {
  by: ['issuer', 'maker'],
  for: ['maker', 'checker'],
  commits: true,
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'issuer', 'supplier'],
  writes: ['reservation'],
  event: ['tenor.document.claim.v1', 'reservationId'],
  request: { reservationId: 'id', books: 'word?' },
  secret: {
    ...{ type: 'word', number: 'text', issuedOn: 'date', seller: 'party', issuer: 'party', bank: 'party' },
    ...{ currency: 'currency', capacity: 'amount', documentHash: 'hash', remarks: 'word?' },
  },
  besides: { books: 'register', remarks: { isCopy: true } },
  again: 'ID_TAKEN',
  reach: (stage) => {
    const input = claimInput(stage, stage.reference(), '13579246801');
    const { reservationId } = input;
    return Promise.resolve({ input, leaves: { reserved: [{ reservationId, claimId: claimIdOf(input) }] } });
  },
});
