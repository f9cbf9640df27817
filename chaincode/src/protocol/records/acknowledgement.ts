import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAmount, zCurrency, zId, zMsp, zPaymentId } from '../schemas.js';
import { salt, schema } from './building.js';

/** The statement that the payee has the money: its own, or that of the stand-in that the presentment names. */
export const zAcknowledgement = z.strictObject({
  schema: schema('tenor.acknowledgement/1'),
  /** Id of the presentment. */
  id: zId,
  bankMsp: zMsp,
  /** The organisation that states it. */
  byMsp: zMsp,
  paymentId: zPaymentId,
  /** The other payments that pay together with it. */
  furtherPaymentIds: z
    .array(zPaymentId)
    .min(1)
    .max(LIMITS.partPayments - 1)
    .optional(),
  currency: zCurrency,
  amount: zAmount,
  /** It holds whatever the payee's bank says of a return. Only the payee itself says so. */
  inSpiteOfReturn: z.literal(true).optional(),
  ...salt,
});
