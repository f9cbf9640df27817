/** `presentment:discharge` */
import { put, unsalted, type Opened } from '../../domain/decision.js';
import { eachItem, firstOf } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { assertPays, assertPresented, sharesBank } from '../../domain/presentments.js';
import type { VouchedPresentment } from '../../domain/vouched.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { demandIdOf, paymentIdOf } from '../../protocol/identifiers.js';
import type { Presentment } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openAcknowledgement, openPresentment, openSlices } from '../loaders.js';

export const discharge = implement(commands.presentment.discharge, {
  load: async (tx, { request }) => {
    const { presentmentId: id } = request;
    const paymentId = paymentIdOf(request);
    await tx.foresee(['presentment', id]);
    const presentment = await openPresentment(tx, id);
    const { record } = await tx.open('presentment', id);
    await tx.foresee(['payment', paymentId, record.bankMsp], ['attestation', paymentId, record.payeeBankMsp]);
    const acknowledgement = await openAcknowledgement(tx, record, (said) => said.paymentId === paymentId);
    // A credit is what remains of it. The payee's own word in spite of a return does not ask its bank, which could stall it.
    const isFirm = isInSpiteOfReturn(paymentId, record, acknowledgement);
    if (!isFirm) tx.expectAbsent('return', paymentId, record.payeeBankMsp, 'PAYMENT_RETURNED');
    return {
      presentment,
      isFirm,
      acknowledgement,
      payment: await tx.open('payment', paymentId, record.bankMsp),
      // Where one of them is needed and missing the rule refuses: an absent record has no opening to show.
      attestation: await tx.openIfShown('attestation', paymentId, record.payeeBankMsp),
      slices: await openSlices(tx, record.sliceIds),
    };
  },
  actor: ({ slices, presentment }) => ({
    party: firstOf(slices).certificate.bank,
    mspId: presentment.record.bankMsp,
  }),
  decide: ({ request }, { presentment, isFirm, payment, attestation, acknowledgement, slices, today }) => {
    const discharged = eachItem(slices, (held) => {
      assertPresented(held, presentment);
      return held.slice.record;
    });
    const proof = provenBy(paymentIdOf(request), presentment, { isFirm, payment, attestation, acknowledgement }, today);
    const readers = request.books === 'register' ? [] : [presentment.record.holderMsp];
    // What the payee has in spite of a return, this return does not make owed again.
    const paidBy = isFirm ? {} : { paidBy: [payment.id] };
    return eachItem(discharged, (slice) => {
      assertSlice(PROVES[proof], slice, today);
      return put('slice', slice.id, { ...unsalted(slice), state: 'PAID', ...paidBy }, readers);
    });
  },
});

/** The step that each proof allows. The payee's word counts only while the slices say that it was given and not taken back. */
const PROVES = { attestation: 'discharge', acknowledgement: 'dischargeAcknowledged' } as const;

/** A payee that was asked after a return, and says that it has the money. A stand-in cannot say so. */
const isInSpiteOfReturn = (
  paymentId: string,
  { holderMsp }: Presentment,
  acknowledgement: Opened<'acknowledgement'> | undefined,
): boolean =>
  acknowledgement?.record.inSpiteOfReturn === true &&
  acknowledgement.record.paymentId === paymentId &&
  acknowledgement.record.byMsp === holderMsp;

interface Proofs {
  /** The payee's word holds in spite of a return. Nobody has looked then whether its bank took its attestation back by one. */
  readonly isFirm: boolean;
  readonly payment: Opened<'payment'>;
  readonly attestation: Opened<'attestation'> | undefined;
  readonly acknowledgement: Opened<'acknowledgement'> | undefined;
}

/**
 * The payer's bank says that its payment arrived. Besides, another bank attests that it came in, or the payee says so, which is a word
 * against itself. Where payer and payee share the bank, the bank's attestation is no second voice: then it takes both. For a payee that
 * stays silent there, its stand-in says it.
 */
function provenBy(
  paymentId: string,
  presentment: VouchedPresentment,
  proofs: Proofs,
  businessDate: string,
): keyof typeof PROVES {
  const { isFirm, attestation, acknowledgement } = proofs;
  assertArrived(paymentId, presentment, proofs, businessDate);
  const isShared = sharesBank(presentment.record);
  if (attestation !== undefined && !isShared && !isFirm) return 'attestation';
  const isOpen = attestation === undefined && (isShared || acknowledgement === undefined);
  if (isOpen) throw new TenorError('ATTESTATION_NEEDED', { paymentId });
  assertAcknowledged(paymentId, presentment, acknowledgement);
  return 'acknowledgement';
}

/** The banks speak of this presentment, the payment is final, and its value date has come. */
function assertArrived(
  paymentId: string,
  presentment: VouchedPresentment,
  { payment, attestation }: Proofs,
  businessDate: string,
): void {
  for (const said of attestation === undefined ? [payment] : [payment, attestation]) {
    if (demandIdOf(said.record) !== presentment.id) throw new TenorError('PAYMENT_MISMATCH');
    assertPays(said.record, presentment);
  }
  const { status } = payment.record;
  if (status !== 'ACCC') throw new TenorError('PAYMENT_NOT_FINAL', { status });
  const isAhead = attestation !== undefined && attestation.record.valueDate > businessDate;
  if (isAhead) throw new TenorError('VALUE_DATE_AHEAD', { paymentId });
}

function assertAcknowledged(
  paymentId: string,
  presentment: VouchedPresentment,
  acknowledgement: Opened<'acknowledgement'> | undefined,
): void {
  if (acknowledgement === undefined) throw new TenorError('ACKNOWLEDGEMENT_NEEDED', { presentmentId: presentment.id });
  if (acknowledgement.record.paymentId !== paymentId) throw new TenorError('PAYMENT_MISMATCH');
  assertPays(acknowledgement.record, presentment);
}
