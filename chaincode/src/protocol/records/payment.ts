import { z } from 'zod';
import { zAmount, zCurrency, zHash, zId, zMsp, zUetr } from '../schemas.js';
import { salt, schema } from './building.js';

/** Transaction status codes of ISO 20022 ExternalPaymentTransactionStatus1Code that a report may carry. */
export const PAYMENT_STATUSES = ['ACCC', 'ACSC', 'ACSP', 'ACTC', 'ACCP', 'PDNG', 'RJCT'] as const;

/** What the payer's bank reports of a payment, from a pacs.002, or before the money leaves as pending (PDNG). */
export const zPayment = z.strictObject({
  schema: schema('tenor.payment/1'),
  id: zUetr,
  presentmentId: zId,
  bankMsp: zMsp,
  currency: zCurrency,
  amount: zAmount,
  status: z.enum(PAYMENT_STATUSES),
  /** SHA-256 of the pacs.002, or of the payment order where it is only announced. */
  messageHash: zHash,
  ...salt,
});
