/** The bank gives back what it counted for a batch of which nothing came. */
import { giveUp } from '../support/financingSteps.js';
import { caseOf } from '../support/case.js';

export const release = caseOf('financing:release', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank'],
  writes: ['financed', 'fundingLimit'],
  event: ['tenor.financing.release.v1', 'quoteId'],
  request: { quoteId: 'id', sliceIds: 'ids?' },
  unopened: { outcome: 'OUTCOME_EXISTS' },
  again: 'OPENING_MISMATCH',
  reach: async (stage, stock) => {
    const counted = await stock.take('counted');
    await giveUp(stage, counted);
    return { input: { quoteId: counted.quoteId } };
  },
});
