/** Notifications of a bank to its customers that money was booked: camt.054.001, versions 04 and from 08 on. */
import { DocumentError } from './documentError.js';
import { readFile } from './frontDoor.js';
import {
  amountIn,
  countOf,
  pageOf,
  readMessage,
  readParts,
  type Message,
  type MessageKind,
  type Named,
  type Page,
  type UnreadPart,
} from './iso20022.js';
import {
  BOOLEANS,
  booleanOf,
  optionally,
  optionalText,
  accountOf,
  amountOf,
  dateOfChoice,
  instantOf,
  present,
  uetrOf,
  type Account,
} from './values.js';
import type { XmlElement } from './xml.js';

/** Which way the money went, seen from the account's owner. */
export type CreditDebit = 'CRDT' | 'DBIT';

/** One payment inside a booking. */
export interface CreditDetail {
  readonly uetr?: string;
  readonly endToEndId?: string;
  readonly instructionId?: string;
  readonly transactionId?: string;
  /** The bank's own reference of this payment, within an entry that may hold several. */
  readonly servicerReference?: string;
  /** Amount of this payment in major units, with exactly the decimals of `currency`. */
  readonly amount?: string;
  readonly currency?: string;
  readonly creditDebit?: CreditDebit;
  /** True when it brings back a payment that the account's owner had made: it pays nobody. */
  readonly isReturn: boolean;
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
  /** `BOOK` when it is booked; `PDNG` and others are not final. A status of the bank's own, whatever it says, is `PROPRIETARY`. */
  readonly status: string;
  readonly bookingDate?: string;
  readonly valueDate?: string;
  /** True when the entry counts more payments than it itemises. */
  readonly isAbridged: boolean;
  readonly details: readonly CreditDetail[];
}

/** What was booked on one account. */
export interface AccountNotification {
  readonly account: Account;
  readonly page?: Page;
  readonly entries: readonly CreditEntry[];
}

/** A notification, for one account or more. */
export interface CreditNotification {
  readonly type: 'CREDIT_NOTIFICATION';
  /** Message definition identifier with its version, for example `camt.054.001.08`. */
  readonly definition: string;
  readonly messageId: string;
  /** When the notification was made, as the bank wrote it. */
  readonly createdAt: string;
  readonly page?: Page;
  readonly accounts: readonly AccountNotification[];
  /** Entries, and accounts, that do not say what they have to say. They take nothing from the others. */
  readonly unread: readonly UnreadPart[];
  /** SHA-256 of the file as it was received, lower-case hex. */
  readonly sha256: string;
}

const KIND: MessageKind = {
  name: 'camt.054.001',
  versions: /^(?:04|0[89]|[1-9][0-9])$/,
  versionsText: 'version 04, or 08 and later',
  body: 'BkToCstmrDbtCdtNtfctn',
};

/** Sub-families of bank transaction codes that bring an earlier payment back (ISO 20022, external code set BankTransactionSubFamily). */
const RETURNS: ReadonlySet<string> = new Set(['RRTN', 'RPCR']);

function creditDebitOf(element: XmlElement): CreditDebit {
  const text = element.text();
  if (text === 'CRDT' || text === 'DBIT') return text;
  throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: element.path, expected: 'CRDT or DBIT' });
}

/** Whether a bank transaction code says that an earlier payment comes back. */
const codesReturn = (element: XmlElement): boolean =>
  RETURNS.has(optionalText(element, 'BkTxCd/Domn/Fmly/SubFmlyCd') ?? '');

/** What the payment added to the account; where only its own amount is told (AmountAndCurrencyExchange), that. */
const amountOfDetail = (transaction: XmlElement): Partial<Pick<CreditDetail, 'amount' | 'currency'>> =>
  transaction.optional('Amt') === undefined ? amountIn(transaction, 'AmtDtls/TxAmt/Amt') : amountIn(transaction, 'Amt');

function detailOf(transaction: XmlElement): CreditDetail {
  return present<CreditDetail>({
    uetr: optionally(transaction, 'Refs/UETR', uetrOf),
    endToEndId: optionalText(transaction, 'Refs/EndToEndId'),
    instructionId: optionalText(transaction, 'Refs/InstrId'),
    transactionId: optionalText(transaction, 'Refs/TxId'),
    servicerReference: optionalText(transaction, 'Refs/AcctSvcrRef'),
    ...amountOfDetail(transaction),
    creditDebit: optionally(transaction, 'CdtDbtInd', creditDebitOf),
    isReturn: transaction.all('RtrInf').length > 0 || codesReturn(transaction),
  });
}

/** The status is a text up to version 04, and later a choice of the bank's own or the standard's code. */
function statusOf(entry: XmlElement): string {
  const status = entry.one('Sts');
  if (status.isText) return status.text();
  return status.optional('Prtry') === undefined ? status.one('Cd').text() : 'PROPRIETARY';
}

/** Whether a part of an entry counts more payments than it itemises. */
function isAbridged(details: XmlElement): boolean {
  const count = optionally(details, 'Btch/NbOfTxs', countOf);
  return count !== undefined && count > details.all('TxDtls').length;
}

function entryOf(entry: XmlElement): CreditEntry {
  const parts = entry.all('NtryDtls');
  const isReturn = codesReturn(entry);
  return present<CreditEntry>({
    reference: optionalText(entry, 'NtryRef'),
    servicerReference: optionalText(entry, 'AcctSvcrRef'),
    ...amountOf(entry.one('Amt'), 'Ccy'),
    creditDebit: creditDebitOf(entry.one('CdtDbtInd')),
    reversal: optionally(entry, 'RvslInd', booleanOf) ?? false,
    status: statusOf(entry),
    bookingDate: optionally(entry, 'BookgDt', dateOfChoice),
    valueDate: optionally(entry, 'ValDt', dateOfChoice),
    isAbridged: parts.some(isAbridged),
    details: parts
      .flatMap((part) => part.all('TxDtls').map(detailOf))
      .map((detail) => ({ ...detail, isReturn: detail.isReturn || isReturn })),
  });
}

/** Whether an entry that cannot be read says at least that it only adds to the account. */
const isPlainCredit = (entry: XmlElement): boolean => {
  const directions = entry.textsWithin('CdtDbtInd');
  const isCredit = directions.length > 0 && directions.every((text) => text === 'CRDT');
  return isCredit && entry.textsWithin('RvslInd').every((text) => BOOLEANS.get(text) === false);
};

const REFERENCES = ['TxId', 'EndToEndId', 'InstrId', 'AcctSvcrRef', 'NtryRef'];
const NAMED: Named = {
  uetr: 'UETR',
  endToEndId: 'EndToEndId',
  references: (entry) => (isPlainCredit(entry) ? [] : REFERENCES.flatMap((name) => entry.textsWithin(name))),
};

/** One account's part, with its entries, each read by itself. */
function accountNotificationOf(notification: XmlElement, unread: UnreadPart[]): AccountNotification {
  const account = accountOf(notification.one('Acct'));
  const page = optionally(notification, 'NtfctnPgntn', pageOf);
  const entries = readParts(notification.all('Ntry'), NAMED, entryOf);
  unread.push(...entries.unread);
  return present<AccountNotification>({ account, page, entries: entries.read });
}

function creditNotificationOf(message: Message): CreditNotification {
  const { definition, body, sha256 } = message;
  const unread: UnreadPart[] = [];
  const accounts = readParts(body.some('Ntfctn'), NAMED, (each) => accountNotificationOf(each, unread));
  return present<CreditNotification>({
    type: 'CREDIT_NOTIFICATION',
    definition,
    messageId: body.one('GrpHdr/MsgId').text(),
    createdAt: instantOf(body.one('GrpHdr/CreDtTm')),
    page: optionally(body, 'GrpHdr/MsgPgntn', pageOf),
    accounts: accounts.read,
    unread: [...accounts.unread, ...unread],
    sha256,
  });
}

/**
 * Reads a camt.054, alone or in an envelope with its business header, about one account or more. An entry that cannot be read is listed,
 * and takes nothing from the others.
 * @throws DocumentError as `readMessage`
 */
export const readCreditNotification = (xml: string | Uint8Array): CreditNotification =>
  readFile(xml, (entered) => creditNotificationOf(readMessage(entered, KIND)));
