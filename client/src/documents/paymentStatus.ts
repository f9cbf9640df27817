/** Payment status reports between banks: pacs.002.001.10. */
import { amountIn, messageVocabulary, optionally, optionalText } from './iso20022.js';
import { accountOf, dateOf, instantOf, present, uetrOf, type Account } from './values.js';
import { readXml, type XmlElement } from './xml.js';

/** The status of one payment. Only `ACCC` says that the money is on the creditor's account. */
export interface PaymentTransactionStatus {
  /** Code of ISO 20022's external set, for example `ACCC` (credited), `ACSP` (in process), `RJCT` (rejected). */
  readonly status: string;
  readonly uetr?: string;
  readonly endToEndId?: string;
  readonly instructionId?: string;
  readonly transactionId?: string;
  /** Id of the message that ordered the payment. */
  readonly originalMessageId?: string;
  /** Interbank settlement amount in major units, with exactly the decimals of `currency`. */
  readonly amount?: string;
  readonly currency?: string;
  readonly settlementDate?: string;
  readonly creditorAccount?: Account;
  /** Codes of the reasons given, for example `AC04`. */
  readonly reasons: readonly string[];
}

/** A payment status report. */
export interface PaymentStatus {
  readonly type: 'PAYMENT_STATUS';
  readonly messageId: string;
  /** When the report was made, as its sender wrote it. */
  readonly createdAt: string;
  readonly transactions: readonly PaymentTransactionStatus[];
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
}

const VOCABULARY = messageVocabulary('pacs.002.001.10');

const reasonsOf = (transaction: XmlElement): readonly string[] =>
  transaction.all('StsRsnInf').flatMap((information) => optionalText(information, 'Rsn/Cd') ?? []);

function transactionOf(transaction: XmlElement): PaymentTransactionStatus {
  return present<PaymentTransactionStatus>({
    status: transaction.one('TxSts').text(),
    uetr: optionally(transaction, 'OrgnlUETR', uetrOf),
    endToEndId: optionalText(transaction, 'OrgnlEndToEndId'),
    instructionId: optionalText(transaction, 'OrgnlInstrId'),
    transactionId: optionalText(transaction, 'OrgnlTxId'),
    originalMessageId: optionalText(transaction, 'OrgnlGrpInf/OrgnlMsgId'),
    ...amountIn(transaction, 'OrgnlTxRef/IntrBkSttlmAmt'),
    settlementDate: optionally(transaction, 'OrgnlTxRef/IntrBkSttlmDt', dateOf),
    creditorAccount: optionally(transaction, 'OrgnlTxRef/CdtrAcct', accountOf),
    reasons: reasonsOf(transaction),
  });
}

/**
 * Reads a pacs.002.001.10 with at least one transaction. A status for a whole group proves no single payment and is refused.
 * @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_NOT_UTF8, DOCUMENT_DOCTYPE, DOCUMENT_NOT_XML, DOCUMENT_NAMESPACE,
 *   DOCUMENT_FIELD_MISSING, DOCUMENT_FIELD_REPEATED, DOCUMENT_FIELD_INVALID
 */
export function readPaymentStatus(xml: string | Uint8Array): PaymentStatus {
  const { root, sha256 } = readXml(xml, VOCABULARY);
  const report = root.one('FIToFIPmtStsRpt');
  return {
    type: 'PAYMENT_STATUS',
    messageId: report.one('GrpHdr/MsgId').text(),
    createdAt: instantOf(report.one('GrpHdr/CreDtTm')),
    transactions: report.some('TxInfAndSts').map(transactionOf),
    sha256,
  };
}
