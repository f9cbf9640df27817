/** The contractor's bank takes its report back, because the payment was rejected. */
import { reportMoney } from '../support/batchSteps.js';
import { caseOf } from '../support/case.js';

export const reopen = caseOf('cash:reopen', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank'],
  writes: ['remittance', 'ticket'],
  event: ['tenor.cash.reopen.v1', 'legId ticketId uetr'],
  request: { legId: 'id', uetr: 'uetr?', ticketId: 'id' },
  again: 'ok',
  reach: async (stage, stock) => {
    const trade = await stock.take('agreed');
    const { uetr } = await reportMoney(stage, trade, 'RJCT');
    return { input: { legId: trade.moneyId, uetr, ticketId: stage.id('bank') }, leaves: { agreed: [trade] } };
  },
});
