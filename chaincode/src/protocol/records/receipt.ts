import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zId, zMsp, zPaymentId } from '../schemas.js';
import { salt, schema } from './building.js';

/** The mark that payments of a presentment came in, written with each attestation. It prevents that the presentment is withdrawn. */
export const zReceipt = z.strictObject({
  schema: schema('tenor.receipt/1'),
  /** Id of the presentment. */
  id: zId,
  bankMsp: zMsp,
  payeeBankMsp: zMsp,
  /** The payment that was attested first. */
  paymentId: zPaymentId,
  /** Those that were attested later, without those that had come back by then. */
  furtherPaymentIds: z.array(zPaymentId).min(1).max(LIMITS.partPayments).optional(),
  ...salt,
});
