/** The bank says what it would pay for a slice. */
import { quoteInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const quote = caseOf('financing:quote', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'supplier'],
  writes: ['quote', 'ticket'],
  event: ['tenor.financing.quote.v1', 'quoteId requestId ticketId'],
  request: { quoteId: 'id', requestId: 'id', ticketId: 'id' },
  secret: {
    ...{ rate: 'rate', dayCount: 'word', fee: 'total', recourse: 'flag', valueDate: 'date', validUntil: 'date' },
  },
  again: 'ID_TAKEN',
  reach: async (stage, stock) => {
    const { requestId, ...slice } = await stock.take('asked');
    return { input: quoteInput(stage, requestId), leaves: { slice: [slice] } };
  },
});
