/** `slice:offer` */
import { copy, put, unsalted } from '../../domain/decision.js';
import { assertPassable, assertSlice } from '../../domain/lifecycle.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { implement } from '../implement.js';
import { openSlice } from '../loaders.js';

export const offer = implement(commands.slice.offer, {
  load: async (tx, { request, secret }) => {
    await tx.foresee(['slice', request.sliceId], ['ticket', request.ticketId]);
    return { held: await openSlice(tx, request.sliceId), transferee: partyOf(secret.transferee) };
  },
  enters: ({ transferee }) => [transferee.mspId],
  actor: ({ held: { holder, slice } }) => ({ party: holder, mspId: slice.record.holderMsp }),
  decide: ({ request, secret }, { held, transferee, today }) => {
    const { terms } = held.certificate;
    const slice = held.slice.record;
    assertSlice('offer', slice, today);
    assertPassable(held, transferee, secret, today);
    const { expiresOn } = secret;
    const counterparty = { counterparty: transferee.id, counterpartyMsp: transferee.mspId };
    const lock = { kind: 'TRANSFER' as const, id: request.transferId, ...counterparty, expiresOn };
    return [put('slice', slice.id, { ...unsalted(slice), state: 'OFFERED', lock }), copy(terms, [transferee.mspId])];
  },
});
