/** The bank settles by one call what the supplier accepted at once. */
import { caseOf } from '../support/case.js';

export const settle = caseOf('financing:settle', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'supplier'],
  writes: ['approval', 'leg', 'outcome', 'proof', 'slice', 'ticket'],
  event: ['tenor.financing.settle.v1', 'requestId ticketId'],
  request: { requestId: 'id', ticketId: 'id' },
  again: 'FINANCING_SETTLED',
  reach: async (stage, stock) => {
    const { requestId } = await stock.take('settleable');
    return { input: { requestId, ticketId: stage.id('bank') } };
  },
});
