/** `cash:deny` */
import { cashOf, denierOf, isKnownToPayee, proofOf, rowOf } from '../../domain/batches.js';
import { put } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { addDays } from '../../protocol/dates.js';
import { TenorError } from '../../protocol/errors.js';
import { LIMITS } from '../../protocol/limits.js';
import { openLeg } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { payeeBank } from '../instruct.js';

export const deny = implement(commands.cash.deny, {
  load: async (tx, { request }) => {
    const leg = await openLeg(tx, request.legId);
    // Credited, acknowledged, or denied already: only one word of each can stand.
    tx.expectAbsent('proof', request.legId, denierOf(rowOf(await tx.open('leg', request.legId))), 'STATE');
    return { leg };
  },
  actor: ({ leg }) =>
    isKnownToPayee(rowOf(leg)) ? { party: leg.receiver, mspId: leg.record.receiverMsp } : payeeBank({ leg }),
  decide: (_call, { leg, today }) => {
    cashOf(leg.record, 'CREDIT');
    if (today < addDays(leg.record.expiresOn, LIMITS.silentDays)) throw new TenorError('BATCH_OPEN');
    return [put('proof', leg.id, proofOf(rowOf(leg), 'NOT_RECEIVED'))];
  },
});
