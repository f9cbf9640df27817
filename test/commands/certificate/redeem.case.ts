/** The bank counts a paid slice against the face. */
import { caseOf } from '../support/case.js';

export const redeem = caseOf('certificate:redeem', {
  by: ['bank', 'checker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'issuer'],
  writes: ['totals', 'redeemed', 'line'],
  event: ['tenor.certificate.redeem.v1', 'certificateId sliceIds'],
  request: { certificateId: 'id', furtherCertificateIds: 'ids?', sliceIds: 'ids' },
  // The slice is all of the certificate, which is settled then.
  again: 'OPENING_MISMATCH',
  due: true,
  reach: async (stage, stock) => {
    const { certificateId, sliceId, presentmentId, uetr } = await stock.proven();
    await stage.act('bank', 'checker', 'presentment:discharge', { presentmentId, uetr });
    return { input: { certificateId, sliceIds: [sliceId] } };
  },
});
