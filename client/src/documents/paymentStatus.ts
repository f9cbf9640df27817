/** Payment status reports between banks: pacs.002.001, versions 03 and from 10 on. */
import { chargesOf, type Charge } from './charges.js';
import { readFile } from './frontDoor.js';
import {
  amountIn,
  readMessage,
  readParts,
  reasonsIn,
  type Message,
  type MessageKind,
  type Named,
  type Reasons,
  type UnreadPart,
} from './iso20022.js';
import {
  optionally,
  optionalText,
  accountOf,
  dateOrChoiceOf,
  instantOf,
  present,
  uetrOf,
  type Account,
} from './values.js';
import type { XmlElement } from './xml.js';

/** The status of one payment. Only `ACCC` says that the money is on the creditor's account. */
export interface PaymentTransactionStatus extends Reasons {
  /** Code of ISO 20022's external set, for example `ACCC` (credited), `ACSP` (in process), `RJCT` (rejected). */
  readonly status: string;
  readonly uetr?: string;
  readonly endToEndId?: string;
  readonly instructionId?: string;
  readonly transactionId?: string;
  /** Id of the message that ordered the payment. */
  readonly originalMessageId?: string;
  /** Interbank settlement amount in major units, with exactly the decimals of `currency`. Between banks (CBPR+) it is left out. */
  readonly amount?: string;
  readonly currency?: string;
  readonly settlementDate?: string;
  /** Charges that banks on the way have taken (`ChrgsInf`). What was credited is less by those that were deducted. */
  readonly charges?: readonly Charge[];
  readonly creditorAccount?: Account;
}

/** A payment status report. */
export interface PaymentStatus {
  readonly type: 'PAYMENT_STATUS';
  /** Message definition identifier with its version, for example `pacs.002.001.10`. */
  readonly definition: string;
  readonly messageId: string;
  /** When the report was made, as its sender wrote it. */
  readonly createdAt: string;
  /** Statuses of whole groups of payments. They prove no single payment. */
  readonly groupStatuses: readonly string[];
  readonly transactions: readonly PaymentTransactionStatus[];
  /** Transactions that do not say what they have to say. They take nothing from the others. */
  readonly unread: readonly UnreadPart[];
  /** SHA-256 of the file as it was received, lower-case hex. */
  readonly sha256: string;
}

const KIND: MessageKind = {
  name: 'pacs.002.001',
  versions: /^(?:03|[1-9][0-9])$/,
  versionsText: 'version 03, or 10 and later',
  body: 'FIToFIPmtStsRpt',
};

function transactionOf(transaction: XmlElement): PaymentTransactionStatus {
  return present<PaymentTransactionStatus>({
    status: transaction.one('TxSts').text(),
    uetr: optionally(transaction, 'OrgnlUETR', uetrOf),
    endToEndId: optionalText(transaction, 'OrgnlEndToEndId'),
    instructionId: optionalText(transaction, 'OrgnlInstrId'),
    transactionId: optionalText(transaction, 'OrgnlTxId'),
    originalMessageId: optionalText(transaction, 'OrgnlGrpInf/OrgnlMsgId'),
    ...amountIn(transaction, 'OrgnlTxRef/IntrBkSttlmAmt'),
    charges: chargesOf(transaction.all('ChrgsInf')),
    settlementDate: optionally(transaction, 'OrgnlTxRef/IntrBkSttlmDt', dateOrChoiceOf),
    creditorAccount: optionally(transaction, 'OrgnlTxRef/CdtrAcct', accountOf),
    ...reasonsIn(transaction, 'StsRsnInf'),
  });
}

const NAMED: Named = { uetr: 'OrgnlUETR', endToEndId: 'OrgnlEndToEndId', references: () => [] };

function paymentStatusOf(message: Message): PaymentStatus {
  const { definition, body, sha256 } = message;
  const transactions = readParts(body.all('TxInfAndSts'), NAMED, transactionOf);
  return {
    type: 'PAYMENT_STATUS',
    definition,
    messageId: body.one('GrpHdr/MsgId').text(),
    createdAt: instantOf(body.one('GrpHdr/CreDtTm')),
    groupStatuses: body.all('OrgnlGrpInfAndSts').flatMap((group) => optionalText(group, 'GrpSts') ?? []),
    transactions: transactions.read,
    unread: transactions.unread,
    sha256,
  };
}

/**
 * Reads a pacs.002, alone or in an envelope with its business header. A transaction that cannot be read is listed, and takes nothing from
 * the others.
 * @throws DocumentError as `readMessage`
 */
export const readPaymentStatus = (xml: string | Uint8Array): PaymentStatus =>
  readFile(xml, (entered) => paymentStatusOf(readMessage(entered, KIND)));
