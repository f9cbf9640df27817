/** `presentment:reopen` */
import { put, remove, unsalted } from '../../domain/decision.js';
import { eachItem } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { acknowledgedBy, areSame, isUnpaid } from '../../domain/payments.js';
import { assertOpen, assertPresented } from '../../domain/presentments.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { paymentIdOf } from '../../protocol/identifiers.js';
import type { BookRecord } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openAcknowledgement, openPresentment, openSlices } from '../loaders.js';

export const reopen = implement(commands.presentment.reopen, {
  load: async (tx, { request }) => {
    const { presentmentId: id } = request;
    const paymentId = paymentIdOf(request);
    const presentment = await openPresentment(tx, id);
    const { record } = await tx.open('presentment', id);
    const { bankMsp, sliceIds } = record;
    const payment = await tx.open('payment', paymentId, bankMsp);
    const remittance = await tx.open('remittance', id, bankMsp);
    return {
      ...{ presentment, payment, remittance },
      // The acknowledgement, if there is one. If the bank does not show it, the state of the slices tells that it exists.
      acknowledgement: await openAcknowledgement(tx, record, (said) => isOnOther(said, remittance.record)),
      slices: await openSlices(tx, sliceIds),
    };
  },
  actor: ({ presentment: { bank, record } }) => ({ party: bank, mspId: record.bankMsp }),
  decide: ({ request }, { presentment, payment, remittance, acknowledgement, slices, today }) => {
    assertOpen(presentment);
    // The first report makes both for the presentment. A payment that is about another one since then was rejected before.
    if (remittance.record.paymentId !== payment.id) throw new TenorError('PAYMENT_MISMATCH');
    const isRejected = isUnpaid(payment.record, presentment.id);
    // The mark of a payment that is on its way stays. Then only an acknowledgement of other payments is cancelled.
    const isCancelled = acknowledgement !== undefined && isOnOther(acknowledgement.record, remittance.record);
    if (!isRejected && !isCancelled) throw new TenorError('PAYMENT_PENDING');
    const readers = request.books === 'register' ? [] : [presentment.record.holderMsp];
    const reopened = eachItem(slices, (held) => {
      assertPresented(held, presentment);
      const slice = held.slice.record;
      if (isRejected && slice.state === 'PRESENTED') return []; // nobody had acknowledged
      assertSlice('reopen', slice, today);
      return [put('slice', slice.id, { ...unsalted(slice), state: 'PRESENTED' }, readers)];
    }).flat();
    const { id, record } = presentment;
    // After a payment that arrived the holder may have its money. What is rejected later does not let it withdraw.
    const { isAfterArrival, arrivedPaymentIds } = remittance.record;
    const isUnmarked = isRejected && isAfterArrival !== true && arrivedPaymentIds === undefined;
    return [...(isUnmarked ? [remove('remittance', id, record.bankMsp)] : []), ...reopened];
  },
});

/** Whether the payee has acknowledged something else than what the bank has marked: the payment on its way, with those that arrived before it. */
const isOnOther = (
  acknowledgement: BookRecord<'acknowledgement'>,
  { paymentId, arrivedPaymentIds = [] }: BookRecord<'remittance'>,
): boolean => !areSame(acknowledgedBy(acknowledgement), [...arrivedPaymentIds, paymentId]);
