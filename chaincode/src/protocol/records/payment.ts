import { z } from 'zod';
import { zAmount, zCurrency, zHash, zId, zMsp, zUetr } from '../schemas.js';
import { salt, schema } from './building.js';

/** Transaction status codes of ISO 20022 ExternalPaymentTransactionStatus1Code that a report may carry. */
export const PAYMENT_STATUSES = ['ACCC', 'ACSC', 'ACSP', 'ACTC', 'ACCP', 'PDNG', 'RJCT'] as const;

/** The payer's bank's report of a payment, from a pacs.002. Before the money leaves, the report says that it is pending (PDNG). */
export const zPayment = z.strictObject({
  schema: schema('tenor.payment/1'),
  id: zUetr,
  presentmentId: zId,
  bankMsp: zMsp,
  currency: zCurrency,
  amount: zAmount,
  status: z.enum(PAYMENT_STATUSES),
  /** SHA-256 of the pacs.002, or of the payment order if the payment is only announced. */
  messageHash: zHash,
  ...salt,
});
