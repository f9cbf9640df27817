/** `batch:decline` */
import { assertPartyOf, refusalOf } from '../../domain/batches.js';
import { put } from '../../domain/decision.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { openLeg } from '../batchLoaders.js';
import { implement } from '../implement.js';

export const decline = implement(commands.batch.decline, {
  load: async (tx, { request, secret }) => {
    const leg = await openLeg(tx, request.legId);
    const { batchId } = (await tx.open('leg', request.legId)).record;
    tx.expectAbsent('approval', batchId, tx.mspId, 'APPROVAL_EXISTS');
    return { leg, party: partyOf(secret.party) };
  },
  actor: ({ party }) => ({ party, mspId: party.mspId }),
  decide: (_call, { leg, party, caller }) => {
    assertPartyOf(leg.record, party.id);
    const { batchId } = leg.record;
    return [put('approval', batchId, refusalOf(batchId, caller.mspId))];
  },
});
