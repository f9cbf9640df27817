import { z } from 'zod';
import { zId, zMsp, zPaymentId } from '../schemas.js';
import { salt, schema } from './building.js';

/** The mark that a payment of a presentment came in, written with the first attestation. It prevents that the presentment is withdrawn. */
export const zReceipt = z.strictObject({
  schema: schema('tenor.receipt/1'),
  /** Id of the presentment. */
  id: zId,
  bankMsp: zMsp,
  payeeBankMsp: zMsp,
  /** The payment that was attested first. */
  paymentId: zPaymentId,
  ...salt,
});
