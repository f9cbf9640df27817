/** The holder takes back what it presented by mistake. */
import { caseOf } from '../support/case.js';

export const withdraw = caseOf('presentment:withdraw', {
  by: ['supplier', 'checker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'supplier'],
  writes: ['presentment', 'slice'],
  event: ['tenor.presentment.withdraw.v1', 'presentmentId'],
  request: { presentmentId: 'id', books: 'word?' },
  besides: { books: 'register' },
  again: 'OPENING_MISMATCH',
  due: true,
  reach: async (_stage, stock) => {
    const { presentmentId, uetr: _none, ...slice } = await stock.take('presented');
    return { input: { presentmentId }, leaves: { slice: [slice] } };
  },
});
