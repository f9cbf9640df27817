import { z } from 'zod';
import { paidFields, zAmount, zCurrency, zDate, zHash, zMsp, zText, zPaymentId } from '../schemas.js';
import { salt, schema } from './building.js';

/** The statement of the payee's bank that it sent a payment back, or a part of it, from a pacs.004. From then on its attestation proves nothing. */
export const zReturn = z.strictObject({
  schema: schema('tenor.return/1'),
  /** The payment that came back. */
  id: zPaymentId,
  ...paidFields,
  bankMsp: zMsp,
  payeeBankMsp: zMsp,
  holderMsp: zMsp,
  currency: zCurrency,
  /** What went back. It may be less than what was paid. */
  amount: zAmount,
  /** The day on which the money that went back is settled. */
  returnedOn: zDate,
  /** Business date of this statement. */
  recordedOn: zDate,
  /** A code of ISO 20022's external set of return reasons, for example `AC04`, or the bank's own. */
  reason: zText.optional(),
  /** SHA-256 of the pacs.004. */
  messageHash: zHash,
  ...salt,
});
