/** The contractor instructs the money for the slice. */
import { instructInput } from '../support/batchSteps.js';
import { caseOf } from '../support/case.js';
import { MONEY } from '../support/fields.js';

export const instruct = caseOf('cash:instruct', {
  by: ['contractor', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  commits: true,
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'contractor', 'supplier'],
  writes: ['cover', 'leg', 'ticket'],
  event: ['tenor.cash.instruct.v1', 'legId legIds ticketId'],
  request: { legId: 'id', legIds: 'ids', ticketId: 'id' },
  secret: {
    ...{ what: 'word', sender: 'party', receiver: 'party', ...MONEY, payerBank: 'party', payeeBank: 'party' },
    ...{ account: 'account', endToEndId: 'endToEndId?', expiresOn: 'date' },
  },
  besides: { endToEndId: 'RT-2027/0043' },
  again: 'ID_TAKEN',
  reach: async (stage, stock) => {
    const trade = await stock.take('allocated');
    return { input: instructInput(stage, trade), leaves: { instructed: [trade] } };
  },
});
