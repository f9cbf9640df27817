/** The contractor takes the slice over that a committed batch gives it. */
import { caseOf } from '../support/case.js';

export const complete = caseOf('slice:complete', {
  by: ['contractor', 'maker'],
  also: ['bank', 'supplier'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'contractor', 'supplier'],
  writes: ['slice'],
  event: ['tenor.slice.complete.v1', 'legId sliceId'],
  request: { sliceId: 'id', legId: 'id', books: 'word?' },
  besides: { books: 'register' },
  unopened: { outcome: 'OUTCOME_MISSING' },
  again: 'OPENING_MISMATCH',
  reach: async (_stage, stock) => {
    const {
      sliceId,
      deliveryId,
      taker: _taker,
      moneyId: _money,
      legIds: _legs,
      ...slice
    } = await stock.take('committed');
    return { input: { sliceId, legId: deliveryId }, leaves: { passed: [{ ...slice, sliceId }] } };
  },
});
