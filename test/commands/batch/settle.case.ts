/** The supplier commits the batch, whose money is proven, and hands its slice over at once: bank and contractor may see both legs. */
import { caseOf } from '../support/case.js';

export const settle = caseOf('batch:settle', {
  by: ['supplier', 'maker'],
  also: ['bank', 'contractor'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'contractor', 'supplier'],
  writes: ['outcome', 'slice'],
  event: ['tenor.batch.settle.v1', 'legIds'],
  request: { legIds: 'ids' },
  unopened: { outcome: 'OUTCOME_EXISTS' },
  again: 'OPENING_MISMATCH',
  reach: async (_stage, stock) => {
    const { legIds, deliveryId: _delivery, taker: _taker, moneyId: _money, ...slice } = await stock.take('paid');
    return { input: { legIds: [...legIds] }, leaves: { passed: [slice] } };
  },
});
