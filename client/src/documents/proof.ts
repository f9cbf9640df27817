/** Finds the one payment in a message that is reported or attested on the ledger. */
import type { CreditDetail, CreditEntry, CreditNotification } from './creditNotification.js';
import type { PaymentStatus, PaymentTransactionStatus } from './paymentStatus.js';
import { present, type Account, type DocumentAmount } from './values.js';

/** A booked credit, flat. */
export interface BookedCredit {
  readonly uetr: string;
  readonly account: Account;
  /** Major units, with exactly the decimals of `currency`. */
  readonly amount: string;
  readonly currency: string;
  readonly valueDate?: string;
  readonly bookingDate?: string;
  /** SHA-256 of the notification, lower-case hex. */
  readonly sha256: string;
}

/** The status of the payment with that UETR; undefined when the report does not name it exactly once. */
export function statusFor(report: PaymentStatus, uetr: string): PaymentTransactionStatus | undefined {
  const found = report.transactions.filter((transaction) => transaction.uetr === uetr);
  return found.length === 1 ? found[0] : undefined;
}

/** Amounts of one currency have the same number of decimals. Without the point they can be compared as minor units. */
const digitsOf = (amount: string): bigint => BigInt(amount.replace('.', ''));

const isBookedCredit = (entry: CreditEntry): boolean =>
  entry.status === 'BOOK' && entry.creditDebit === 'CRDT' && !entry.reversal;

/**
 * The amount that a detail credits. A detail without an amount credits its whole entry, but only if it is the entry's only detail.
 * A detail with more than its entry, or with another currency, is a contradiction and credits nothing.
 */
function amountOfDetail(entry: CreditEntry, detail: CreditDetail): DocumentAmount | undefined {
  const whole = { amount: entry.amount, currency: entry.currency };
  if (detail.amount === undefined || detail.currency === undefined)
    return entry.details.length === 1 ? whole : undefined;
  const contradicts = detail.currency !== entry.currency || digitsOf(detail.amount) > digitsOf(entry.amount);
  return contradicts ? undefined : { amount: detail.amount, currency: detail.currency };
}

/**
 * The booked credit with that UETR; undefined when the notification does not book it exactly once: pending entries,
 * debits and reversals prove nothing.
 */
export function creditFor(notification: CreditNotification, uetr: string): BookedCredit | undefined {
  const booked = notification.entries
    .filter(isBookedCredit)
    .flatMap((entry) =>
      entry.details
        .filter((detail) => detail.uetr === uetr && detail.creditDebit !== 'DBIT')
        .map((detail) => ({ entry, detail })),
    );
  const [only] = booked;
  const money = only && booked.length === 1 ? amountOfDetail(only.entry, only.detail) : undefined;
  if (only === undefined || money === undefined) return undefined;
  const { valueDate, bookingDate } = only.entry;
  return present<BookedCredit>({
    uetr,
    account: notification.account,
    ...money,
    valueDate,
    bookingDate,
    sha256: notification.sha256,
  });
}
