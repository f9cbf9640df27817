/** The holder accepts the bank's quote. */
import { acceptanceInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const accept = caseOf('financing:accept', {
  by: ['supplier', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'supplier'],
  writes: ['acceptance', 'ticket'],
  event: ['tenor.financing.accept.v1', 'quoteId requestId ticketId'],
  request: { requestId: 'id', quoteId: 'id', ticketId: 'id' },
  secret: { payeeBank: 'party', account: 'account', endToEndId: 'endToEndId?' },
  again: 'FINANCING_ACCEPTED',
  reach: async (stage, stock) => {
    const { quoteId, ...slice } = await stock.take('quoted');
    return { input: acceptanceInput(stage, { ...slice, quoteId }), leaves: { financed: [{ ...slice, quoteId }] } };
  },
});
