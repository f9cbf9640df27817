/** `presentment:discharge` */
import { put, unsalted, type Opened } from '../../domain/decision.js';
import { eachItem, firstOf } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { assertPays, assertPresented, needsAcknowledgement } from '../../domain/presentments.js';
import type { VouchedPresentment } from '../../domain/vouched.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { implement } from '../implement.js';
import { openPresentment, openSlices } from '../loaders.js';

export const discharge = implement(commands.presentment.discharge, {
  load: async (tx, { request }) => {
    const { presentmentId: id, uetr } = request;
    await tx.foresee(['presentment', id]);
    const presentment = await openPresentment(tx, id);
    const { record } = await tx.open('presentment', id);
    await tx.foresee(['payment', uetr, record.bankMsp], ['attestation', uetr, record.payeeBankMsp]);
    return {
      presentment,
      payment: await tx.open('payment', uetr, record.bankMsp),
      attestation: await tx.open('attestation', uetr, record.payeeBankMsp),
      // If it is needed and missing, the rule refuses, because there is no opening of a record that does not exist.
      acknowledgement: needsAcknowledgement(record) ? await tx.openIfShown('acknowledgement', id) : undefined,
      slices: await openSlices(tx, record.sliceIds),
    };
  },
  actor: ({ slices, presentment }) => ({
    party: firstOf(slices).certificate.bank,
    mspId: presentment.record.bankMsp,
  }),
  decide: ({ request }, { presentment, payment, attestation, acknowledgement, slices, today }) => {
    const discharged = eachItem(slices, (held) => {
      assertPresented(held, presentment);
      return held.slice.record;
    });
    assertProven(request.uetr, presentment, payment, attestation, acknowledgement);
    const readers = request.books === 'register' ? [] : [presentment.record.holderMsp];
    const step = needsAcknowledgement(presentment.record) ? 'dischargeAcknowledged' : 'discharge';
    return eachItem(discharged, (slice) => {
      assertSlice(step, slice, today);
      return put('slice', slice.id, { ...unsalted(slice), state: 'PAID' }, readers);
    });
  },
});

function assertProven(
  uetr: string,
  presentment: VouchedPresentment,
  payment: Opened<'payment'>,
  attestation: Opened<'attestation'>,
  acknowledgement: Opened<'acknowledgement'> | undefined,
): void {
  for (const { record } of [payment, attestation]) {
    if (record.presentmentId !== presentment.id) throw new TenorError('PAYMENT_MISMATCH');
    assertPays(record, presentment);
  }
  const { status } = payment.record;
  if (status !== 'ACCC') throw new TenorError('PAYMENT_NOT_FINAL', { status });
  if (!needsAcknowledgement(presentment.record)) return;
  if (acknowledgement === undefined) throw new TenorError('ACKNOWLEDGEMENT_NEEDED', { presentmentId: presentment.id });
  if (acknowledgement.record.uetr !== uetr) throw new TenorError('PAYMENT_MISMATCH');
  assertPays(acknowledgement.record, presentment);
}
