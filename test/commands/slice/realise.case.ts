/** The bank takes a slice that secures what it lent, and that the supplier did not redeem in time. */
import { daysAfter, offerEndOf } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const realise = caseOf('slice:realise', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'supplier'],
  writes: ['slice', 'ticket'],
  event: ['tenor.slice.realise.v1', 'sliceId ticketId'],
  request: { sliceId: 'id', ticketId: 'id', books: 'word?' },
  besides: { books: 'register' },
  again: 'OPENING_MISMATCH',
  due: true,
  reach: async (stage, stock) => {
    const { sliceId } = await stock.take('pledged');
    const lastDay = offerEndOf(stage);
    await stage.moveTo(daysAfter(lastDay, 1));
    return { input: { sliceId, ticketId: stage.id('bank') } };
  },
});
