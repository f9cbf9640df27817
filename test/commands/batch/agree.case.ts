/** The supplier records that everything is allocated and approved. */
import { sheetOf } from '../support/batchSteps.js';
import { caseOf } from '../support/case.js';

export const agree = caseOf('batch:agree', {
  by: ['supplier', 'maker'],
  also: ['bank', 'contractor'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'contractor', 'supplier'],
  writes: ['outcome'],
  event: ['tenor.batch.agree.v1', 'legIds'],
  request: { legIds: 'ids', books: 'word?' },
  besides: { books: 'register' },
  secret: { sheet: 'sheet' },
  again: 'OUTCOME_EXISTS',
  reach: async (stage, stock) => {
    const trade = await stock.take('approved');
    return { input: { legIds: [...trade.legIds], sheet: await sheetOf(stage, trade) }, leaves: { agreed: [trade] } };
  },
});
