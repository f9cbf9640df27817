/** The contractor takes the slice over. */
import { caseOf } from '../support/case.js';
import { TRANSFER } from '../support/fields.js';

export const accept = caseOf('slice:accept', {
  by: ['contractor', 'maker'],
  for: ['maker', 'checker'],
  commits: true,
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'contractor'],
  writes: ['slice'],
  event: ['tenor.slice.accept.v1', 'sliceId transferId'],
  request: TRANSFER,
  again: 'OPENING_MISMATCH',
  reach: async (_stage, stock) => {
    const { transferId, ...slice } = await stock.take('transfer');
    return { input: { sliceId: slice.sliceId, transferId }, leaves: { passed: [slice] } };
  },
});
