/** `cash:deny` */
import { cashOf, proofOf, rowOf } from '../../domain/batches.js';
import { put } from '../../domain/decision.js';
import { commands } from '../../protocol/commands/index.js';
import { addDays } from '../../protocol/dates.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { openLeg } from '../batchLoaders.js';
import { implement } from '../implement.js';
import { payeeBank } from '../instruct.js';

export const deny = implement(commands.cash.deny, {
  load: async (tx, { request }) => {
    const leg = await openLeg(tx, request.legId);
    // Credited, or denied already: only one of them can stand.
    tx.expectAbsent('proof', request.legId, registerOf(request.legId), 'STATE');
    return { leg };
  },
  actor: payeeBank,
  decide: (_call, { leg, today }) => {
    cashOf(leg.record, 'CREDIT');
    if (today < addDays(leg.record.expiresOn, LIMITS.silentDays)) throw new TenorError('BATCH_OPEN');
    return [put('proof', leg.id, proofOf(rowOf(leg), 'NOT_RECEIVED'))];
  },
});
