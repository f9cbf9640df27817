/** The contractor approves what it gives and takes. */
import { approveInput } from '../support/batchSteps.js';
import { caseOf } from '../support/case.js';

export const approve = caseOf('batch:approve', {
  by: ['contractor', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'OPENING_MISMATCH',
  books: ['contractor'],
  writes: ['approval', 'ticket'],
  event: ['tenor.batch.approve.v1', 'legIds ticketId'],
  request: { legIds: 'ids', ticketId: 'id' },
  secret: { party: 'party' },
  again: 'ok',
  reach: async (stage, stock) => {
    const trade = await stock.take('instructed');
    return { input: approveInput(stage, 'contractor', trade) };
  },
});
