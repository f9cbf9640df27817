/** Bookings on an account as camt.053 and camt.054 tell of them: entries, and the payments in each. */
import { chargesIn, type Charge } from './charges.js';
import { DocumentError } from './documentError.js';
import { amountIn, countOf, type MessageKind, type Named } from './iso20022.js';
import { BOOLEANS, booleanOf, optionally, optionalText, amountOf, dateOfChoice, present, uetrOf } from './values.js';
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
  /** Charges of this payment. Its amount is what was credited, whatever they are. */
  readonly charges?: readonly Charge[];
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
  /** Charges of the whole entry. */
  readonly charges?: readonly Charge[];
  /** True when the entry counts more payments than it itemises. */
  readonly isAbridged: boolean;
  readonly details: readonly CreditDetail[];
}

/** The versions of messages about bookings that are read. Between them a status was a code of the standard alone, and had another form. */
export const VERSIONS_OF_BOOKINGS: Pick<MessageKind, 'versions' | 'versionsText'> = {
  versions: /^(?:04|0[89]|[1-9][0-9])$/,
  versionsText: 'version 04, or 08 and later',
};

/** Sub-families of bank transaction codes that bring an earlier payment back (ISO 20022, external code set BankTransactionSubFamily). */
const RETURNS: ReadonlySet<string> = new Set(['RRTN', 'RPCR']);

/** A direction. @throws DocumentError DOCUMENT_FIELD_INVALID */
export function creditDebitOf(element: XmlElement): CreditDebit {
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
    charges: chargesIn(transaction),
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

/** One booking. @throws DocumentError */
export function entryOf(entry: XmlElement): CreditEntry {
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
    charges: chargesIn(entry),
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
/** What is still looked for in an entry that cannot be read. */
export const NAMED_IN_ENTRY: Named = {
  uetr: 'UETR',
  endToEndId: 'EndToEndId',
  references: (entry) => (isPlainCredit(entry) ? [] : REFERENCES.flatMap((name) => entry.textsWithin(name))),
};
