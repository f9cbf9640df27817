/** `payment:return` */
import { proofOf, rowOf } from '../../domain/batches.js';
import { put, remove, type Opened, type Write } from '../../domain/decision.js';
import { isAbove, moneyOf } from '../../domain/money.js';
import { receivedBy } from '../../domain/payments.js';
import { assertPartOf, assertReferred, assertValueDate } from '../../domain/presentments.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { demandIdOf, paidOf, paymentIdOf, registerOf } from '../../protocol/identifiers.js';
import type { BookRecord } from '../../protocol/records/index.js';
import { openArrivals } from '../arrivalLoaders.js';
import { isStanding, openDemand, type OpenedDemand } from '../batchLoaders.js';
import { implement } from '../implement.js';

export const returned = implement(commands.payment.return, {
  load: async (tx, { request }) => {
    const paymentId = paymentIdOf(request);
    const { demand, at, leg } = await openDemand(tx, request);
    const { payeeBankMsp } = at;
    tx.expectAbsent('return', paymentId, payeeBankMsp, 'RETURN_EXISTS');
    // Money can be sent back that was never attested. If it was, the bank must mean the same payment.
    const credit = leg?.what === 'CREDIT' ? await tx.open('leg', leg.id) : undefined;
    const attestation = await tx.openOrAbsent('attestation', paymentId, payeeBankMsp, 'OPENING_MISSING');
    const unproven = credit === undefined ? [] : await afterReturn(tx, { paymentId, at, credit, attestation });
    return { demand, attestation, unproven };
  },
  enters: ({ demand }) => [demand.record.bankMsp, demand.record.holderMsp],
  actor: ({ demand: { payeeBank, record } }) => ({ party: payeeBank, mspId: record.payeeBankMsp }),
  decide: ({ request, secret }, { demand, unproven, attestation, today }) => {
    const paymentId = paymentIdOf(request);
    assertReferred(request, demand);
    const isOther = attestation !== undefined && demandIdOf(attestation.record) !== demand.id;
    if (isOther) throw new TenorError('PAYMENT_MISMATCH');
    assertPartOf(secret, demand);
    // Of what came in by this payment, at most all goes back.
    const isMore = attestation !== undefined && isAbove(moneyOf(secret), moneyOf(attestation.record));
    if (isMore) throw new TenorError('PAYMENT_MISMATCH');
    assertValueDate(secret.returnedOn, demand, today);
    const { bankMsp, payeeBankMsp, holderMsp } = demand.record;
    const about = { id: paymentId, ...paidOf(request), bankMsp, payeeBankMsp, holderMsp };
    const readers = request.books === 'register' ? [] : undefined;
    return [
      put('return', paymentId, { schema: 'tenor.return/1', ...about, ...secret, recordedOn: today }, readers),
      // A batch that is not committed yet has no money any more. One that is committed stays so.
      ...unproven,
    ];
  },
});

/** A payment of a leg that goes back. */
interface Going {
  readonly paymentId: string;
  readonly at: OpenedDemand['at'];
  readonly credit: Opened<'leg'>;
  readonly attestation: Opened<'attestation'> | undefined;
}

/**
 * What the book says of the money of a leg from now on: that a part of it is left, or nothing. What was not attested proves nothing: money that came a second time and
 * goes back leaves the first where it is.
 */
async function afterReturn(tx: LedgerTransaction, { paymentId, at, credit, attestation }: Going): Promise<Write[]> {
  const proof = attestation === undefined ? undefined : await standingProof(tx, credit);
  if (proof === undefined) return [];
  const isPart = attestation?.record.amount !== credit.record.amount;
  const isLeft = isPart && (await hasOthers(tx, paymentId, at, credit));
  return isLeft
    ? [put('proof', credit.id, proofOf(rowOf(credit), 'PARTLY_CREDITED'))]
    : [remove('proof', credit.id, registerOf(credit.id))];
}

/** Whether other payments of a leg came that have not gone back. Both banks have endorsed which they are. */
async function hasOthers(
  tx: LedgerTransaction,
  paymentId: string,
  at: OpenedDemand['at'],
  { id }: Opened<'leg'>,
): Promise<boolean> {
  const receipt = await tx.open('receipt', id, at.bankMsp);
  const received = receivedBy(receipt.record).filter((each) => each !== paymentId);
  return (await openArrivals(tx, { received, reported: [] }, at)).length > 0;
}

/** The proof of a leg's credit, or of a part of it, if it stands there now. */
async function standingProof(tx: LedgerTransaction, leg: Opened<'leg'>): Promise<BookRecord<'proof'> | undefined> {
  const mspId = registerOf(leg.id);
  for (const what of ['CREDITED', 'PARTLY_CREDITED'] as const) {
    const proof = proofOf(rowOf(leg), what);
    if (!(await isStanding(tx, proof, mspId))) continue;
    tx.expectStanding('proof', proof, mspId, 'NOT_PROVEN');
    return proof;
  }
  return undefined;
}
