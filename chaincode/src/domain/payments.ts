/**
 * What several payments of one demand come to. A demand, which is a presentment or a leg of a batch, may be paid in parts, one on its way at a time. A charge that
 * was deducted on the way makes a payment a part: what counts is what the payee's bank attests.
 */
import { TenorError } from '../protocol/errors.js';
import { demandIdOf } from '../protocol/identifiers.js';
import { LIMITS } from '../protocol/limits.js';
import { UNPAID_STATUSES, type BookRecord } from '../protocol/records/index.js';
import { isAbove, isEqual, moneyOf, subtract, sum, type Money, type Stated } from './money.js';
import type { Demand } from './presentments.js';

/** One payment that counts for a demand so far: it did not come back. */
export interface Arrival {
  readonly paymentId: string;
  /** What the payer's bank reported of it, if it did. */
  readonly payment: BookRecord<'payment'> | undefined;
  /** What the payee's bank attested of it, if it did. */
  readonly attestation: BookRecord<'attestation'> | undefined;
}

/** Whether a payment that was sent for a presentment ended without paying it. Only such a payment is reported for another one later. */
export const isUnpaid = ({ status, ...payment }: BookRecord<'payment'>, sentFor: string): boolean =>
  UNPAID_STATUSES.includes(status) || demandIdOf(payment) !== sentFor;

/** Whether the payer's bank has said that a payment of this demand arrived. */
export const hasArrived = (payment: BookRecord<'payment'> | undefined, demandId: string): boolean =>
  payment?.status === 'ACCC' && demandIdOf(payment) === demandId;

/**
 * What both banks say of one payment. Charges may be deducted on the way, and nothing is added there: if the payee's bank attests more than was sent, this must
 * not keep the other from paying the rest.
 */
export const lesserOf = (
  payment: BookRecord<'payment'>,
  attestation: BookRecord<'attestation'>,
): BookRecord<'payment' | 'attestation'> =>
  attestation.currency === payment.currency && isAbove(moneyOf(attestation), moneyOf(payment)) ? payment : attestation;

/**
 * What arrived by a payment: what was attested, or, where nothing was yet, what the payer's bank reported as arrived. A payment of which that bank reports that it
 * went unpaid has not arrived, whatever is attested: else the payee's bank could keep it from paying.
 */
function arrivedBy({ payment, attestation }: Arrival, demandId: string): readonly Stated[] {
  if (payment !== undefined && isUnpaid(payment, demandId)) return [];
  if (attestation !== undefined) {
    if (demandIdOf(attestation) !== demandId) return [];
    return [payment === undefined ? attestation : lesserOf(payment, attestation)];
  }
  return payment !== undefined && hasArrived(payment, demandId) ? [payment] : [];
}

/** What is still to be paid. It is below zero where too much came. */
export function outstandingOf({ id, record }: Demand, arrivals: readonly Arrival[]): Money {
  const arrived = arrivals.flatMap((arrival) => arrivedBy(arrival, id)).map(moneyOf);
  return subtract(moneyOf(record), sum(record.currency, arrived));
}

/** A payment is of the demand's currency, and of no more than is outstanding. @throws TenorError PAYMENT_MISMATCH, OVERPAID */
export function assertOutstanding(paid: Stated, demand: Demand, arrivals: readonly Arrival[]): void {
  if (paid.currency !== demand.record.currency) throw new TenorError('PAYMENT_MISMATCH');
  if (isAbove(moneyOf(paid), outstandingOf(demand, arrivals))) throw new TenorError('OVERPAID');
}

/**
 * A bank that pays the whole amount anew says that what it reported before has not arrived. It can, as long as nothing of it was attested: a payment that was
 * reported as arrived by a slip must not hold up the one that pays.
 */
export const isPaidAnew = (paid: Stated, { id, record }: Demand, arrivals: readonly Arrival[]): boolean =>
  paid.currency === record.currency &&
  isEqual(moneyOf(paid), moneyOf(record)) &&
  arrivals.every((arrival) => arrival.attestation === undefined || arrivedBy(arrival, id).length === 0);

/** All payments together pay exactly what was demanded. @throws TenorError OVERPAID, UNDERPAID */
export function assertPaidBy(counted: readonly Stated[], { record }: Demand): void {
  const [paid, demanded] = [sum(record.currency, counted.map(moneyOf)), moneyOf(record)];
  if (isAbove(paid, demanded)) throw new TenorError('OVERPAID');
  if (!isEqual(paid, demanded)) throw new TenorError('UNDERPAID');
}

/** All payments together reach what was demanded. @throws TenorError UNDERPAID */
export function assertReached(counted: readonly Stated[], { record }: Demand): void {
  const paid = sum(record.currency, counted.map(moneyOf));
  if (isAbove(moneyOf(record), paid)) throw new TenorError('UNDERPAID');
}

/** So many payments of one demand count at most, with the next one. @throws TenorError PAYMENTS_EXCEEDED */
export function assertFew(earlier: readonly unknown[]): void {
  if (earlier.length >= LIMITS.partPayments)
    throw new TenorError('PAYMENTS_EXCEEDED', { limit: String(LIMITS.partPayments) });
}

/** The payments that an acknowledgement is about. */
export const acknowledgedBy = ({
  paymentId,
  furtherPaymentIds = [],
}: Pick<BookRecord<'acknowledgement'>, 'paymentId' | 'furtherPaymentIds'>): readonly string[] => [
  paymentId,
  ...furtherPaymentIds,
];

/** The payments that were attested for a demand, as its receipt names them. */
export const receivedBy = (receipt: BookRecord<'receipt'> | undefined): readonly string[] =>
  receipt === undefined ? [] : [receipt.paymentId, ...(receipt.furtherPaymentIds ?? [])];

/** Whether two lists name the same payments, in whatever order. */
export const areSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((id) => others.includes(id));
