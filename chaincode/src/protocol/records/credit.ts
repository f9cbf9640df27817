import { z } from 'zod';
import { paidFields, zHash, zMsp, zPaymentId } from '../schemas.js';
import { salt, schema } from './building.js';

/**
 * The mark that an entry on an account was attested as a credit, or that an end-to-end reference was attested there. As long as it exists, the same
 * entry, or the same reference, proves no other payment at that bank.
 */
export const zCredit = z.strictObject({
  schema: schema('tenor.credit/1'),
  /** HMAC-SHA-256 over account, bank and the reference of the entry or of the payment, under the secret of the bank's book. */
  id: zHash,
  bankMsp: zMsp,
  payeeBankMsp: zMsp,
  ...paidFields,
  paymentId: zPaymentId,
  ...salt,
});
