/** `presentment:acknowledge` */
import { put, unsalted } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { assertPresented, assertReferred, assertSilent } from '../../domain/presentments.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { paymentIdOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openPresentment, openSlices } from '../loaders.js';

export const acknowledge = implement(commands.presentment.acknowledge, {
  load: async (tx, { request }) => {
    const { presentmentId: id } = request;
    const paymentId = paymentIdOf(request);
    const presentment = await openPresentment(tx, id);
    const { record } = await tx.open('presentment', id);
    const isStandIn = tx.mspId === record.standIn?.mspId;
    const speaker = isStandIn ? tx.mspId : record.holderMsp;
    // If the bank has reopened the presentment, an earlier acknowledgement may exist. The state of the slices says whether it counts.
    const earlier = await tx.openOrAbsent('acknowledgement', id, speaker, 'ACKNOWLEDGEMENT_EXISTS');
    // The payee's bank could write and delete a return in every block. So a word in spite of it does not look.
    if (request.inSpiteOfReturn !== true) tx.expectAbsent('return', paymentId, record.payeeBankMsp, 'PAYMENT_RETURNED');
    return {
      presentment,
      earlier,
      // The bank attests a credit. A stand-in relies on it, because it does not see the account.
      credit: isStandIn ? await tx.open('attestation', paymentId, record.payeeBankMsp) : undefined,
      slices: await openSlices(tx, record.sliceIds),
    };
  },
  actor: ({ presentment: { holder, standIn, record }, credit }) =>
    credit === undefined || standIn === undefined
      ? { party: holder, mspId: record.holderMsp }
      : { party: standIn, mspId: standIn.mspId },
  decide: ({ request }, { presentment, earlier, credit, slices, caller, today }) => {
    assertReferred(request, presentment);
    const { id, record } = presentment;
    const { bankMsp, currency, amount } = record;
    if (credit !== undefined) assertSilent(presentment, credit.record, today);
    const { inSpiteOfReturn = false } = request;
    const paymentId = paymentIdOf(request);
    // A stand-in has nothing but the bank's word that the money came in.
    if (credit !== undefined && inSpiteOfReturn) throw new TenorError('PAYMENT_RETURNED', { paymentId });
    const readers = credit === undefined ? undefined : []; // a silent holder's peer cannot write its copies
    // A payee that acknowledged another payment cannot stall its stand-in. Its own word it can only make stronger, not turn to another payment.
    const isSpoken = credit !== undefined || (inSpiteOfReturn && earlier?.record.paymentId === paymentId);
    // From here the bank alone can close the slices: a payee that was paid cannot stall.
    const acknowledged = eachItem(slices, (held) => {
      assertPresented(held, presentment);
      if (isSpoken && held.slice.record.state === 'ACKNOWLEDGED') return [];
      assertSlice('acknowledge', held.slice.record, today);
      return [put('slice', held.slice.id, { ...unsalted(held.slice.record), state: 'ACKNOWLEDGED' }, readers)];
    }).flat();
    const by = { bankMsp, byMsp: caller.mspId, paymentId };
    const firm = inSpiteOfReturn ? { inSpiteOfReturn } : {};
    const said = { schema: 'tenor.acknowledgement/1' as const, id, ...by, currency, amount, ...firm };
    return [put('acknowledgement', id, said), ...acknowledged];
  },
});
