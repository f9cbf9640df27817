import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zId, zIds } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Counts paid slices against the face, each of them once, and restores the line by the amount that was paid. One call can count slices of several certificates of
 * one bank and one issuer, of each at least one.
 */
export const redeem = command({
  summary: 'counts paid slices against the face and restores the line',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.certificate.redeem.v1',
  request: z
    .strictObject({
      certificateId: zId,
      /** Other certificates of the same bank and issuer, of which slices are counted too. */
      furtherCertificateIds: zIds(LIMITS.bulkItems - 1).optional(),
      /** Paid slices of these certificates. */
      sliceIds: zIds(LIMITS.bulkItems),
    })
    .refine(({ certificateId, furtherCertificateIds = [] }) => !furtherCertificateIds.includes(certificateId), {
      path: ['furtherCertificateIds'],
      error: 'DUPLICATE_ITEM',
    }),
  refuses: [
    'SLICE_COUNTED',
    'STATE',
    'BATCH_MIXED',
    'RETURN_UNCOUNTED',
    'CURRENCY_MISMATCH',
    'PAID_EXCEEDS_FACE',
    'LINE_FOREIGN',
    'LINE_UNDRAWN',
  ],
});
