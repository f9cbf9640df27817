/** The bank discharges what is proven to be paid. */
import { caseOf } from '../support/case.js';
import { NAMED_ONCE } from '../support/fields.js';

export const discharge = caseOf('presentment:discharge', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'supplier'],
  writes: ['slice'],
  event: ['tenor.presentment.discharge.v1', 'presentmentId uetr'],
  request: {
    ...{ presentmentId: 'id', uetr: 'uetr?', furtherUetrs: 'uetrs?', books: 'word?' },
    ...{ furtherPresentmentIds: 'ids?', furtherPresentmentUetrs: 'uetrs?' },
  },
  spoils: [
    ...NAMED_ONCE,
    [
      'more payments than presentments',
      'REQUEST_MALFORMED',
      { furtherPresentmentUetrs: ['eb6305c9-1f7f-49de-aed0-16487c27b42d'] },
    ],
  ],
  besides: { furtherUetrs: ['eb6305c9-1f7f-49de-aed0-16487c27b42d'], books: 'register' },
  // The records themselves may be what is missing.
  unopened: { attestation: 'ATTESTATION_NEEDED', acknowledgement: 'ACKNOWLEDGEMENT_NEEDED' },
  again: 'OPENING_MISMATCH',
  due: true,
  reach: async (_stage, stock) => {
    const { presentmentId, uetr } = await stock.proven();
    return { input: { presentmentId, uetr } };
  },
});
