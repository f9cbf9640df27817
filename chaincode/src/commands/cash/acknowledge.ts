/** `cash:acknowledge` */
import { cashOf, proofOf, rowOf } from '../../domain/batches.js';
import { put } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { openLeg } from '../batchLoaders.js';
import { implement } from '../implement.js';

export const acknowledge = implement(commands.cash.acknowledge, {
  load: async (tx, { request }) => {
    const leg = await openLeg(tx, request.legId);
    const { receiverMsp } = (await tx.open('leg', request.legId)).record;
    tx.expectAbsent('proof', request.legId, receiverMsp, 'ACKNOWLEDGEMENT_EXISTS');
    return { leg };
  },
  actor: ({ leg: { receiver, record } }) => ({ party: receiver, mspId: record.receiverMsp }),
  decide: (_call, { leg }) => {
    cashOf(leg.record, 'CREDIT');
    // Where the bank belongs to the payee's own organisation, its attestation says it, in the same place of the same book.
    if (leg.record.receiverMsp === registerOf(leg.id)) throw new TenorError('LEG_KIND', { what: leg.record.what });
    return [put('proof', leg.id, proofOf(rowOf(leg), 'ACKNOWLEDGED'))];
  },
});
