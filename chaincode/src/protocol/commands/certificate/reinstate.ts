import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zId, zIds } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Takes slices out of the count that are RETURNED and had been counted against the face, counts in their place what stayed paid of them, and draws
 * the line again by the rest. Nobody asks for room: `utilised` may exceed `limit`. The line is in EXCESS then, which keeps nothing but new
 * certificates from being confirmed on it, until redemptions bring it below. A certificate that was settled is active again.
 */
export const reinstate = command({
  summary: 'takes what came back out of the count and draws the line again',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.certificate.reinstate.v1',
  request: z.strictObject({
    certificateId: zId,
    sliceIds: zIds(LIMITS.bulkItems),
    /** `register` only draws the line, in the bank's book alone, so that a silent issuer cannot stall this. What it draws is not drawn again later. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  refuses: [
    'SLICE_COUNTED',
    'STATE',
    'BATCH_MIXED',
    'RETURN_USED',
    'CURRENCY_MISMATCH',
    'PAYMENT_MISMATCH',
    'LINE_FOREIGN',
    'LINE_UNDRAWN',
  ],
});
