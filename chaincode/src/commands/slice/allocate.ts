/** `slice:allocate` */
import { copy, put, unsalted, type Unsalted } from '../../domain/decision.js';
import { assertBeforeDue, assertOfferExpiry, assertSlice } from '../../domain/lifecycle.js';
import { assertRole } from '../../domain/parties.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { drawLeg, instructed } from '../instruct.js';
import { implement } from '../implement.js';
import { openSlice } from '../loaders.js';

export const allocate = implement(commands.slice.allocate, {
  load: async (tx, { request, secret }) => {
    drawLeg(tx, request, registerOf(request.sliceId));
    return { held: await openSlice(tx, request.sliceId), receiver: partyOf(secret.receiver) };
  },
  enters: ({ receiver }) => [receiver.mspId],
  actor: ({ held: { holder, slice } }) => ({ party: holder, mspId: slice.record.holderMsp }),
  decide: ({ request, secret, seed }, { held, receiver, today }) => {
    const { terms } = held.certificate;
    const slice = held.slice.record;
    const { legId, legIds } = request;
    const { inReturn, expiresOn } = secret;
    if (inReturn === legId || !legIds.includes(inReturn)) throw new TenorError('LEG_FOREIGN');
    assertSlice('allocate', slice, today);
    assertBeforeDue(terms.record, today);
    assertRole(receiver, 'supplier', 'bank');
    if (receiver.id === slice.holder) throw new TenorError('SELF_TRANSFER');
    if (slice.tier >= terms.record.maxTier) throw new TenorError('TIER_EXCEEDED');
    assertOfferExpiry(expiresOn, terms.record, today);
    const { id: sliceId, currency, amount, holder: sender, holderMsp: senderMsp } = slice;
    const leg: Omit<Unsalted<'leg'>, 'schema' | 'id' | 'batchId' | 'legIds' | 'instructedOn'> = {
      ...{ what: 'SLICE', sender, senderMsp, receiver: receiver.id, receiverMsp: receiver.mspId },
      ...{ currency, amount, expiresOn, sliceId },
    };
    const prover = registerOf(inReturn);
    const sides = [terms.record.bankMsp, senderMsp, receiver.mspId];
    const lock = {
      ...{ kind: 'SETTLEMENT' as const, id: legId, counterpartyMsp: receiver.mspId },
      ...(sides.includes(prover) ? {} : { proverMsp: prover }),
    };
    return [
      ...instructed(request, leg, seed, today),
      put('slice', sliceId, { ...unsalted(slice), state: 'ALLOCATED', lock }, [senderMsp, receiver.mspId]),
      copy(terms, [receiver.mspId]),
    ];
  },
});
