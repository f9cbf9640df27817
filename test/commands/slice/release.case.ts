/** The supplier takes its slice back when the batch was aborted. */
import { caseOf } from '../support/case.js';

export const release = caseOf('slice:release', {
  by: ['supplier', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'supplier'],
  writes: ['cover', 'slice'],
  event: ['tenor.slice.release.v1', 'legId sliceId'],
  request: { sliceId: 'id', legId: 'id' },
  unopened: { outcome: 'OUTCOME_EXISTS' },
  again: 'NOT_ALLOCATED',
  reach: async (_stage, stock) => {
    const {
      sliceId,
      deliveryId,
      taker: _taker,
      moneyId: _money,
      legIds: _legs,
      ...slice
    } = await stock.take('aborted');
    return { input: { sliceId, legId: deliveryId }, leaves: { slice: [{ ...slice, sliceId }] } };
  },
});
