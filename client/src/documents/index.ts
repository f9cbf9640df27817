/** Readers of trade documents and payment messages. Amounts stay decimal text; nothing is rounded or guessed. */
export { readBillOfLading, type BillOfLading } from './billOfLading.js';
export { DOCUMENT_BYTES_MAX, FILE_BYTES_MAX } from './bytes.js';
export type { Charge } from './charges.js';
export type { CreditDebit, CreditDetail, CreditEntry } from './accountEntry.js';
export { readCreditNotification, type AccountNotification, type CreditNotification } from './creditNotification.js';
export { readCreditNote, type CreditNote } from './creditNote.js';
export { DOCUMENT_ERRORS, DocumentError, type DocumentErrorCode, type DocumentErrorData } from './documentError.js';
export { assertFieldsOnce } from './fieldsOnce.js';
export {
  DOCUMENT_KINDS,
  identifyDocument,
  MESSAGE_TYPES,
  type DocumentIdentity,
  type DocumentKind,
  type MessageType,
} from './identify.js';
export { readInvoice, type Invoice, type InvoiceParty } from './invoice.js';
export { readPaymentStatus, type PaymentStatus, type PaymentTransactionStatus } from './paymentStatus.js';
export type { Page, UnreadPart } from './iso20022.js';
export { NO_PROOF, type NoProof, type Unproven } from './noProof.js';
export type { PaymentName } from './paymentName.js';
export { readPaymentReturn, type PaymentReturn, type ReturnedPayment } from './paymentReturn.js';
export {
  creditFor,
  returnFor,
  statusFor,
  type BookedCredit,
  type CreditFinding,
  type ReturnFinding,
  type StatusFinding,
} from './proof.js';
export { remarksOf, type Remarks } from './remarks.js';
export { readBankStatement, type AccountStatement, type Balance, type BankStatement } from './statement.js';
export { STATEMENT_FAULTS, statementsIn, type StatementFault, type WholeStatement } from './statementCheck.js';
export { electronicAccount, type Account, type DocumentAmount } from './values.js';
