/** `presentment:discharge` */
import { put, unsalted, type Opened, type Write } from '../../domain/decision.js';
import { eachItem, firstOf } from '../../domain/items.js';
import { assertSlice } from '../../domain/lifecycle.js';
import { acknowledgedBy, areSame, assertPaidBy, assertReached, lesserOf } from '../../domain/payments.js';
import { assertPartOf, assertPays, assertPresented, sharesBank } from '../../domain/presentments.js';
import type { HeldSlice, VouchedPresentment } from '../../domain/vouched.js';
import type { Pending } from '../../ledger/pending.js';
import type { BookRef, LedgerTransaction } from '../../ledger/transaction.js';
import { commands, type ParsedRequest } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { demandIdOf, paymentIdsOf } from '../../protocol/identifiers.js';
import type { BookRecord, Presentment } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openAcknowledgement, openPresentment, openSlices } from '../loaders.js';
import { hasLeft } from '../standing.js';

export const discharge = implement(commands.presentment.discharge, {
  load: async (tx, { request }) => {
    const named = namedBy(request);
    await tx.foresee(...named.map(({ id }): BookRef => ['presentment', id]));
    const discharges: Pending<Discharged>[] = [];
    for (const each of named) discharges.push(await openDischarged(tx, each));
    return { discharges };
  },
  actor: ({ discharges }) => {
    const { slices, presentment } = firstOf(discharges);
    return { party: firstOf(slices).certificate.bank, mspId: presentment.record.bankMsp };
  },
  decide: ({ request }, { discharges, today }) => {
    const { presentment: first } = firstOf(discharges);
    return discharges.flatMap((each) => {
      try {
        assertTogether(each.presentment, first, request.books);
        return dischargedBy(each, request.books, today);
      } catch (error) {
        if (discharges.length === 1 || !(error instanceof TenorError)) throw error;
        throw new TenorError(error.code, { ...error.data, presentmentId: each.presentment.id });
      }
    });
  },
});

/** A presentment, and the payments that pay it. */
interface Named {
  readonly id: string;
  readonly paymentIds: readonly [string, ...string[]];
}

/** The presentments of a request. */
function namedBy(request: ParsedRequest<'presentment:discharge'>): readonly Named[] {
  const { presentmentId, furtherPresentmentIds = [], furtherPresentmentUetrs = [] } = request;
  return [
    { id: presentmentId, paymentIds: paymentIdsOf(request) },
    ...furtherPresentmentIds.map((id, index): Named => ({ id, paymentIds: [furtherPresentmentUetrs[index] ?? ''] })),
  ];
}

/** All that one presentment is discharged by. */
interface Discharged extends Proofs {
  readonly presentment: VouchedPresentment;
  readonly slices: readonly HeldSlice[];
}

async function openDischarged(tx: LedgerTransaction, { id, paymentIds }: Named): Promise<Pending<Discharged>> {
  const presentment = await openPresentment(tx, id);
  const { record } = await tx.open('presentment', id);
  const { bankMsp, payeeBankMsp } = record;
  await tx.foresee(...paymentIds.map((each): BookRef => ['payment', each, bankMsp]));
  await tx.foresee(...paymentIds.map((each): BookRef => ['attestation', each, payeeBankMsp]));
  const acknowledgement = await openAcknowledgement(tx, record, (said) => areSame(acknowledgedBy(said), paymentIds));
  // A credit is what remains of it. The payee's own word in spite of a return does not ask its bank, which could stall it.
  const isFirm = isInSpiteOfReturn(paymentIds, record, acknowledgement);
  if (!isFirm) for (const each of paymentIds) tx.expectAbsent('return', each, payeeBankMsp, 'PAYMENT_RETURNED');
  // A bank that has left attests nothing any more, whatever is shown of it. Then the payee speaks.
  const isAsked = !(await hasLeft(tx, payeeBankMsp));
  const payments: Proof[] = [];
  for (const paymentId of paymentIds)
    payments.push({
      payment: await tx.open('payment', paymentId, bankMsp),
      // Where one of them is needed and missing the rule refuses: an absent record has no opening to show.
      attestation: isAsked ? await tx.openIfShown('attestation', paymentId, payeeBankMsp) : undefined,
    });
  const slices = await openSlices(tx, record.sliceIds);
  return presentment.map(
    (fact, registry) => ({
      ...{ presentment: fact, isFirm, acknowledgement, payments },
      slices: slices.map((each) => each.resolve(registry)),
    }),
    slices.flatMap(({ refs }) => refs),
  );
}

/**
 * What is discharged together is one bank's, and shown to the holders of one organisation. Without their peer the payee's bank endorses: then it is one too.
 * @throws TenorError BATCH_MIXED
 */
function assertTogether(
  { record }: VouchedPresentment,
  { record: first }: VouchedPresentment,
  books: 'all' | 'register' | undefined,
): void {
  const alike = ['bank', 'bankMsp', 'holderMsp', ...(books === 'register' ? (['payeeBankMsp'] as const) : [])] as const;
  if (alike.some((field) => record[field] !== first[field])) throw new TenorError('BATCH_MIXED');
}

/** The slices of a presentment once they are paid. */
function dischargedBy(
  { presentment, slices, ...proofs }: Discharged,
  books: 'all' | 'register' | undefined,
  businessDate: string,
): Write[] {
  const discharged = eachItem(slices, (held) => {
    assertPresented(held, presentment);
    return held.slice.record;
  });
  const proof = provenBy(presentment, proofs, businessDate);
  const readers = books === 'register' ? [] : [presentment.record.holderMsp];
  // What the payee has in spite of a return, this return does not make owed again.
  const paidBy = proofs.isFirm ? {} : { paidBy: proofs.payments.map(({ payment }) => payment.id) };
  return eachItem(discharged, (slice) => {
    assertSlice(PROVES[proof], slice, businessDate);
    return put('slice', slice.id, { ...unsalted(slice), state: 'PAID', ...paidBy }, readers);
  });
}

/** The step that each proof allows. The payee's word counts only while the slices say that it was given and not taken back. */
const PROVES = { attestation: 'discharge', acknowledgement: 'dischargeAcknowledged' } as const;

/** A payee that was asked after a return, and says that it has the money. A stand-in cannot say so. */
const isInSpiteOfReturn = (
  paymentIds: readonly string[],
  { holderMsp }: Presentment,
  acknowledgement: Opened<'acknowledgement'> | undefined,
): boolean =>
  acknowledgement?.record.inSpiteOfReturn === true &&
  areSame(acknowledgedBy(acknowledgement.record), paymentIds) &&
  acknowledgement.record.byMsp === holderMsp;

/** What both banks say of one payment. */
interface Proof {
  readonly payment: Opened<'payment'>;
  readonly attestation: Opened<'attestation'> | undefined;
}

interface Proofs {
  /** The payee's word holds in spite of a return. Nobody has looked then whether its bank took an attestation back by one. */
  readonly isFirm: boolean;
  /** The payments that pay together. */
  readonly payments: readonly Proof[];
  readonly acknowledgement: Opened<'acknowledgement'> | undefined;
}

/**
 * The payer's bank says that its payments arrived. Besides, another bank attests that they came in, or the payee says so, which is a word
 * against itself. Where payer and payee share the bank, the bank's attestation is no second voice: then it takes both. For a payee that
 * stays silent there, its stand-in says it.
 */
function provenBy(presentment: VouchedPresentment, proofs: Proofs, businessDate: string): keyof typeof PROVES {
  const { isFirm, payments, acknowledgement } = proofs;
  for (const proof of payments) assertArrived(presentment, proof, businessDate);
  const isShared = sharesBank(presentment.record);
  const unattested = payments.find(({ attestation }) => attestation === undefined);
  const isProven = unattested === undefined && !isShared && !isFirm;
  if (!isProven) {
    if (unattested !== undefined && (isShared || acknowledgement === undefined))
      throw new TenorError('ATTESTATION_NEEDED', { paymentId: unattested.payment.id });
    assertAcknowledged(presentment, payments, acknowledgement);
  }
  const counted = payments.map((proof) => countedOf(proof, isFirm));
  // The payee says that it has the whole. What more was sent for it are charges, which its bank can attest in no way that counts against this word.
  if (isFirm) assertReached(counted, presentment);
  else assertPaidBy(counted, presentment);
  return isProven ? 'attestation' : 'acknowledgement';
}

/** The banks speak of this presentment, the payment is final, and its value date has come. */
function assertArrived(presentment: VouchedPresentment, { payment, attestation }: Proof, businessDate: string): void {
  for (const said of attestation === undefined ? [payment] : [payment, attestation]) {
    if (demandIdOf(said.record) !== presentment.id) throw new TenorError('PAYMENT_MISMATCH');
    assertPartOf(said.record, presentment);
  }
  const { status } = payment.record;
  if (status !== 'ACCC') throw new TenorError('PAYMENT_NOT_FINAL', { status });
  const isAhead = attestation !== undefined && attestation.record.valueDate > businessDate;
  if (isAhead) throw new TenorError('VALUE_DATE_AHEAD', { paymentId: payment.id });
}

/**
 * What counts of a payment: what both banks say of it; where the payee's bank attests nothing, and where the payee says that it has the money whatever its bank
 * says, what the payer's bank reported.
 */
const countedOf = ({ payment, attestation }: Proof, isFirm: boolean): BookRecord<'payment' | 'attestation'> =>
  attestation === undefined || isFirm ? payment.record : lesserOf(payment.record, attestation.record);

/** The payee's word is about exactly these payments. */
function assertAcknowledged(
  presentment: VouchedPresentment,
  payments: readonly Proof[],
  acknowledgement: Opened<'acknowledgement'> | undefined,
): void {
  if (acknowledgement === undefined) throw new TenorError('ACKNOWLEDGEMENT_NEEDED', { presentmentId: presentment.id });
  const paymentIds = payments.map(({ payment }) => payment.id);
  if (!areSame(acknowledgedBy(acknowledgement.record), paymentIds)) throw new TenorError('PAYMENT_MISMATCH');
  assertPays(acknowledgement.record, presentment);
}
