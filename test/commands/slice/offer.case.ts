/** The holder offers its slice to a contractor. */
import { transferInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';
import { TRANSFER } from '../support/fields.js';

export const offer = caseOf('slice:offer', {
  by: ['supplier', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'contractor', 'supplier'],
  writes: ['slice', 'terms', 'ticket'],
  event: ['tenor.slice.offer.v1', 'sliceId ticketId transferId'],
  request: { ...TRANSFER, ticketId: 'id' },
  secret: { transferee: 'party', expiresOn: 'date' },
  again: 'OPENING_MISMATCH',
  reach: async (stage, stock) => {
    const slice = await stock.take('slice');
    const input = transferInput(stage, slice.sliceId);
    return { input, leaves: { transfer: [{ ...slice, transferId: input.transferId }] } };
  },
});
