/** `cash:acknowledge` */
import { cashOf, proofOf, rowOf } from '../../domain/batches.js';
import { put } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
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
    const { payeeBankMsp } = cashOf(leg.record, 'CREDIT');
    // In one book there is one word on a leg. The payee's would stand in the way of the bank's, which is enough.
    if (payeeBankMsp === leg.record.receiverMsp) throw new TenorError('SAME_ORGANIZATION', { mspId: payeeBankMsp });
    return [put('proof', leg.id, proofOf(rowOf(leg), 'ACKNOWLEDGED'))];
  },
});
