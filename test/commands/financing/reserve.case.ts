/** The bank counts on its limits what it is to settle by one call. */
import { setLimit } from '../support/financingSteps.js';
import { caseOf } from '../support/case.js';

export const reserve = caseOf('financing:reserve', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank'],
  writes: ['financed', 'fundingLimit', 'ticket'],
  event: ['tenor.financing.reserve.v1', 'requestId ticketId'],
  request: { requestId: 'id', ticketId: 'id' },
  again: 'OPENING_MISMATCH',
  reach: async (stage, stock) => {
    await setLimit(stage);
    const { requestId } = await stock.take('takenUp');
    return { input: { requestId, ticketId: stage.id('bank') } };
  },
});
