/** `cash:unblock` */
import { cashOf, hasExpired, proofOf, rowOf } from '../../domain/batches.js';
import { remove } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { openLeg, openOutcomeIfShown } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { payerBank } from '../instruct.js';

export const unblock = implement(commands.cash.unblock, {
  load: async (tx, { request }) => {
    const { legId } = request;
    const leg = await openLeg(tx, legId);
    const opened = await tx.open('leg', legId);
    const { legIds, batchId } = opened.record;
    tx.expectStanding('proof', proofOf(rowOf(opened), 'BLOCKED'), registerOf(legId), 'NOT_PROVEN');
    const outcome = await openOutcomeIfShown(tx, legIds);
    if (outcome === undefined) tx.expectAbsent('outcome', batchId, registerOf(legId), 'OUTCOME_EXISTS');
    return { leg, outcome };
  },
  actor: payerBank,
  decide: (_call, { leg, outcome, today }) => {
    const state = outcome?.record.state;
    if (state === 'COMMITTED') throw new TenorError('OUTCOME_EXISTS');
    cashOf(leg.record, 'BLOCK');
    if (state !== 'ABORTED' && !hasExpired([leg.record], today)) throw new TenorError('BATCH_OPEN');
    return [remove('proof', leg.id, registerOf(leg.id))];
  },
});
