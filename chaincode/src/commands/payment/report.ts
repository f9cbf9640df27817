/** `payment:report` */
import { put } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { assertOpen, assertPays, assertPresented, assertReferred, isUnpaid } from '../../domain/presentments.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { paymentIdOf } from '../../protocol/identifiers.js';
import type { BookRecord } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openPresentment, openSlices } from '../loaders.js';

export const report = implement(commands.payment.report, {
  load: async (tx, { request }) => {
    const { presentmentId } = request;
    const paymentId = paymentIdOf(request);
    const presentment = await openPresentment(tx, presentmentId);
    const { bankMsp, sliceIds } = (await tx.open('presentment', presentmentId)).record;
    const earlier = await tx.openOrAbsent('payment', paymentId, bankMsp, 'UETR_USED');
    const remittance = await tx.openOrAbsent('remittance', presentmentId, bankMsp, 'OPENING_MISSING');
    const marked = remittance?.record.paymentId;
    const isMarked = marked === paymentId;
    const other = marked === undefined || isMarked ? undefined : await tx.openIfShown('payment', marked, bankMsp);
    // The first word on a payment says that the money is sent, so the slices must be locked for it. Whoever invents a presentment locks none.
    const slices = isMarked ? [] : await openSlices(tx, sliceIds);
    return { presentment, earlier, remittance, isMarked, other, slices };
  },
  actor: ({ presentment: { bank, record } }) => ({ party: bank, mspId: record.bankMsp }),
  decide: ({ request, secret }, { presentment, earlier, remittance, isMarked, other, slices, today }) => {
    const { presentmentId } = request;
    const paymentId = paymentIdOf(request);
    assertReferred(request, presentment);
    const before = earlier?.record;
    if (before !== undefined) assertReplaceable(before, presentmentId);
    assertOpen(presentment);
    if (remittance !== undefined && !isMarked) assertEnded(other?.record, presentmentId);
    eachItem(slices, (held) => {
      assertPresented(held, presentment);
      assertSlice('report', held.slice.record, today);
    });
    assertPays(secret, presentment);
    const { bankMsp } = presentment.record;
    const payment = { schema: 'tenor.payment/1' as const, id: paymentId, presentmentId, bankMsp, ...secret };
    const mark = { schema: 'tenor.remittance/1' as const, id: presentmentId, bankMsp, paymentId };
    const arrival = arrivalBefore(remittance?.record, other?.record);
    return [
      put('payment', paymentId, payment),
      ...(isMarked ? [] : [put('remittance', presentmentId, { ...mark, ...arrival })]),
    ];
  },
});

/**
 * A later status replaces an earlier one until the money has arrived. A rejection may be a slip of the hand, so it can be replaced too, and
 * what was never paid may be the payment of another presentment.
 */
function assertReplaceable(before: BookRecord<'payment'>, presentmentId: string): void {
  if (before.status === 'ACCC' && before.presentmentId === presentmentId)
    throw new TenorError('STATE', { state: before.status });
  if (before.presentmentId !== presentmentId && !isUnpaid(before, before.presentmentId))
    throw new TenorError('UETR_USED');
}

/** Only one payment can be on its way. The mark moves to another payment only after the first went unpaid, or arrived and was sent back. */
function assertEnded(other: BookRecord<'payment'> | undefined, presentmentId: string): void {
  const isEnded = other !== undefined && (hasArrived(other, presentmentId) || isUnpaid(other, presentmentId));
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

/** Whether the bank has said that a payment of this presentment arrived. */
const hasArrived = (payment: BookRecord<'payment'> | undefined, presentmentId: string): boolean =>
  payment?.status === 'ACCC' && payment.presentmentId === presentmentId;
