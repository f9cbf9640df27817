/** Payments that a bank sends back after they were settled: pacs.004.001, version 02 and later. */
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
  amountOf,
  booleanOf,
  dateOrChoiceOf,
  instantOf,
  optionally,
  optionalText,
  present,
  uetrOf,
  type DocumentAmount,
} from './values.js';
import type { XmlElement } from './xml.js';

/** One payment that came back. */
export interface ReturnedPayment extends Reasons {
  /** Reference of the return itself. */
  readonly returnId?: string;
  /** UETR of the payment that came back. */
  readonly uetr?: string;
  readonly endToEndId?: string;
  readonly instructionId?: string;
  readonly transactionId?: string;
  /** Id of the message that ordered the payment. */
  readonly originalMessageId?: string;
  /** What came back, in major units, with exactly the decimals of `currency`. It may be less than what was paid. */
  readonly amount: string;
  readonly currency: string;
  /** What had been paid. */
  readonly original?: DocumentAmount;
  /** When the money that came back is settled between the banks. */
  readonly settlementDate?: string;
}

/** A payment return. */
export interface PaymentReturn {
  readonly type: 'PAYMENT_RETURN';
  /** Message definition identifier with its version, for example `pacs.004.001.09`. */
  readonly definition: string;
  readonly messageId: string;
  /** When the message was made, as its sender wrote it. */
  readonly createdAt: string;
  /** True when it sends a whole group of payments back, which names none of them. */
  readonly isGroup: boolean;
  readonly transactions: readonly ReturnedPayment[];
  /** Transactions that do not say what they have to say. They take nothing from the others. */
  readonly unread: readonly UnreadPart[];
  /** SHA-256 of the file as it was received, lower-case hex. */
  readonly sha256: string;
}

const KIND: MessageKind = {
  name: 'pacs.004.001',
  versions: /^(?:0[2-9]|[1-9][0-9])$/,
  versionsText: 'version 02 and later',
  body: 'PmtRtr',
};

const NAMED: Named = { uetr: 'OrgnlUETR', endToEndId: 'OrgnlEndToEndId', references: () => [] };

/** What the head of the message says for every payment that does not say it itself. */
interface Common {
  readonly body: XmlElement;
  readonly settlementDate: string | undefined;
}

/** The amount that had been paid. It must be readable where it stands. */
function originalOf(transaction: XmlElement): DocumentAmount | undefined {
  const { amount, currency } = amountIn(transaction, 'OrgnlIntrBkSttlmAmt');
  return amount === undefined || currency === undefined ? undefined : { amount, currency };
}

function returnedOf(transaction: XmlElement, { body, settlementDate }: Common): ReturnedPayment {
  const hasReasons = transaction.all('RtrRsnInf').length > 0;
  const group = body.optional('OrgnlGrpInf');
  return present<ReturnedPayment>({
    returnId: optionalText(transaction, 'RtrId'),
    uetr: optionally(transaction, 'OrgnlUETR', uetrOf),
    endToEndId: optionalText(transaction, 'OrgnlEndToEndId'),
    instructionId: optionalText(transaction, 'OrgnlInstrId'),
    transactionId: optionalText(transaction, 'OrgnlTxId'),
    originalMessageId:
      optionalText(transaction, 'OrgnlGrpInf/OrgnlMsgId') ?? (group && optionalText(group, 'OrgnlMsgId')),
    ...amountOf(transaction.one('RtrdIntrBkSttlmAmt'), 'Ccy'),
    original: originalOf(transaction),
    settlementDate: optionally(transaction, 'IntrBkSttlmDt', dateOrChoiceOf) ?? settlementDate,
    ...reasonsIn(hasReasons ? transaction : (group ?? transaction), 'RtrRsnInf'),
  });
}

function paymentReturnOf({ definition, body, sha256 }: Message): PaymentReturn {
  const common = { body, settlementDate: optionally(body, 'GrpHdr/IntrBkSttlmDt', dateOrChoiceOf) };
  const transactions = readParts(body.all('TxInf'), NAMED, (each) => returnedOf(each, common));
  return {
    type: 'PAYMENT_RETURN',
    definition,
    messageId: body.one('GrpHdr/MsgId').text(),
    createdAt: instantOf(body.one('GrpHdr/CreDtTm')),
    isGroup: optionally(body, 'GrpHdr/GrpRtr', booleanOf) ?? false,
    transactions: transactions.read,
    unread: transactions.unread,
    sha256,
  };
}

/**
 * Reads a pacs.004, alone or in an envelope with its business header. A transaction that cannot be read is listed, and takes nothing from
 * the others.
 * @throws DocumentError as `readMessage`
 */
export const readPaymentReturn = (xml: string | Uint8Array): PaymentReturn =>
  readFile(xml, (entered) => paymentReturnOf(readMessage(entered, KIND)));
