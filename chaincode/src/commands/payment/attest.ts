/** `payment:attest` */
import { proofOf, rowOf } from '../../domain/batches.js';
import { put, type Opened } from '../../domain/decision.js';
import { isEqual, moneyOf } from '../../domain/money.js';
import { assertFew, assertOutstanding, outstandingOf, receivedBy, type Arrival } from '../../domain/payments.js';
import { assertOpen, assertReferred, assertValueDate, isSameAccount } from '../../domain/presentments.js';
import { hmac, saltOf } from '../../ledger/codec.js';
import { ownKey } from '../../ledger/keys.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { canonicalJson } from '../../protocol/canonical.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { demandIdOf, paidOf, paymentIdOf, registerOf } from '../../protocol/identifiers.js';
import { CREDIT_SECRET_ID, type BookRecord } from '../../protocol/records/index.js';
import { openArrivals } from '../arrivalLoaders.js';
import { isStanding, openDemand, openOutcomeIfShown } from '../batchLoaders.js';
import { implement } from '../implement.js';

export const attest = implement(commands.payment.attest, {
  load: async (tx, { request, secret, seed }) => {
    const { uetr } = request;
    const paymentId = paymentIdOf(request);
    const { demand, at, leg } = await openDemand(tx, request);
    const { bankMsp, payeeBank, payeeBankMsp, endToEndId } = at;
    tx.expectAbsent('attestation', paymentId, payeeBankMsp, 'UETR_USED');
    tx.expectAbsent('return', paymentId, payeeBankMsp, 'PAYMENT_RETURNED');
    // Whoever is not of that bank has a secret of its own at most, and is refused as the caller.
    const isOwn = tx.mspId === payeeBankMsp;
    const known = isOwn
      ? await tx.openOrAbsent('creditSecret', CREDIT_SECRET_ID, payeeBankMsp, 'OPENING_MISSING')
      : undefined;
    const markOf = marking(known, seed, { account: secret.account.id, payeeBank });
    const entryId = markOf({ reference: secret.creditReference });
    tx.expectAbsent('credit', entryId, payeeBankMsp, 'CREDIT_USED');
    // A UETR is like no other. A reference is whatever the holder wrote, so here it counts once.
    const isReferred = uetr === undefined && endToEndId !== undefined;
    const referenceId = isReferred ? markOf({ endToEndId: endToEndId.toUpperCase() }) : undefined;
    if (referenceId !== undefined) tx.expectAbsent('credit', referenceId, payeeBankMsp, 'REFERENCE_USED');
    // The credit of a leg is what its batch waits for. A bank that has denied it sends the money back.
    const credit = leg?.what === 'CREDIT' ? await tx.open('leg', leg.id) : undefined;
    if (credit !== undefined) await expectOpen(tx, credit);
    // Both banks have endorsed which payments it names, so that none of them is left out here.
    const receipt = await tx.openOrAbsent('receipt', demandIdOf(request), bankMsp, 'OPENING_MISSING');
    const received = receivedBy(receipt?.record).filter((each) => each !== paymentId);
    return {
      ...{ demand, credit, entryId, referenceId, isLate: await isLate(tx, secret.valueDate, credit) },
      isFirst: known === undefined,
      receipt,
      arrivals: await openArrivals(tx, { received, reported: [] }, at),
    };
  },
  enters: ({ demand }) => [demand.record.bankMsp],
  actor: ({ demand: { payeeBank, record } }) => ({ party: payeeBank, mspId: record.payeeBankMsp }),
  decide: (
    { request, secret },
    { demand, credit, isLate: mayBeLate, entryId, referenceId, isFirst, receipt, arrivals, today },
  ) => {
    const { account, creditReference: _hashed, ...attested } = secret;
    assertReferred(request, demand);
    if (!isSameAccount(account, demand.record.account)) throw new TenorError('ACCOUNT_MISMATCH');
    assertOpen(demand);
    assertOutstanding(attested, demand, arrivals);
    assertFew(arrivals);
    assertValueDate(attested.valueDate, demand, today);
    if (!mayBeLate) assertAgreedDay(attested.valueDate, credit);
    const isLast = isEqual(moneyOf(attested), outstandingOf(demand, arrivals));
    const { bankMsp, payeeBankMsp } = demand.record;
    const paymentId = paymentIdOf(request);
    const about = { ...paidOf(request), bankMsp, payeeBankMsp };
    const said = { ...about, ...attested, creditId: entryId, attestedOn: today };
    const marks = referenceId === undefined ? [entryId] : [entryId, referenceId];
    const { id } = demand;
    const newSecret = { schema: 'tenor.creditSecret/1', id: CREDIT_SECRET_ID, payeeBankMsp } as const;
    return [
      put('attestation', paymentId, { schema: 'tenor.attestation/1', id: paymentId, ...said }),
      ...marks.map((markId) => put('credit', markId, { schema: 'tenor.credit/1', id: markId, ...about, paymentId })),
      ...(isFirst ? [put('creditSecret', CREDIT_SECRET_ID, newSecret)] : []),
      put('receipt', id, {
        schema: 'tenor.receipt/1',
        id,
        bankMsp,
        payeeBankMsp,
        ...receivedAfter(paymentId, receipt?.record, arrivals),
      }),
      // The payment that completes the amount is what the batch waits for.
      ...(credit === undefined
        ? []
        : [put('proof', id, proofOf(rowOf(credit), isLast ? 'CREDITED' : 'PARTLY_CREDITED'))]),
    ];
  },
});

/** What the receipt names after this attestation: the first payment for ever, and of the others those that have not come back. */
function receivedAfter(
  paymentId: string,
  receipt: BookRecord<'receipt'> | undefined,
  arrivals: readonly Arrival[],
): Pick<BookRecord<'receipt'>, 'paymentId' | 'furtherPaymentIds'> {
  if (receipt === undefined) return { paymentId };
  const standing = arrivals.map((arrival) => arrival.paymentId).filter((id) => id !== receipt.paymentId);
  return { paymentId: receipt.paymentId, furtherPaymentIds: [...standing, paymentId] };
}

/** What tells a credit from others on its account: the bank's reference of the entry, or the reference that the payment carried. */
type Told = { readonly reference: string } | { readonly endToEndId: string };

/**
 * Keys what was told by the secret of the bank's book. The first attestation of a bank makes the secret: its salt is what this call's seed gives
 * the record. One account has one number, under whatever scheme and in letters of whatever case it is told.
 */
function marking(
  known: Opened<'creditSecret'> | undefined,
  seed: Uint8Array,
  { account, payeeBank }: { readonly account: string; readonly payeeBank: string },
): (told: Told) => BookRecord<'credit'>['id'] {
  const key = Buffer.from(known?.record.salt ?? saltOf(seed, ownKey('creditSecret', CREDIT_SECRET_ID)), 'hex');
  return (told) => hmac(key, canonicalJson({ account: account.toUpperCase(), payeeBank, ...told }));
}

/** Nothing is said of the money of a leg yet, or a part of it came. @throws TenorError STATE */
async function expectOpen(tx: LedgerTransaction, leg: Opened<'leg'>): Promise<void> {
  const [part, mspId] = [proofOf(rowOf(leg), 'PARTLY_CREDITED'), registerOf(leg.id)];
  if (await isStanding(tx, part, mspId)) tx.expectStanding('proof', part, mspId, 'STATE');
  else tx.expectAbsent('proof', leg.id, mspId, 'STATE');
}

/**
 * Whether the money comes after the agreed day because what had come on it went back: its batch is committed, and the leg is owed still. Before it is committed nobody
 * has to take money of another day than was agreed.
 */
async function isLate(tx: LedgerTransaction, valueDate: string, leg: Opened<'leg'> | undefined): Promise<boolean> {
  const agreed = leg?.record.cash?.valueDate;
  if (leg === undefined || agreed === undefined || valueDate <= agreed) return false;
  return (await openOutcomeIfShown(tx, leg.record.legIds))?.record.state === 'COMMITTED';
}

/** The parties of a leg may have agreed on the day on which the money is booked. @throws TenorError VALUE_DATE */
function assertAgreedDay(valueDate: string, leg: Opened<'leg'> | undefined): void {
  const agreed = leg?.record.cash?.valueDate;
  if (agreed !== undefined && agreed !== valueDate) throw new TenorError('VALUE_DATE');
}
