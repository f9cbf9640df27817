/** The supplier commits the batch, whose money is proven. */
import { caseOf } from '../support/case.js';

export const commit = caseOf('batch:commit', {
  by: ['supplier', 'maker'],
  also: ['bank', 'contractor'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'contractor', 'supplier'],
  writes: ['outcome'],
  event: ['tenor.batch.commit.v1', 'legIds'],
  request: { legIds: 'ids', books: 'word?' },
  besides: { books: 'register' },
  secret: { sheet: 'sheet?' },
  unopened: { outcome: 'OUTCOME_EXISTS' },
  again: 'OPENING_MISMATCH',
  reach: async (_stage, stock) => {
    const trade = await stock.take('paid');
    return { input: { legIds: [...trade.legIds] }, leaves: { committed: [trade] } };
  },
});
