/** `payment:report` */
import { put, type Opened } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { assertOpen, assertPays, assertPresented } from '../../domain/presentments.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { UNPAID_STATUSES } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openPresentment, openSlices } from '../loaders.js';

const FINAL: readonly string[] = ['ACCC', ...UNPAID_STATUSES];

export const report = implement(commands.payment.report, {
  load: async (tx, { request }) => {
    const { presentmentId, uetr } = request;
    const presentment = await openPresentment(tx, presentmentId);
    const { bankMsp, sliceIds } = (await tx.open('presentment', presentmentId)).record;
    const earlier = await tx.openOrAbsent('payment', uetr, bankMsp, 'UETR_USED');
    const remittance = await tx.openOrAbsent('remittance', presentmentId, bankMsp, 'OPENING_MISSING');
    const marked = remittance?.record.uetr;
    const isMarked = marked === uetr;
    const other = marked === undefined || isMarked ? undefined : await tx.openIfShown('payment', marked, bankMsp);
    // The first word on a payment says that the money is sent, so the slices must be locked for it. Whoever invents a presentment locks none.
    const slices = isMarked ? [] : await openSlices(tx, sliceIds);
    return { presentment, earlier, remittance, isMarked, other, slices };
  },
  actor: ({ presentment: { bank, record } }) => ({ party: bank, mspId: record.bankMsp }),
  decide: ({ request, secret }, { presentment, earlier, remittance, isMarked, other, slices, today }) => {
    const { presentmentId, uetr } = request;
    const before = earlier?.record;
    if (before !== undefined && before.presentmentId !== presentmentId) throw new TenorError('UETR_USED');
    // A later status replaces an earlier one until it is final.
    if (before !== undefined && FINAL.includes(before.status)) throw new TenorError('STATE', { state: before.status });
    assertOpen(presentment);
    if (remittance !== undefined && !isMarked) assertEnded(other);
    eachItem(slices, (held) => {
      assertPresented(held, presentment);
      assertSlice('report', held.slice.record, today);
    });
    assertPays(secret, presentment);
    const { bankMsp } = presentment.record;
    const mark = { schema: 'tenor.remittance/1' as const, id: presentmentId, bankMsp, uetr };
    return [
      put('payment', uetr, { schema: 'tenor.payment/1', id: uetr, presentmentId, bankMsp, ...secret }),
      ...(isMarked ? [] : [put('remittance', presentmentId, mark)]),
    ];
  },
});

/** Only one payment can be on its way. The mark moves to another payment only after the first was rejected or cancelled, or arrived and was sent back. */
function assertEnded(other: Opened<'payment'> | undefined): void {
  if (other === undefined || !FINAL.includes(other.record.status)) throw new TenorError('PAYMENT_PENDING');
}
