import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zId, zIds } from '../../schemas.js';
import { command } from '../definition.js';

/** Counts paid slices against the face, each of them once, and restores the line by the amount that was paid. */
export const redeem = command({
  summary: 'counts paid slices against the face and restores the line',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.certificate.redeem.v1',
  request: z.strictObject({ certificateId: zId, sliceIds: zIds(LIMITS.bulkItems) }),
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
