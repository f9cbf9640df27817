/** `slice:release` */
import { hasExpired, rowOf } from '../../domain/batches.js';
import { remove } from '../../domain/decision.js';
import { assertAllocated, givenBack } from '../../domain/legs.js';
import { assertSlice } from '../../domain/lifecycle.js';
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
    return { held: await openSlice(tx, request.sliceId), leg, outcome };
  },
  actor: ({ leg: { sender, record } }) => ({ party: sender, mspId: record.senderMsp }),
  decide: (_call, { held, leg, outcome, today }) => {
    const slice = held.slice.record;
    assertSlice('release', slice, today);
    assertAllocated(leg, held);
    const state = outcome?.record.state;
    if (state === 'COMMITTED') throw new TenorError('OUTCOME_EXISTS');
    if (state !== 'ABORTED' && !hasExpired([leg.record], today)) throw new TenorError('BATCH_OPEN');
    return [givenBack(held), remove('cover', leg.id, registerOf(leg.id))];
  },
});
