/** `slice:allocate` */
import { assertBatchTerm } from '../../domain/batches.js';
import { copy, put, unsalted, type Unsalted } from '../../domain/decision.js';
import { assertBeforeDue, assertOfferExpiry, assertSlice } from '../../domain/lifecycle.js';
import { assertRole, type Party } from '../../domain/parties.js';
import type { HeldSlice } from '../../domain/vouched.js';
import { partyOf } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Leg, Slice } from '../../protocol/records/index.js';
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
    const what = secret.what ?? 'SLICE';
    if (what === 'SLICE') assertPassable(held, receiver, expiresOn, today);
    else assertPayable(held, receiver, expiresOn, today);
    assertRecourse(secret.recourse, what, slice);
    const { id: sliceId, currency, amount, holder: sender, holderMsp: senderMsp } = slice;
    const leg: Omit<Unsalted<'leg'>, 'schema' | 'id' | 'batchId' | 'legIds' | 'instructedOn'> = {
      ...{ what, sender, senderMsp, receiver: receiver.id, receiverMsp: receiver.mspId },
      ...{ currency, amount, expiresOn, sliceId },
      ...(secret.nets === undefined ? {} : { nets: secret.nets }),
      ...(secret.recourse === undefined ? {} : { recourse: secret.recourse }),
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

/** A slice passes to another holder as by an offer. @throws TenorError DUE_REACHED, PARTY_ROLE, SELF_TRANSFER, TIER_EXCEEDED, OFFER_EXPIRY */
function assertPassable({ slice, certificate }: HeldSlice, receiver: Party, expiresOn: string, today: string): void {
  const terms = certificate.terms.record;
  assertBeforeDue(terms, today);
  assertRole(receiver, 'supplier', 'bank');
  if (receiver.id === slice.record.holder) throw new TenorError('SELF_TRANSFER');
  if (slice.record.tier >= terms.maxTier) throw new TenorError('TIER_EXCEEDED');
  assertOfferExpiry(expiresOn, terms, today);
}

/** It goes back to who owes it, before it is due or after. A suspended issuer may always pay. @throws TenorError PARTY_ROLE, OFFER_EXPIRY */
function assertPayable({ certificate }: HeldSlice, receiver: Party, expiresOn: string, today: string): void {
  if (receiver.id !== certificate.issuer.id) throw new TenorError('PARTY_ROLE', { role: 'issuer' });
  assertBatchTerm(expiresOn, today);
}

/** Nobody answers for a slice that is closed. @throws TenorError LEG_KIND, LIABLE_EXCEEDED */
function assertRecourse(recourse: true | undefined, what: Leg['what'], { liable = [] }: Slice): void {
  if (recourse === undefined) return;
  if (what === 'SURRENDER') throw new TenorError('LEG_KIND', { what });
  if (liable.length >= LIMITS.liable) throw new TenorError('LIABLE_EXCEEDED');
}
