/** Readers of trade documents and payment messages. Amounts stay decimal text; nothing is rounded or guessed. */
export { readBillOfLading, type BillOfLading } from './billOfLading.js';
export { DOCUMENT_BYTES_MAX } from './bytes.js';
export {
  readCreditNotification,
  type AccountNotification,
  type CreditDebit,
  type CreditDetail,
  type CreditEntry,
  type CreditNotification,
} from './creditNotification.js';
export { DOCUMENT_ERRORS, DocumentError, type DocumentErrorCode, type DocumentErrorData } from './documentError.js';
export { assertFieldsOnce } from './fieldsOnce.js';
export { readInvoice, type Invoice, type InvoiceParty } from './invoice.js';
export { readPaymentStatus, type PaymentStatus, type PaymentTransactionStatus } from './paymentStatus.js';
export type { Page, UnreadPart } from './iso20022.js';
export {
  creditFor,
  NO_PROOF,
  statusFor,
  type BookedCredit,
  type CreditFinding,
  type NoProof,
  type StatusFinding,
  type Unproven,
} from './proof.js';
export { electronicAccount, type Account, type DocumentAmount } from './values.js';
