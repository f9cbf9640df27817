/** The contractor gives the slice back. */
import { caseOf } from '../support/case.js';
import { TRANSFER } from '../support/fields.js';

export const decline = caseOf('slice:decline', {
  by: ['contractor', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'contractor', 'supplier'],
  writes: ['slice'],
  event: ['tenor.slice.decline.v1', 'sliceId transferId'],
  request: { ...TRANSFER, books: 'word?' },
  besides: { books: 'register' },
  again: 'OPENING_MISMATCH',
  reach: async (_stage, stock) => {
    const { transferId, ...slice } = await stock.take('transfer');
    return { input: { sliceId: slice.sliceId, transferId }, leaves: { slice: [slice] } };
  },
});
