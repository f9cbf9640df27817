/** `payment:return` */
import { proofOf, rowOf } from '../../domain/batches.js';
import { put, remove, type Opened } from '../../domain/decision.js';
import { isAbove, moneyOf } from '../../domain/money.js';
import { assertPartOf, assertReferred, assertValueDate } from '../../domain/presentments.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { demandIdOf, paidOf, paymentIdOf, registerOf } from '../../protocol/identifiers.js';
import type { BookRecord } from '../../protocol/records/index.js';
import { isStanding, openDemand } from '../batchLoaders.js';
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
    // What was not attested proves nothing: money that came a second time and goes back leaves the first where it is.
    const isProof = credit !== undefined && attestation !== undefined;
    return { demand, attestation, proof: isProof ? await standingProof(tx, credit) : undefined };
  },
  enters: ({ demand }) => [demand.record.bankMsp, demand.record.holderMsp],
  actor: ({ demand: { payeeBank, record } }) => ({ party: payeeBank, mspId: record.payeeBankMsp }),
  decide: ({ request, secret }, { demand, proof, attestation, today }) => {
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
      ...(proof === undefined ? [] : [remove('proof', proof.id, payeeBankMsp)]),
    ];
  },
});

/** The proof of a leg's credit, if it stands there now. */
async function standingProof(tx: LedgerTransaction, leg: Opened<'leg'>): Promise<BookRecord<'proof'> | undefined> {
  const mspId = registerOf(leg.id);
  const proof = proofOf(rowOf(leg), 'CREDITED');
  if (!(await isStanding(tx, proof, mspId))) return undefined;
  tx.expectStanding('proof', proof, mspId, 'NOT_PROVEN');
  return proof;
}
