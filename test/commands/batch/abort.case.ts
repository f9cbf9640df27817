/** The supplier aborts the batch, because the contractor declined it. */
import { abortInput, decline } from '../support/batchSteps.js';
import { caseOf } from '../support/case.js';

export const abort = caseOf('batch:abort', {
  by: ['supplier', 'maker'],
  also: ['bank', 'contractor'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'contractor', 'supplier'],
  writes: ['outcome'],
  event: ['tenor.batch.abort.v1', 'legIds'],
  request: { legIds: 'ids', books: 'word?' },
  besides: { books: 'register' },
  secret: { sheet: 'sheet?', declinedBy: 'msp?' },
  again: 'OUTCOME_EXISTS',
  reach: async (stage, stock) => {
    const trade = await stock.take('instructed');
    await decline(stage, trade);
    return { input: await abortInput(stage, trade), leaves: { aborted: [trade] } };
  },
});
