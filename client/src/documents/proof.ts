/** Finds the one payment in a message that is reported or attested on the ledger, or says why the message proves none. */
import { canonicalJson } from '../../../chaincode/src/protocol/canonical.js';
import type { CreditDetail, CreditEntry, CreditNotification } from './creditNotification.js';
import type { DocumentError } from './documentError.js';
import type { Page, UnreadPart } from './iso20022.js';
import type { PaymentStatus, PaymentTransactionStatus } from './paymentStatus.js';
import { present, type Account, type DocumentAmount } from './values.js';

/** A booked credit, flat. */
export interface BookedCredit {
  readonly uetr: string;
  readonly account: Account;
  /**
   * What tells this credit from every other on the account, the same in each message that repeats it: the bank's own reference where it gives
   * one. The ledger takes it as `creditReference`, and takes it once.
   */
  readonly reference: string;
  /** Major units, with exactly the decimals of `currency`. */
  readonly amount: string;
  readonly currency: string;
  readonly valueDate?: string;
  readonly bookingDate?: string;
  /** SHA-256 of the notification, lower-case hex. */
  readonly sha256: string;
}

/** Why a message proves no payment. Codes are append-only. */
export const NO_PROOF = {
  UETR_NOT_NAMED: 'The message names this UETR nowhere.',
  UETR_REPEATED: 'The message names this UETR more than once, so that it is not clear which of them counts.',
  PART_UNREADABLE: 'The part of the message that names this UETR cannot be read. Ask the bank for a corrected message.',
  GROUP_STATUS:
    'The message tells the status of a group of payments, which proves no single payment. Ask for one that names this UETR.',
  PAGES_MISSING:
    'The message is one page of several, and another page may take the credit back. Read all pages together.',
  TAKEN_BACK: 'The message, or another page of it, debits or reverses this payment too.',
  CREDIT_IS_A_RETURN: 'The credit is itself a payment that came back: it pays nobody.',
  NOT_A_CREDIT: 'The entry debits the account, or takes an earlier entry back.',
  NOT_BOOKED: 'The entry is not booked: a pending credit may still go away. Wait for the message that books it.',
  NOT_ITEMISED: 'The entry counts more payments than it itemises, so that what this one paid is not told.',
  AMOUNT_NOT_TOLD: 'The entry holds several payments and does not tell the amount of this one.',
  DETAILS_EXCEED_ENTRY: 'The payments of the entry add up to more than was booked.',
  CURRENCY_DIFFERS: 'The payment is told in another currency than its entry is booked in.',
} as const;

/** Code of a reason. */
export type NoProof = keyof typeof NO_PROOF;

/** Why there is no proof; where a part cannot be read, what is wrong with it. */
export interface Unproven {
  readonly reason: NoProof;
  readonly problem?: DocumentError;
}

/** There is no reason against it. */
interface Proven {
  readonly reason?: never;
  readonly problem?: never;
}

/** The one credit of a payment, or why there is none. */
export type CreditFinding = (Proven & { readonly credit: BookedCredit }) | (Unproven & { readonly credit?: never });

/** What a report says of a payment, or why it says nothing. */
export type StatusFinding =
  | (Proven & { readonly transaction: PaymentTransactionStatus })
  | (Unproven & { readonly transaction?: never });

/** The part of a message that cannot be read and names a payment, or anything by which it could take the payment back. */
function unreadable(
  unread: readonly UnreadPart[],
  uetr: string,
  references: readonly string[] = [],
): Unproven | undefined {
  const part = unread.find(
    (each) => each.uetrs.includes(uetr) || each.references.some((one) => references.includes(one)),
  );
  return part === undefined ? undefined : { reason: 'PART_UNREADABLE', problem: part.problem };
}

/** The status of the payment with that UETR. One of a whole group is nobody's. */
export function statusFor(report: PaymentStatus, uetr: string): StatusFinding {
  const unread = unreadable(report.unread, uetr);
  if (unread !== undefined) return unread;
  const [transaction, second] = report.transactions.filter((each) => each.uetr === uetr);
  if (second !== undefined) return { reason: 'UETR_REPEATED' };
  if (transaction !== undefined) return { transaction };
  const isGroup = report.transactions.length === 0 && report.groupStatuses.length > 0;
  return { reason: isGroup ? 'GROUP_STATUS' : 'UETR_NOT_NAMED' };
}

/** Amounts of one currency have the same number of decimals. Without the point they can be compared as minor units. */
const digitsOf = (amount: string): bigint => BigInt(amount.replace('.', ''));

/** One payment where it stands. */
interface Booking {
  readonly account: Account;
  readonly entry: CreditEntry;
  readonly detail: CreditDetail;
  readonly sha256: string;
}

/** An entry without details may still take another one back by its references. */
const NO_DETAIL: readonly CreditDetail[] = [{ isReturn: false }];

const bookingsOf = (pages: readonly CreditNotification[]): Booking[] =>
  pages.flatMap(({ accounts, sha256 }) =>
    accounts.flatMap(({ account, entries }) =>
      entries.flatMap((entry) =>
        (entry.details.length > 0 ? entry.details : NO_DETAIL).map((detail) => ({ account, entry, detail, sha256 })),
      ),
    ),
  );

/** Whether pages are all there are: numbered from 1 without a gap, and the last one says that it is. */
const areWhole = (pages: readonly Page[]): boolean =>
  [...pages]
    .sort((one, other) => one.number - other.number)
    .every(({ number, last }, index) => number === index + 1 && last === (index === pages.length - 1));

const accountKey = ({ scheme, id }: Account): string => `${scheme} ${id}`;

/** The page numbers that messages carry: of the message, and of what it says of each account. Those without a number are whole. */
function numberings(pages: readonly CreditNotification[]): readonly (readonly Page[])[] {
  const accounts = pages.flatMap((page) => page.accounts);
  const keys = [...new Set(accounts.map(({ account }) => accountKey(account)))];
  const ofAccounts = keys.map((key) => accounts.filter(({ account }) => accountKey(account) === key));
  return [pages, ...ofAccounts]
    .map((each) => each.flatMap(({ page }) => page ?? []))
    .filter((numbers) => numbers.length > 0);
}

/** Whether all pages are there. Several messages without numbers are no pages of one. */
function areAllThere(pages: readonly CreditNotification[]): boolean {
  const found = numberings(pages);
  return found.every(areWhole) && (pages.length === 1 || found.some(({ length }) => length === pages.length));
}

const takesAway = ({ entry, detail }: Booking): boolean =>
  entry.creditDebit === 'DBIT' || detail.creditDebit === 'DBIT' || entry.reversal;

/** What a bank writes where a payment has no such reference. */
const NO_REFERENCE = new Set(['NOTPROVIDED', 'NONREF']);
const areSame = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one === other && !NO_REFERENCE.has(one);

/**
 * Whether a booking takes a credit back: by the UETR, by the bank's own id of the payment, or, where it says that it reverses something,
 * by any reference that both have.
 */
function takesBack(booking: Booking, credit: Booking, uetr: string): boolean {
  if (!takesAway(booking)) return false;
  const { detail, entry } = booking;
  if (detail.uetr === uetr || areSame(detail.transactionId, credit.detail.transactionId)) return true;
  const references = [
    [detail.endToEndId, credit.detail.endToEndId],
    [detail.instructionId, credit.detail.instructionId],
    [entry.servicerReference, credit.entry.servicerReference],
    [entry.reference, credit.entry.reference],
  ] as const;
  return (entry.reversal || detail.isReturn) && references.some(([one, other]) => areSame(one, other));
}

/** All references of a payment and of its entry that tell it from others. */
const referencesOf = ({ entry, detail }: Booking): readonly string[] =>
  [detail.transactionId, detail.endToEndId, detail.instructionId, entry.servicerReference, entry.reference]
    .filter((reference) => reference !== undefined)
    .filter((reference) => !NO_REFERENCE.has(reference));

/** What is wrong with an entry as proof of one of its payments, in the order in which it is told. */
const FAULTS: readonly (readonly [reason: NoProof, holds: (booking: Booking) => boolean])[] = [
  ['CREDIT_IS_A_RETURN', ({ detail }) => detail.isReturn],
  ['NOT_BOOKED', ({ entry }) => entry.status !== 'BOOK'],
  ['NOT_ITEMISED', ({ entry }) => entry.isAbridged],
  ['CURRENCY_DIFFERS', ({ entry, detail }) => detail.currency !== undefined && detail.currency !== entry.currency],
  ['AMOUNT_NOT_TOLD', ({ entry, detail }) => detail.amount === undefined && entry.details.length > 1],
  ['DETAILS_EXCEED_ENTRY', ({ entry }) => sumOfDetails(entry) > digitsOf(entry.amount)],
];

/** What the payments of an entry add up to, as far as it tells; those in another currency cannot be added. */
const sumOfDetails = ({ details, currency }: CreditEntry): bigint =>
  details.reduce(
    (sum, detail) =>
      detail.amount !== undefined && detail.currency === currency ? sum + digitsOf(detail.amount) : sum,
    0n,
  );

/** The amount of a payment without faults: its own, or that of the entry that holds it alone. */
const moneyOf = ({ entry, detail }: Booking): DocumentAmount => ({
  amount: detail.amount ?? entry.amount,
  currency: entry.currency,
});

const given = (reference: string | undefined): string | undefined =>
  reference === undefined || NO_REFERENCE.has(reference) ? undefined : reference;

/**
 * What tells a credit from others, by the element that it is taken from. The bank's own reference comes first: it is in the notification of
 * the day and in the statement at its end. That of an entry of several payments needs what tells these apart.
 */
function referenceOf({ entry, detail }: Booking): string {
  const { uetr, servicerReference } = detail;
  const own = given(servicerReference);
  if (own !== undefined) return `AcctSvcrRef ${own}`;
  const ofEntry = given(entry.servicerReference);
  if (ofEntry !== undefined && entry.details.length === 1) return `AcctSvcrRef ${ofEntry}`;
  if (uetr !== undefined) return `UETR ${uetr}`;
  const [transactionId, endToEndId] = [given(detail.transactionId), given(detail.endToEndId)];
  const { bookingDate, valueDate } = entry;
  const parts = { ofEntry, transactionId, endToEndId, bookingDate, valueDate, amount: detail.amount ?? entry.amount };
  return canonicalJson(present(parts));
}

/** The one booking of a payment that pays, or why there is none. */
function creditingOf(pages: readonly CreditNotification[], uetr: string): Booking | NoProof {
  const bookings = bookingsOf(pages);
  const named = bookings.filter(({ detail }) => detail.uetr === uetr);
  const [credit, second] = named.filter((booking) => !takesAway(booking));
  if (credit === undefined) {
    if (named.length > 0) return 'NOT_A_CREDIT';
    return areAllThere(pages) ? 'UETR_NOT_NAMED' : 'PAGES_MISSING';
  }
  if (bookings.some((booking) => takesBack(booking, credit, uetr))) return 'TAKEN_BACK';
  return second === undefined ? credit : 'UETR_REPEATED';
}

/**
 * The booked credit with that UETR. A message of several pages is read whole: give all its pages.
 * @returns the credit, or the reason why there is none: what is pending, debited, taken back, not told or contradictory proves nothing
 */
export function creditFor(message: CreditNotification | readonly CreditNotification[], uetr: string): CreditFinding {
  const pages = 'type' in message ? [message] : message;
  const parts = pages.flatMap((page) => page.unread);
  const unread = unreadable(parts, uetr);
  if (unread !== undefined) return unread;
  const crediting = creditingOf(pages, uetr);
  if (typeof crediting === 'string') return { reason: crediting };
  const related = unreadable(parts, uetr, referencesOf(crediting));
  if (related !== undefined) return related;
  const fault = FAULTS.find(([, holds]) => holds(crediting));
  if (fault !== undefined) return { reason: fault[0] };
  if (!areAllThere(pages)) return { reason: 'PAGES_MISSING' };
  const { account, sha256, entry } = crediting;
  const { valueDate, bookingDate } = entry;
  const money = moneyOf(crediting);
  const reference = referenceOf(crediting);
  return { credit: present<BookedCredit>({ uetr, account, reference, ...money, valueDate, bookingDate, sha256 }) };
}
