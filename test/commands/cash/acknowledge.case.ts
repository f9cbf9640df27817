/** The supplier states that it has the money, which its bank alone would prove for its own payment. */
import { caseOf } from '../support/case.js';

export const acknowledge = caseOf('cash:acknowledge', {
  by: ['supplier', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['supplier'],
  writes: ['proof', 'ticket'],
  event: ['tenor.cash.acknowledge.v1', 'legId ticketId'],
  request: { legId: 'id', uetr: 'uetr?', ticketId: 'id' },
  again: 'ok',
  reach: async (stage, stock) => {
    const { moneyId } = await stock.take('instructed');
    return { input: { legId: moneyId, ticketId: stage.id('supplier') } };
  },
});
