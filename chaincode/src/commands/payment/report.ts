/** `payment:report` */
import { assertInSheet } from '../../domain/batches.js';
import { put, type Opened } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import type { Stated } from '../../domain/money.js';
import {
  assertFew,
  assertOutstanding,
  hasArrived,
  isPaidAnew,
  isUnpaid,
  receivedBy,
  type Arrival,
} from '../../domain/payments.js';
import { assertOpen, assertPartOf, assertPresented, assertReferred, type Demand } from '../../domain/presentments.js';
import type { VouchedPresentment } from '../../domain/vouched.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { demandIdOf, paidOf, paymentIdOf } from '../../protocol/identifiers.js';
import { isAsset, type BookRecord, type Leg } from '../../protocol/records/index.js';
import { openArrivals } from '../arrivalLoaders.js';
import { expectAllocated, expectApproved, openDemand, openOutcomeIfShown, type OpenedDemand } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { openSlices } from '../loaders.js';

export const report = implement(commands.payment.report, {
  load: async (tx, { request, secret }) => {
    const id = demandIdOf(request);
    const paymentId = paymentIdOf(request);
    const { demand, at, sliceIds, leg } = await openDemand(tx, request);
    const { bankMsp } = at;
    const before = (await tx.openOrAbsent('payment', paymentId, bankMsp, 'UETR_USED'))?.record;
    const reported = await openReported(tx, { id, paymentId }, bankMsp);
    const { isMarked } = reported;
    // What is on its way already is told as it goes on, whatever came besides.
    const isToldOn = isMarked && !isMoreThan(before, secret.amount, id);
    const arrivals = isToldOn ? undefined : await openEarlier(tx, reported, at);
    // The first word on a payment says that the money is sent, so the slices must be locked for it. Whoever invents a presentment locks none.
    const slices = isMarked ? [] : await openSlices(tx, sliceIds);
    const order = await openOrder(tx, isMarked ? undefined : leg, cameBackOf(reported));
    return { demand, before, reported, arrivals, slices, order };
  },
  actor: ({ demand: { bank, record } }) => ({ party: bank, mspId: record.bankMsp }),
  decide: ({ request, secret }, { demand, before, reported, arrivals, slices, order, today }) => {
    const { id, paymentId, isMarked } = reported;
    assertReferred(request, demand);
    assertReplaceable(before, id);
    assertOpen(demand);
    assertEnded(reported);
    eachItem(slices, (held) => {
      assertPresented(held, demand as VouchedPresentment);
      assertSlice('report', held.slice.record, today);
    });
    assertOrdered(order);
    if (isMarked) assertAmount(secret, demand, arrivals);
    const together = isMarked ? [] : payingTogether(secret, demand, arrivals, request.anew === true);
    const { bankMsp } = demand.record;
    const payment = { schema: 'tenor.payment/1' as const, id: paymentId, ...paidOf(request), bankMsp, ...secret };
    const mark = { schema: 'tenor.remittance/1' as const, id, bankMsp, paymentId, ...earlierOf(reported, together) };
    const marked = { ...mark, ...inPlaceOf(order) };
    return [put('payment', paymentId, payment), ...(isMarked ? [] : [put('remittance', id, marked)])];
  },
});

/** A payment that is reported, and what its bank has marked for the same demand before. */
interface Reported {
  readonly id: string;
  readonly paymentId: string;
  readonly mark: BookRecord<'remittance'> | undefined;
  /** Whether the mark is of this payment. */
  readonly isMarked: boolean;
  /** The payment that is marked, if it is another one. */
  readonly other: BookRecord<'payment'> | undefined;
}

/** Opens the mark, and the payment that is marked. */
async function openReported(
  tx: LedgerTransaction,
  { id, paymentId }: Pick<Reported, 'id' | 'paymentId'>,
  bankMsp: string,
): Promise<Reported> {
  const mark = (await tx.openOrAbsent('remittance', id, bankMsp, 'OPENING_MISSING'))?.record;
  const isMarked = mark?.paymentId === paymentId;
  const other = mark === undefined || isMarked ? undefined : await tx.openIfShown('payment', mark.paymentId, bankMsp);
  return { id, paymentId, mark, isMarked, other: other?.record };
}

/** What has been paid besides this payment: what the payee's bank attested, and what this bank reported. */
async function openEarlier(
  tx: LedgerTransaction,
  { id, paymentId, other, mark }: Reported,
  at: OpenedDemand['at'],
): Promise<readonly Arrival[]> {
  const receipt = await tx.openOrAbsent('receipt', id, at.bankMsp, 'OPENING_MISSING');
  const received = receivedBy(receipt?.record).filter((each) => each !== paymentId);
  const reported = [...received, ...(mark?.arrivedPaymentIds ?? []), ...(other === undefined ? [] : [other.id])];
  return openArrivals(tx, { received, reported }, at);
}

/** Whether it is more than what was reported of this payment before. */
const isMoreThan = (before: BookRecord<'payment'> | undefined, amount: string, demandId: string): boolean =>
  before === undefined || demandIdOf(before) !== demandId || BigInt(amount) > BigInt(before.amount);

/** What a payment may come to. What is outstanding is not asked for where it is no more than what was announced. @throws TenorError PAYMENT_MISMATCH, OVERPAID */
function assertAmount(paid: Stated, demand: Demand, arrivals: readonly Arrival[] | undefined): void {
  if (arrivals === undefined) assertPartOf(paid, demand);
  else assertOutstanding(paid, demand, arrivals);
}

/** The payments that arrived and that pay together with a new one. @throws TenorError PAYMENT_PENDING, PAYMENT_MISMATCH, OVERPAID, PAYMENTS_EXCEEDED */
function payingTogether(
  paid: Stated,
  demand: Demand,
  arrivals: readonly Arrival[] | undefined,
  isAnew: boolean,
): readonly string[] {
  if (arrivals === undefined) return [];
  if (isPaidAnew(paid, demand, arrivals)) {
    // Whoever did not see that the whole was paid already must not pay it once more.
    if (!isAnew && arrivals.some(({ payment }) => hasArrived(payment, demand.id)))
      throw new TenorError('PAYMENT_PENDING');
    return [];
  }
  assertOutstanding(paid, demand, arrivals);
  const together = arrivals.filter(({ payment }) => hasArrived(payment, demand.id));
  assertFew(together);
  return together.map(({ paymentId }) => paymentId);
}

/** The order to pay a leg: the outcome of its batch. */
interface Order {
  readonly leg: Opened<'leg'>;
  readonly outcome: Opened<'outcome'>;
  /** The return of the payment before this one, where a committed batch is to be paid again. */
  readonly returned: Opened<'return'> | undefined;
}

/**
 * Opens the order to pay. Everything that the batch gives is still allocated then: whoever releases some of it at the same time makes one of the two
 * transactions invalid.
 */
async function openOrder(
  tx: LedgerTransaction,
  leg: Leg | undefined,
  before: string | undefined,
): Promise<Order | undefined> {
  if (leg === undefined) return undefined;
  const { id, what, legIds, senderMsp, financing, cash } = leg;
  const outcome = await openOutcomeIfShown(tx, legIds);
  if (outcome === undefined) throw new TenorError('OUTCOME_MISSING');
  const { state, sheet } = outcome.record;
  if (state === 'AGREED') {
    // All registers of a batch can together write any outcome. Nobody pays for what it did not approve. Where it is committed, the payer may have what it paid for,
    // and must not hold up the report by its own book.
    expectApproved(tx, sheet, [senderMsp]);
    expectAllocated(
      tx,
      sheet.filter(({ what }) => isAsset(what)),
    );
  }
  const isRegistered =
    financing === undefined || (await tx.openIfShown('registration', financing, senderMsp)) !== undefined;
  if (!isRegistered) throw new TenorError('REGISTRATION_MISSING');
  // What was paid for is handed over or will be. So the leg is owed again if its money came back, and not otherwise.
  const mayComeBack = what === 'CREDIT' && state === 'COMMITTED' && before !== undefined;
  const returned = mayComeBack ? await tx.openIfShown('return', before, cash?.payeeBankMsp) : undefined;
  return { leg: await tx.open('leg', id), outcome, returned };
}

/** The payment that may have come back. One that ended unpaid leaves the return in whose place it was made. */
const cameBackOf = ({ id, mark, other }: Reported): string | undefined =>
  other !== undefined && isUnpaid(other, id) ? mark?.afterReturnOf : mark?.paymentId;

/** What a mark says of the payment that came back, and in whose place this one is made. */
const inPlaceOf = (order: Order | undefined): Pick<BookRecord<'remittance'>, 'afterReturnOf'> =>
  order?.returned === undefined ? {} : { afterReturnOf: order.returned.id };

/** Money that is proven by its credit is sent when the batch is agreed. Money that was blocked is sent when the batch is committed. */
const PAID_WHEN: { readonly [What in Leg['what']]?: BookRecord<'outcome'>['state'] } = {
  CREDIT: 'AGREED',
  BLOCK: 'COMMITTED',
};

/** @throws TenorError OUTCOME_MISSING, LEG_FOREIGN */
function assertOrdered(order: Order | undefined): void {
  if (order === undefined) return;
  const { leg, outcome } = order;
  if (PAID_WHEN[leg.record.what] !== outcome.record.state && !isOwedAgain(order))
    throw new TenorError('OUTCOME_MISSING');
  assertInSheet(outcome.record.sheet, leg);
}

/** A batch stays committed whatever becomes of its money. A leg of which all came back is owed again by its payer to its payee. */
const isOwedAgain = ({ leg: { id, record }, returned }: Order): boolean =>
  returned !== undefined &&
  demandIdOf(returned.record) === id &&
  returned.record.currency === record.currency &&
  returned.record.amount === record.amount;

/**
 * A later status replaces an earlier one until the money has arrived. A rejection may be a slip of the hand, so it can be replaced too, and
 * what was never paid may be the payment of another presentment.
 */
function assertReplaceable(before: BookRecord<'payment'> | undefined, demandId: string): void {
  if (before === undefined) return;
  if (before.status === 'ACCC' && demandIdOf(before) === demandId)
    throw new TenorError('STATE', { state: before.status });
  if (demandIdOf(before) !== demandId && !isUnpaid(before, demandIdOf(before))) throw new TenorError('UETR_USED');
}

/** Only one payment can be on its way. The mark moves to another payment only after the first went unpaid, or arrived, as a part or to be sent back. */
function assertEnded({ id, mark, isMarked, other }: Reported): void {
  const isEnded = other !== undefined && (hasArrived(other, id) || isUnpaid(other, id));
  if (mark !== undefined && !isMarked && !isEnded) throw new TenorError('PAYMENT_PENDING');
}

/** What a new mark says of the payments before it: that one arrived is never forgotten, and which of them pay together with this one. */
function earlierOf(
  { id, mark, other }: Reported,
  together: readonly string[],
): Pick<BookRecord<'remittance'>, 'isAfterArrival' | 'arrivedPaymentIds'> {
  const arrived = [
    ...(mark?.arrivedPaymentIds ?? []),
    ...(other !== undefined && hasArrived(other, id) ? [other.id] : []),
  ];
  const isAfter = mark?.isAfterArrival === true || arrived.some((each) => !together.includes(each));
  return {
    ...(isAfter ? { isAfterArrival: true } : {}),
    ...(together.length > 0 ? { arrivedPaymentIds: [...together] } : {}),
  };
}
