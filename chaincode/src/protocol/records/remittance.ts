import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zId, zMsp, zPaymentId } from '../schemas.js';
import { salt, schema } from './building.js';

/** The mark of the payer's bank that a payment of a presentment is on its way. As long as it exists, the presentment cannot be withdrawn. */
export const zRemittance = z.strictObject({
  schema: schema('tenor.remittance/1'),
  /** Id of the presentment. */
  id: zId,
  bankMsp: zMsp,
  paymentId: zPaymentId,
  /** An earlier payment had arrived that is not named below, because it came back, or another one was made in its place. Then the mark stays even if this one is rejected. */
  isAfterArrival: z.literal(true).optional(),
  /** Earlier payments that arrived, and had not come back when this one was reported: they and this one pay together. */
  arrivedPaymentIds: z
    .array(zPaymentId)
    .min(1)
    .max(LIMITS.partPayments - 1)
    .optional(),
  /** A payment of a committed leg that came back, and in whose place this one is made. */
  afterReturnOf: zPaymentId.optional(),
  ...salt,
});
