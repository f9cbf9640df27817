/** `presentment:acknowledge` */
import { put, unsalted, type Opened } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { acknowledgedBy, areSame } from '../../domain/payments.js';
import { assertPresented, assertReferred, assertSilent } from '../../domain/presentments.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { paymentIdsOf } from '../../protocol/identifiers.js';
import type { BookRecord } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openPresentment, openSlices } from '../loaders.js';

export const acknowledge = implement(commands.presentment.acknowledge, {
  load: async (tx, { request }) => {
    const { presentmentId: id } = request;
    const paymentIds = paymentIdsOf(request);
    const presentment = await openPresentment(tx, id);
    const { record } = await tx.open('presentment', id);
    const isStandIn = tx.mspId === record.standIn?.mspId;
    const speaker = isStandIn ? tx.mspId : record.holderMsp;
    // If the bank has reopened the presentment, an earlier acknowledgement may exist. The state of the slices says whether it counts.
    const earlier = await tx.openOrAbsent('acknowledgement', id, speaker, 'ACKNOWLEDGEMENT_EXISTS');
    // The payee's bank could write and delete a return in every block. So a word in spite of it does not look.
    if (request.inSpiteOfReturn !== true)
      for (const paymentId of paymentIds) tx.expectAbsent('return', paymentId, record.payeeBankMsp, 'PAYMENT_RETURNED');
    return {
      presentment,
      earlier,
      // The bank attests each credit. A stand-in relies on it, because it does not see the account.
      credits: isStandIn ? await openCredits(tx, paymentIds, record.payeeBankMsp) : undefined,
      slices: await openSlices(tx, record.sliceIds),
    };
  },
  actor: ({ presentment: { holder, standIn, record }, credits }) =>
    credits === undefined || standIn === undefined
      ? { party: holder, mspId: record.holderMsp }
      : { party: standIn, mspId: standIn.mspId },
  decide: ({ request }, { presentment, earlier, credits, slices, caller, today }) => {
    assertReferred(request, presentment);
    const { id, record } = presentment;
    const { bankMsp, currency, amount } = record;
    if (credits !== undefined) assertSilent(presentment, credits, today);
    const { inSpiteOfReturn = false } = request;
    const paymentIds = paymentIdsOf(request);
    const [paymentId] = paymentIds;
    // A stand-in has nothing but the bank's word that the money came in.
    if (credits !== undefined && inSpiteOfReturn) throw new TenorError('PAYMENT_RETURNED', { paymentId });
    const readers = credits === undefined ? undefined : []; // a silent holder's peer cannot write its copies
    // A payee that acknowledged another payment cannot stall its stand-in. Its own word it can only make stronger, not turn to another payment.
    const isSpoken = credits !== undefined || (inSpiteOfReturn && isOf(earlier, paymentIds));
    // From here the bank alone can close the slices: a payee that was paid cannot stall.
    const acknowledged = eachItem(slices, (held) => {
      assertPresented(held, presentment);
      if (isSpoken && held.slice.record.state === 'ACKNOWLEDGED') return [];
      assertSlice('acknowledge', held.slice.record, today);
      return [put('slice', held.slice.id, { ...unsalted(held.slice.record), state: 'ACKNOWLEDGED' }, readers)];
    }).flat();
    const by = { bankMsp, byMsp: caller.mspId, ...named(paymentIds) };
    const firm = inSpiteOfReturn ? { inSpiteOfReturn } : {};
    const said = { schema: 'tenor.acknowledgement/1' as const, id, ...by, currency, amount, ...firm };
    return [put('acknowledgement', id, said), ...acknowledged];
  },
});

/** Whether an earlier word was about exactly these payments. */
const isOf = (earlier: Opened<'acknowledgement'> | undefined, paymentIds: readonly string[]): boolean =>
  earlier !== undefined && areSame(acknowledgedBy(earlier.record), paymentIds);

/** The payments as the record names them: the first, and the others where there are some. */
const named = ([paymentId, ...others]: readonly [string, ...string[]]): Pick<
  BookRecord<'acknowledgement'>,
  'paymentId' | 'furtherPaymentIds'
> => (others.length > 0 ? { paymentId, furtherPaymentIds: others } : { paymentId });

/** What the bank attests of each payment. */
async function openCredits(
  tx: LedgerTransaction,
  paymentIds: readonly string[],
  payeeBankMsp: string,
): Promise<readonly BookRecord<'attestation'>[]> {
  const credits: BookRecord<'attestation'>[] = [];
  for (const id of paymentIds) credits.push((await tx.open('attestation', id, payeeBankMsp)).record);
  return credits;
}
