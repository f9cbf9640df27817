/** `slice:offer` */
import { copy, put, unsalted } from '../../domain/decision.js';
import { assertBeforeDue, assertOfferExpiry, assertSlice, assertTier } from '../../domain/lifecycle.js';
import { assertRole } from '../../domain/parties.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
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
    assertBeforeDue(terms.record, today);
    assertRole(transferee, 'supplier', 'bank');
    if (transferee.id === slice.holder) throw new TenorError('SELF_TRANSFER');
    assertTier(slice, terms.record);
    const { expiresOn } = secret;
    assertOfferExpiry(expiresOn, terms.record, today);
    const counterparty = { counterparty: transferee.id, counterpartyMsp: transferee.mspId };
    const lock = { kind: 'TRANSFER' as const, id: request.transferId, ...counterparty, expiresOn };
    return [put('slice', slice.id, { ...unsalted(slice), state: 'OFFERED', lock }), copy(terms, [transferee.mspId])];
  },
});
