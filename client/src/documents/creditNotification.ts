/** Notifications of a bank to its customer that money was booked: camt.054.001.08. */
import { DocumentError } from './documentError.js';
import { amountIn, messageVocabulary, optionally, optionalText } from './iso20022.js';
import { accountOf, amountOf, dateOfChoice, instantOf, present, uetrOf, type Account } from './values.js';
import { readXml, type XmlElement } from './xml.js';

/** Which way the money went, seen from the account's owner. */
export type CreditDebit = 'CRDT' | 'DBIT';

/** One payment inside a booking. */
export interface CreditDetail {
  readonly uetr?: string;
  readonly endToEndId?: string;
  readonly instructionId?: string;
  readonly transactionId?: string;
  /** Amount of this payment in major units, with exactly the decimals of `currency`. */
  readonly amount?: string;
  readonly currency?: string;
  readonly creditDebit?: CreditDebit;
}

/** One booking on the account. */
export interface CreditEntry {
  /** The bank's reference of the entry. */
  readonly reference?: string;
  /** The bank's reference of the booking in its own ledger. */
  readonly servicerReference?: string;
  /** Booked amount in major units, with exactly the decimals of `currency`. */
  readonly amount: string;
  readonly currency: string;
  readonly creditDebit: CreditDebit;
  /** True when the entry takes an earlier one back: it proves no payment. */
  readonly reversal: boolean;
  /** `BOOK` when it is booked; `PDNG` and others are not final. */
  readonly status: string;
  readonly bookingDate?: string;
  readonly valueDate?: string;
  readonly details: readonly CreditDetail[];
}

/** A notification for one account. */
export interface CreditNotification {
  readonly type: 'CREDIT_NOTIFICATION';
  readonly messageId: string;
  /** When the notification was made, as the bank wrote it. */
  readonly createdAt: string;
  readonly account: Account;
  readonly entries: readonly CreditEntry[];
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
}

const VOCABULARY = messageVocabulary('camt.054.001.08');

function creditDebitOf(element: XmlElement): CreditDebit {
  const text = element.text();
  if (text === 'CRDT' || text === 'DBIT') return text;
  throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: element.path, expected: 'CRDT or DBIT' });
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function booleanOf(element: XmlElement): boolean {
  const value = BOOLEANS.get(element.text());
  if (value === undefined)
    throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: element.path, expected: 'true or false' });
  return value;
}

function detailOf(transaction: XmlElement): CreditDetail {
  return present<CreditDetail>({
    uetr: optionally(transaction, 'Refs/UETR', uetrOf),
    endToEndId: optionalText(transaction, 'Refs/EndToEndId'),
    instructionId: optionalText(transaction, 'Refs/InstrId'),
    transactionId: optionalText(transaction, 'Refs/TxId'),
    ...amountIn(transaction, 'Amt'),
    creditDebit: optionally(transaction, 'CdtDbtInd', creditDebitOf),
  });
}

function entryOf(entry: XmlElement): CreditEntry {
  return present<CreditEntry>({
    reference: optionalText(entry, 'NtryRef'),
    servicerReference: optionalText(entry, 'AcctSvcrRef'),
    ...amountOf(entry.one('Amt'), 'Ccy'),
    creditDebit: creditDebitOf(entry.one('CdtDbtInd')),
    reversal: optionally(entry, 'RvslInd', booleanOf) ?? false,
    status: entry.one('Sts/Cd').text(),
    bookingDate: optionally(entry, 'BookgDt', dateOfChoice),
    valueDate: optionally(entry, 'ValDt', dateOfChoice),
    details: entry.all('NtryDtls').flatMap((details) => details.all('TxDtls').map(detailOf)),
  });
}

/**
 * Reads a camt.054.001.08 about exactly one account, with at least one entry.
 * @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_NOT_UTF8, DOCUMENT_DOCTYPE, DOCUMENT_NOT_XML, DOCUMENT_NAMESPACE,
 *   DOCUMENT_FIELD_MISSING, DOCUMENT_FIELD_REPEATED, DOCUMENT_FIELD_INVALID
 */
export function readCreditNotification(xml: string | Uint8Array): CreditNotification {
  const { root, sha256 } = readXml(xml, VOCABULARY);
  const message = root.one('BkToCstmrDbtCdtNtfctn');
  const notification = message.one('Ntfctn');
  return {
    type: 'CREDIT_NOTIFICATION',
    messageId: message.one('GrpHdr/MsgId').text(),
    createdAt: instantOf(message.one('GrpHdr/CreDtTm')),
    account: accountOf(notification.one('Acct')),
    entries: notification.some('Ntry').map(entryOf),
    sha256,
  };
}
