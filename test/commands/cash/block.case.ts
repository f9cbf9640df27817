/** The contractor's bank states that it has blocked the money. */
import { caseOf } from '../support/case.js';

export const block = caseOf('cash:block', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank'],
  writes: ['proof', 'ticket'],
  event: ['tenor.cash.block.v1', 'legId ticketId'],
  request: { legId: 'id', ticketId: 'id' },
  again: 'ok',
  reach: async (stage, stock) => {
    const { moneyId } = await stock.take('blockable');
    return { input: { legId: moneyId, ticketId: stage.id('bank') } };
  },
});
