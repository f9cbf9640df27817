/** The payee says that it has the money. */
import { caseOf } from '../support/case.js';

export const acknowledge = caseOf('presentment:acknowledge', {
  by: ['supplier', 'checker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'supplier'],
  writes: ['acknowledgement', 'slice'],
  event: ['tenor.presentment.acknowledge.v1', 'presentmentId uetr'],
  request: { presentmentId: 'id', uetr: 'uetr' },
  again: 'ACKNOWLEDGEMENT_EXISTS',
  due: true,
  reach: async (_stage, stock) => {
    const found = await stock.take('presented');
    const { presentmentId, uetr } = found;
    return { input: { presentmentId, uetr }, leaves: { acknowledged: [found] } };
  },
});
