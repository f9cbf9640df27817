/** The contractor declines the batch. */
import { LEI } from '../../deal/players.js';
import { caseOf } from '../support/case.js';

export const decline = caseOf('batch:decline', {
  by: ['contractor', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['contractor'],
  writes: ['approval'],
  event: ['tenor.batch.decline.v1', 'legId'],
  request: { legId: 'id' },
  secret: { party: 'party' },
  again: 'ok',
  reach: async (_stage, stock) => {
    const { moneyId } = await stock.take('instructed');
    return { input: { legId: moneyId, party: LEI.contractor } };
  },
});
