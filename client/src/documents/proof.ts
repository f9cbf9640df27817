/** Finds the one payment in a message that is reported or attested on the ledger, or says why the message proves none. */
import { canonicalJson } from '../../../chaincode/src/protocol/canonical.js';
import { AMOUNT_FAULTS, bookingsOf, moneyOf, type Booking, type BookingFault } from './bookings.js';
import type { Charge } from './charges.js';
import type { CreditNotification } from './creditNotification.js';
import type { UnreadPart } from './iso20022.js';
import type { NoProof, Unproven } from './noProof.js';
import { areAllThere } from './pages.js';
import { isName, isNamed, isNamedAmong, isReference, namedTwice, notNamed, type PaymentName } from './paymentName.js';
import type { PaymentReturn, ReturnedPayment } from './paymentReturn.js';
import type { PaymentStatus, PaymentTransactionStatus } from './paymentStatus.js';
import { present, type Account } from './values.js';

/** A booked credit, flat. */
export interface BookedCredit {
  /** Absent where the message has none, and the payment was asked for by its end-to-end reference. */
  readonly uetr?: string;
  readonly endToEndId?: string;
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
  /** Charges that the message tells of: those of the payment, or of the entry that holds it alone. The amount is what was credited. */
  readonly charges?: readonly Charge[];
  /** SHA-256 of the notification, lower-case hex. */
  readonly sha256: string;
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

/** What a message says of a payment that came back, or why it says nothing. */
export type ReturnFinding =
  | (Proven & { readonly returned: ReturnedPayment })
  | (Unproven & { readonly returned?: never });

/** The part of a message that cannot be read and names a payment, or anything by which it could take the payment back. */
function unreadable(
  unread: readonly UnreadPart[],
  name: PaymentName,
  references: readonly string[] = [],
): Unproven | undefined {
  const part = unread.find(
    (each) => isNamedAmong(each, name) || each.references.some((one) => references.includes(one)),
  );
  return part === undefined ? undefined : { reason: 'PART_UNREADABLE', problem: part.problem };
}

/** A message about single payments, or about a whole group of them. */
interface Listing<T> {
  readonly transactions: readonly T[];
  readonly unread: readonly UnreadPart[];
  /** The reason where it speaks of a group, and of no single payment. */
  readonly group: NoProof | undefined;
}

/** The one transaction of a payment, or why there is none. */
function transactionFor<T extends { readonly uetr?: string; readonly endToEndId?: string }>(
  { transactions, unread, group }: Listing<T>,
  name: PaymentName,
): { readonly found: T } | Unproven {
  if (!isName(name)) return { reason: 'NO_REFERENCE' };
  const broken = unreadable(unread, name);
  if (broken !== undefined) return broken;
  const [found, second] = transactions.filter((each) => isNamed(each, name));
  if (second !== undefined) return { reason: namedTwice(name) };
  if (found !== undefined) return { found };
  return { reason: transactions.length === 0 && group !== undefined ? group : notNamed(name) };
}

/** The status of one payment. One of a whole group is nobody's. */
export function statusFor(report: PaymentStatus, name: PaymentName): StatusFinding {
  const { transactions, unread, groupStatuses } = report;
  const group = groupStatuses.length > 0 ? 'GROUP_STATUS' : undefined;
  const finding = transactionFor({ transactions, unread, group }, name);
  return 'found' in finding ? { transaction: finding.found } : finding;
}

/** What came back of one payment. The return of a whole group names none: that it finds nothing does not mean that nothing came back. */
export function returnFor(message: PaymentReturn, name: PaymentName): ReturnFinding {
  const { transactions, unread, isGroup } = message;
  const finding = transactionFor({ transactions, unread, group: isGroup ? 'GROUP_RETURN' : undefined }, name);
  return 'found' in finding ? { returned: finding.found } : finding;
}

const takesAway = ({ entry, detail }: Booking): boolean =>
  entry.creditDebit === 'DBIT' || detail.creditDebit === 'DBIT' || entry.reversal;

const areSame = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one === other && isReference(one);

/**
 * Whether a booking takes a credit back: by what the payment was asked for by, by its UETR, by the bank's own id of it, or, where it says
 * that it reverses something, by any reference that both have.
 */
function takesBack(booking: Booking, credit: Booking, name: PaymentName): boolean {
  if (!takesAway(booking)) return false;
  const { detail, entry } = booking;
  if (isNamed(detail, name) || areSame(detail.uetr, credit.detail.uetr)) return true;
  if (areSame(detail.transactionId, credit.detail.transactionId)) return true;
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
    .filter(isReference);

/** What is wrong with an entry as proof of one of its payments, in the order in which it is told. */
const FAULTS: readonly BookingFault[] = [
  ['CREDIT_IS_A_RETURN', ({ detail }) => detail.isReturn],
  ['NOT_BOOKED', ({ entry }) => entry.status !== 'BOOK'],
  ...AMOUNT_FAULTS,
];

const given = (reference: string | undefined): string | undefined =>
  reference !== undefined && isReference(reference) ? reference : undefined;

/**
 * What tells a credit from others, by the element that it is taken from. The bank's own reference comes first: it is in the notification of
 * the day and in the statement at its end. That of an entry of several payments, which some banks repeat for each of these, needs what tells
 * them apart.
 */
function referenceOf({ entry, detail }: Booking): string {
  const { uetr, servicerReference } = detail;
  const own = given(servicerReference);
  const isShared = entry.details.some((other) => other !== detail && other.servicerReference === servicerReference);
  if (own !== undefined && !isShared) return `AcctSvcrRef ${own}`;
  const ofEntry = given(entry.servicerReference) ?? own;
  if (ofEntry !== undefined && entry.details.length === 1) return `AcctSvcrRef ${ofEntry}`;
  if (uetr !== undefined) return `UETR ${uetr}`;
  const [transactionId, endToEndId] = [given(detail.transactionId), given(detail.endToEndId)];
  const { bookingDate, valueDate } = entry;
  const parts = { ofEntry, transactionId, endToEndId, bookingDate, valueDate, amount: detail.amount ?? entry.amount };
  return canonicalJson(present(parts));
}

const bookedCreditOf = (booking: Booking): BookedCredit => {
  const { account, sha256, entry, detail } = booking;
  const { valueDate, bookingDate } = entry;
  const { uetr, endToEndId } = detail;
  const reference = referenceOf(booking);
  const money = moneyOf(booking);
  const charges = detail.charges ?? (entry.details.length === 1 ? entry.charges : undefined);
  return present<BookedCredit>({
    uetr,
    endToEndId,
    account,
    reference,
    ...money,
    valueDate,
    bookingDate,
    charges,
    sha256,
  });
};

/** The one booking of a payment that pays, or why there is none. */
function creditingOf(pages: readonly CreditNotification[], name: PaymentName): Booking | NoProof {
  const bookings = pages.flatMap(bookingsOf);
  const named = bookings.filter(({ detail }) => isNamed(detail, name));
  const [credit, second] = named.filter((booking) => !takesAway(booking));
  if (credit === undefined) {
    if (named.length > 0) return 'NOT_A_CREDIT';
    return areAllThere(pages) ? notNamed(name) : 'PAGES_MISSING';
  }
  if (bookings.some((booking) => takesBack(booking, credit, name))) return 'TAKEN_BACK';
  return second === undefined ? credit : namedTwice(name);
}

/**
 * The booked credit of one payment. A message of several pages is read whole: give all its pages.
 * @param name its UETR, or `{ endToEndId }`, which must be the only one of its kind in the message
 * @returns the credit, or the reason why there is none: what is pending, debited, taken back, not told or contradictory proves nothing
 */
export function creditFor(
  message: CreditNotification | readonly CreditNotification[],
  name: PaymentName,
): CreditFinding {
  if (!isName(name)) return { reason: 'NO_REFERENCE' };
  const pages = 'type' in message ? [message] : message;
  const parts = pages.flatMap((page) => page.unread);
  const unread = unreadable(parts, name);
  if (unread !== undefined) return unread;
  const crediting = creditingOf(pages, name);
  if (typeof crediting === 'string') return { reason: crediting };
  const related = unreadable(parts, crediting.detail.uetr ?? name, referencesOf(crediting));
  if (related !== undefined) return related;
  const fault = FAULTS.find(([, holds]) => holds(crediting));
  if (fault !== undefined) return { reason: fault[0] };
  if (!areAllThere(pages)) return { reason: 'PAGES_MISSING' };
  return { credit: bookedCreditOf(crediting) };
}
