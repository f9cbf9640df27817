/** The holder asks its certificate's bank to finance a slice. */
import { financingInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const request = caseOf('financing:request', {
  by: ['supplier', 'maker'],
  for: ['maker', 'checker'],
  commits: true,
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'supplier'],
  writes: ['financingRequest', 'slice', 'terms'],
  event: ['tenor.financing.request.v1', 'requestId sliceIds'],
  request: { requestId: 'id', sliceIds: 'ids' },
  secret: { funder: 'party', expiresOn: 'date', interestPayer: 'interestPayer' },
  again: 'ID_TAKEN',
  reach: async (stage, stock) => {
    const slice = await stock.take('slice');
    const input = financingInput(stage, [slice.sliceId]);
    return { input, leaves: { asked: [{ ...slice, requestId: input.requestId }] } };
  },
});
