import { z } from 'zod';
import { paidFields, zAmount, zCurrency, zHash, zMsp, zPaymentId } from '../schemas.js';
import { salt, schema } from './building.js';

/**
 * The status codes of ISO 20022's external code set ExternalPaymentTransactionStatus1Code. A report may carry any of them; those that end a
 * payment are ACCC, which pays, and `UNPAID_STATUSES`.
 */
export const PAYMENT_STATUSES = [
  ...(['ACCC', 'ACSC', 'ACSP', 'ACTC', 'ACCP', 'PDNG', 'RJCT'] as const),
  ...(['ACFC', 'ACFW', 'ACIS', 'ACPD', 'ACWC', 'ACWP', 'BLCK', 'CANC', 'CPUC', 'PATC', 'PRES', 'RCVD'] as const),
  // Of the verification of payee: they say nothing of the money.
  ...(['RCVC', 'RVCM', 'RVMC', 'RVNA', 'RVNC', 'RVNM'] as const),
] as const;

/** A payment that ended without paying: rejected, or cancelled on request. The bank may still say otherwise, if it was a slip. */
export const UNPAID_STATUSES: readonly string[] = [
  'RJCT',
  'CANC',
] satisfies readonly (typeof PAYMENT_STATUSES)[number][];

/** The payer's bank's report of a payment, from a pacs.002. Before the money leaves, the report says that it is pending (PDNG). */
export const zPayment = z.strictObject({
  schema: schema('tenor.payment/1'),
  id: zPaymentId,
  ...paidFields,
  bankMsp: zMsp,
  currency: zCurrency,
  amount: zAmount,
  status: z.enum(PAYMENT_STATUSES),
  /** SHA-256 of the pacs.002, or of the payment order if the payment is only announced. */
  messageHash: zHash,
  ...salt,
});
