/** The supplier allocates its slice to a batch that gives it to the contractor. */
import { allocateInput, tradeOf } from '../support/batchSteps.js';
import { caseOf } from '../support/case.js';

export const allocate = caseOf('slice:allocate', {
  by: ['supplier', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'contractor', 'supplier'],
  writes: ['cover', 'leg', 'slice', 'terms', 'ticket'],
  event: ['tenor.slice.allocate.v1', 'legId legIds sliceId ticketId'],
  request: { sliceId: 'id', legId: 'id', legIds: 'ids', ticketId: 'id' },
  secret: { receiver: 'party', expiresOn: 'date', inReturn: 'id' },
  again: 'ID_TAKEN',
  reach: async (stage, stock) => {
    const slice = await stock.take('slice');
    const trade = tradeOf(stage, slice.sliceId);
    return { input: allocateInput(stage, trade), leaves: { allocated: [{ ...slice, ...trade }] } };
  },
});
