/** The payee declines what it was offered. */
import { caseOf } from '../support/case.js';

export const decline = caseOf('certificate:decline', {
  by: ['supplier', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'supplier'],
  writes: ['status'],
  event: ['tenor.certificate.decline.v1', 'certificateId'],
  request: { certificateId: 'id' },
  again: 'OPENING_MISMATCH',
  reach: async (_stage, stock) => {
    const { certificateId } = await stock.take('offered');
    return { input: { certificateId }, leaves: { declined: [{ certificateId }] } };
  },
});
