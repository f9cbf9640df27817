/** `cash:block` */
import { assertUnexpired, cashOf, proofOf, rowOf } from '../../domain/batches.js';
import { put } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { expectAllocated, openLeg } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { payerBank } from '../instruct.js';

export const block = implement(commands.cash.block, {
  load: async (tx, { request }) => {
    const { legId } = request;
    const leg = await openLeg(tx, legId);
    const opened = await tx.open('leg', legId);
    expectAllocated(tx, [rowOf(opened)]);
    tx.expectAbsent('outcome', opened.record.batchId, registerOf(legId), 'OUTCOME_EXISTS');
    tx.expectAbsent('proof', legId, registerOf(legId), 'STATE');
    return { leg };
  },
  actor: payerBank,
  decide: (_call, { leg, today }) => {
    cashOf(leg.record, 'BLOCK');
    assertUnexpired([leg.record], today);
    return [put('proof', leg.id, proofOf(rowOf(leg), 'BLOCKED'))];
  },
});
