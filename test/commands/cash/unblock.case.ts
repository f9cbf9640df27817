/** The contractor's bank gives the money free when the batch was aborted. */
import { abort, block } from '../support/batchSteps.js';
import { caseOf } from '../support/case.js';

export const unblock = caseOf('cash:unblock', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank'],
  writes: ['proof'],
  event: ['tenor.cash.unblock.v1', 'legId'],
  request: { legId: 'id' },
  unopened: { outcome: 'OUTCOME_EXISTS' },
  again: 'ok',
  reach: async (stage, stock) => {
    const trade = await stock.take('blockable');
    await block(stage, trade);
    await abort(stage, trade);
    return { input: { legId: trade.moneyId } };
  },
});
