/** Payments where they stand: each one of an entry on an account, with what it adds to the account or takes from it. */
import type { CreditDetail, CreditEntry } from './accountEntry.js';
import type { NoProof } from './noProof.js';
import type { Account, DocumentAmount } from './values.js';

/** One payment where it stands. */
export interface Booking {
  readonly account: Account;
  readonly entry: CreditEntry;
  readonly detail: CreditDetail;
  readonly sha256: string;
}

/** Amounts of one currency have the same number of decimals. Without the point they can be compared as minor units. */
export const digitsOf = (amount: string): bigint => BigInt(amount.replace('.', ''));

/** An entry without details may still take another one back by its references. */
const NO_DETAIL: readonly CreditDetail[] = [{ isReturn: false }];

/** All payments that a message tells of. */
export const bookingsOf = ({
  accounts,
  sha256,
}: {
  readonly accounts: readonly { readonly account: Account; readonly entries: readonly CreditEntry[] }[];
  readonly sha256: string;
}): Booking[] =>
  accounts.flatMap(({ account, entries }) =>
    entries.flatMap((entry) =>
      (entry.details.length > 0 ? entry.details : NO_DETAIL).map((detail) => ({ account, entry, detail, sha256 })),
    ),
  );

/** What can be wrong with a booking, and how to tell. */
export type BookingFault = readonly [reason: NoProof, holds: (booking: Booking) => boolean];

/** What keeps an entry from telling the amount of one of its payments, in the order in which it is told. */
export const AMOUNT_FAULTS: readonly BookingFault[] = [
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
export const moneyOf = ({ entry, detail }: Booking): DocumentAmount => ({
  amount: detail.amount ?? entry.amount,
  currency: entry.currency,
});
