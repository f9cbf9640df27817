/** `slice:release` */
import { hasExpired, rowOf } from '../../domain/batches.js';
import { remove } from '../../domain/decision.js';
import { assertAllocated, givenBack } from '../../domain/legs.js';
import { assertSlice } from '../../domain/lifecycle.js';
import type { HeldSlice } from '../../domain/vouched.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { expectAllocated, expectUnsent, openLeg, openOutcomeIfShown } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { openSlice } from '../loaders.js';

export const release = implement(commands.slice.release, {
  load: async (tx, { request }) => {
    const { legId } = request;
    const leg = await openLeg(tx, legId);
    const opened = await tx.open('leg', legId);
    const { legIds, batchId } = opened.record;
    // Whoever commits the batch at the same time needs this mark, so only one of the two transactions is valid.
    expectAllocated(tx, [rowOf(opened)]);
    const outcome = await openOutcomeIfShown(tx, legIds);
    // One register is enough: no batch is committed unless it is in all of them.
    if (outcome === undefined) tx.expectAbsent('outcome', batchId, registerOf(legId), 'OUTCOME_EXISTS');
    else if (outcome.record.state === 'AGREED') await expectUnsent(tx, outcome.record.sheet);
    return { held: await openSlice(tx, request.sliceId), leg, outcome, callerMsp: tx.mspId };
  },
  actor: ({ leg, held, callerMsp }) =>
    isForHolder(held, callerMsp)
      ? { party: held.holder, mspId: callerMsp }
      : { party: leg.sender, mspId: leg.record.senderMsp },
  decide: (_call, { held, leg, outcome, callerMsp, today }) => {
    const slice = held.slice.record;
    assertSlice('release', slice, today);
    assertAllocated(leg, held);
    const state = outcome?.record.state;
    if (state === 'COMMITTED') throw new TenorError('OUTCOME_EXISTS');
    if (state !== 'ABORTED' && !hasExpired([leg.record], today)) throw new TenorError('BATCH_OPEN');
    const readers = isForHolder(held, callerMsp) ? [callerMsp] : undefined;
    return [givenBack(held, readers), remove('cover', leg.id, registerOf(leg.id))];
  },
});

/**
 * A pledgee may lock a slice for a batch that gives it back, and then be silent. So the holder may put it back into its pledge, from which the date frees it; the
 * pledgee's book is not written then.
 */
function isForHolder({ slice: { record } }: HeldSlice, callerMsp: string): boolean {
  const { lock, holderMsp } = record;
  const isPledged = lock?.kind === 'SETTLEMENT' && lock.pledge !== undefined;
  return isPledged && callerMsp === holderMsp && lock.pledge?.counterpartyMsp !== holderMsp;
}
