/** Writers of payment messages (ISO 20022), and readers of those that `documents` does not read. Amounts are given in minor units. */
export { readBankTransfer, writeBankTransfer, type BankTransfer, type BankTransferInput } from './bankTransfer.js';
export { writeCreditNotification, type CreditNotificationInput } from './creditNotification.js';
export {
  readCreditTransfer,
  writeCreditTransfer,
  type CreditTransfer,
  type CreditTransferInput,
} from './creditTransfer.js';
export { readBusinessHeader, type BusinessHeader, type BusinessHeaderInput } from './header.js';
export type { ReadMessage, ReadReport } from './message.js';
export { MESSAGE_ERRORS, MessageError, type MessageErrorCode, type MessageErrorData } from './messageError.js';
export type { MessageAgent, MessageAgentInput, MessageParty, MessagePartyInput } from './parties.js';
export { readPaymentOrder, writePaymentOrder, type PaymentOrder, type PaymentOrderInput } from './paymentOrder.js';
export {
  readPaymentOrderStatus,
  writePaymentOrderStatus,
  type PaymentOrderStatus,
  type PaymentOrderStatusInput,
} from './paymentOrderStatus.js';
export {
  readPaymentRequest,
  writePaymentRequest,
  type PaymentRequest,
  type PaymentRequestInput,
} from './paymentRequest.js';
export {
  readPaymentRequestStatus,
  writePaymentRequestStatus,
  type PaymentRequestStatus,
  type PaymentRequestStatusInput,
} from './paymentRequestStatus.js';
export { writePaymentReturn, type PaymentReturnInput } from './paymentReturn.js';
export { writePaymentStatus, type PaymentStatusInput } from './paymentStatus.js';
export { readRecall, writeRecall, type Recall, type RecallInput } from './recall.js';
export { readRecallAnswer, writeRecallAnswer, type RecallAnswer, type RecallAnswerInput } from './recallAnswer.js';
export { writeStatement, type StatementInput } from './statement.js';
export type { Money } from './values.js';
