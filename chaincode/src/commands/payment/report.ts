/** `payment:report` */
import { assertInSheet } from '../../domain/batches.js';
import { put, type Opened } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { assertOpen, assertPays, assertPresented, assertReferred, isUnpaid } from '../../domain/presentments.js';
import type { VouchedPresentment } from '../../domain/vouched.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { demandIdOf, paidOf, paymentIdOf } from '../../protocol/identifiers.js';
import { isAsset, type BookRecord, type Leg } from '../../protocol/records/index.js';
import { expectAllocated, expectApproved, openDemand, openOutcomeIfShown } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { openSlices } from '../loaders.js';

export const report = implement(commands.payment.report, {
  load: async (tx, { request }) => {
    const id = demandIdOf(request);
    const paymentId = paymentIdOf(request);
    const { demand, at, sliceIds, leg } = await openDemand(tx, request);
    const { bankMsp } = at;
    const earlier = await tx.openOrAbsent('payment', paymentId, bankMsp, 'UETR_USED');
    const remittance = await tx.openOrAbsent('remittance', id, bankMsp, 'OPENING_MISSING');
    const marked = remittance?.record.paymentId;
    const isMarked = marked === paymentId;
    const other = marked === undefined || isMarked ? undefined : await tx.openIfShown('payment', marked, bankMsp);
    // The first word on a payment says that the money is sent, so the slices must be locked for it. Whoever invents a presentment locks none.
    const slices = isMarked ? [] : await openSlices(tx, sliceIds);
    // A payment that ended unpaid leaves the return in whose place it was made.
    const cameBack = other !== undefined && isUnpaid(other.record, id) ? remittance?.record.afterReturnOf : marked;
    const order = isMarked || leg === undefined ? undefined : await openOrder(tx, leg, cameBack);
    return { demand, earlier, remittance, isMarked, other, slices, order };
  },
  actor: ({ demand: { bank, record } }) => ({ party: bank, mspId: record.bankMsp }),
  decide: ({ request, secret }, { demand, earlier, remittance, isMarked, other, slices, order, today }) => {
    const { id } = demand;
    const paymentId = paymentIdOf(request);
    assertReferred(request, demand);
    const before = earlier?.record;
    if (before !== undefined) assertReplaceable(before, id);
    assertOpen(demand);
    if (remittance !== undefined && !isMarked) assertEnded(other?.record, id);
    eachItem(slices, (held) => {
      assertPresented(held, demand as VouchedPresentment);
      assertSlice('report', held.slice.record, today);
    });
    if (order !== undefined) assertOrdered(order);
    assertPays(secret, demand);
    const { bankMsp } = demand.record;
    const payment = { schema: 'tenor.payment/1' as const, id: paymentId, ...paidOf(request), bankMsp, ...secret };
    const mark = { schema: 'tenor.remittance/1' as const, id, bankMsp, paymentId };
    const arrival = arrivalBefore(remittance?.record, other?.record);
    const marked = { ...mark, ...arrival, ...inPlaceOf(order) };
    return [put('payment', paymentId, payment), ...(isMarked ? [] : [put('remittance', id, marked)])];
  },
});

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
  { id, legIds, senderMsp, financing, cash }: Leg,
  before: string | undefined,
): Promise<Order> {
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
  const mayComeBack = state === 'COMMITTED' && before !== undefined;
  const returned = mayComeBack ? await tx.openIfShown('return', before, cash?.payeeBankMsp) : undefined;
  return { leg: await tx.open('leg', id), outcome, returned };
}

/** What a mark says of the payment that came back, and in whose place this one is made. */
const inPlaceOf = (order: Order | undefined): Pick<BookRecord<'remittance'>, 'afterReturnOf'> =>
  order?.returned === undefined ? {} : { afterReturnOf: order.returned.id };

/** Money that is proven by its credit is sent when the batch is agreed. Money that was blocked is sent when the batch is committed. */
const PAID_WHEN: { readonly [What in Leg['what']]?: BookRecord<'outcome'>['state'] } = {
  CREDIT: 'AGREED',
  BLOCK: 'COMMITTED',
};

/** @throws TenorError OUTCOME_MISSING, LEG_FOREIGN */
function assertOrdered(order: Order): void {
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
function assertReplaceable(before: BookRecord<'payment'>, demandId: string): void {
  if (before.status === 'ACCC' && demandIdOf(before) === demandId)
    throw new TenorError('STATE', { state: before.status });
  if (demandIdOf(before) !== demandId && !isUnpaid(before, demandIdOf(before))) throw new TenorError('UETR_USED');
}

/** Only one payment can be on its way. The mark moves to another payment only after the first went unpaid, or arrived and was sent back. */
function assertEnded(other: BookRecord<'payment'> | undefined, demandId: string): void {
  const isEnded = other !== undefined && (hasArrived(other, demandId) || isUnpaid(other, demandId));
  if (!isEnded) throw new TenorError('PAYMENT_PENDING');
}

/** What a new mark says of the payments before it: one that arrived is never forgotten. */
function arrivalBefore(
  mark: BookRecord<'remittance'> | undefined,
  marked: BookRecord<'payment'> | undefined,
): Pick<BookRecord<'remittance'>, 'isAfterArrival'> {
  const isAfter = mark !== undefined && (mark.isAfterArrival === true || hasArrived(marked, mark.id));
  return isAfter ? { isAfterArrival: true } : {};
}

/** Whether the bank has said that a payment of this arrived. */
const hasArrived = (payment: BookRecord<'payment'> | undefined, demandId: string): boolean =>
  payment?.status === 'ACCC' && demandIdOf(payment) === demandId;
