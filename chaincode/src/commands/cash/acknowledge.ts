/** `cash:acknowledge` */
import { cashOf, proofOf, rowOf } from '../../domain/batches.js';
import { put, type Opened } from '../../domain/decision.js';
import { demandOf } from '../../domain/legs.js';
import { assertSilent } from '../../domain/presentments.js';
import { partyOf } from '../../ledger/pending.js';
import type { LedgerTransaction } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { paymentIdOf, registerOf } from '../../protocol/identifiers.js';
import { openLeg } from '../batchLoaders.js';
import { implement } from '../implement.js';

export const acknowledge = implement(commands.cash.acknowledge, {
  load: async (tx, { request }) => {
    const leg = await openLeg(tx, request.legId);
    const opened = await tx.open('leg', request.legId);
    const { receiver, receiverMsp, cash } = opened.record;
    const payee = { party: receiver, mspId: receiverMsp };
    const speaker = cash?.standIn?.mspId === tx.mspId ? cash.standIn : payee;
    // Each has its word in its own book. What the payee writes into its own does not keep the stand-in from speaking.
    tx.expectAbsent('proof', request.legId, speaker.mspId, 'ACKNOWLEDGEMENT_EXISTS');
    return {
      leg,
      speaker: partyOf(speaker.party),
      mspId: speaker.mspId,
      credit: speaker === payee ? undefined : await openCredit(tx, opened, paymentIdOf(request)),
    };
  },
  actor: ({ speaker, mspId }) => ({ party: speaker, mspId }),
  decide: (_call, { leg, speaker, credit, today }) => {
    const { payeeBankMsp } = cashOf(leg.record, 'CREDIT');
    if (credit !== undefined) assertSilent({ ...demandOf(leg), standIn: speaker }, [credit.record], today);
    // In one book there is one word on a leg. The payee's would stand in the way of the bank's, which is enough.
    else if (payeeBankMsp === leg.record.receiverMsp)
      throw new TenorError('SAME_ORGANIZATION', { mspId: payeeBankMsp });
    return [put('proof', leg.id, proofOf(rowOf(leg), 'ACKNOWLEDGED'))];
  },
});

/** The credit on which a stand-in relies, because it does not see the account: it is attested, was not sent back, and the register has it as the leg's. */
async function openCredit(
  tx: LedgerTransaction,
  leg: Opened<'leg'>,
  paymentId: string,
): Promise<Opened<'attestation'>> {
  const register = registerOf(leg.id);
  tx.expectAbsent('return', paymentId, register, 'PAYMENT_RETURNED');
  tx.expectStanding('proof', proofOf(rowOf(leg), 'CREDITED'), register, 'NOT_PROVEN', { mspId: register });
  return tx.open('attestation', paymentId, register);
}
