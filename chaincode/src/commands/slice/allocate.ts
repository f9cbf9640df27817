/** `slice:allocate` */
import { assertBatchTerm } from '../../domain/batches.js';
import { copy, put, unsalted } from '../../domain/decision.js';
import { assertRecourse } from '../../domain/legs.js';
import { assertBeforeDue, assertOfferExpiry, assertPassable, assertSlice } from '../../domain/lifecycle.js';
import { assertRole, type Party } from '../../domain/parties.js';
import { proverOf } from '../../domain/standIns.js';
import type { HeldSlice } from '../../domain/vouched.js';
import { partyOf } from '../../ledger/pending.js';
import { commands, type PrivateOf } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import type { SheetRow } from '../../protocol/records/index.js';
import { batchIdOf, expectAllocated } from '../batchLoaders.js';
import { drawLeg, instructed } from '../instruct.js';
import { implement } from '../implement.js';
import { openSlice } from '../loaders.js';

export const allocate = implement(commands.slice.allocate, {
  load: async (tx, { request, secret }) => {
    const { sliceId } = request;
    drawLeg(tx, request, registerOf(sliceId));
    // Its register vouches for the row, and the holder knows it from its own copy of the leg. The leg itself would show the slice's bank the price.
    if (secret.counterValue !== undefined) expectAllocated(tx, [secret.counterValue]);
    const held = await openSlice(tx, sliceId);
    const { lock } = (await tx.open('slice', sliceId)).record;
    const pledge = lock?.kind === 'PLEDGE' && secret.what === 'UNPLEDGE' ? lock : undefined;
    const giver = pledge === undefined ? held.map(({ holder }) => holder) : partyOf(pledge.counterparty);
    return { held, pledge, giver, receiver: partyOf(secret.receiver) };
  },
  enters: ({ receiver }) => [receiver.mspId],
  actor: ({ held: { slice }, pledge, giver }) => ({
    party: giver,
    mspId: pledge?.counterpartyMsp ?? slice.record.holderMsp,
  }),
  decide: ({ request, secret, seed }, { held, pledge, giver, receiver, today }) => {
    const slice = held.slice.record;
    const { legId, legIds } = request;
    const { inReturn, what = 'SLICE', receiver: _named, counterValue, ...said } = secret;
    if (inReturn === legId || !legIds.includes(inReturn)) throw new TenorError('LEG_FOREIGN');
    assertSlice(what === 'UNPLEDGE' ? 'unpledge' : 'allocate', slice, today);
    MAY_PASS[what](held, receiver, secret, today);
    assertRecourse(secret.recourse, what, slice);
    assertPaysHolder(counterValue, { id: inReturn, batchId: batchIdOf(legIds), receiverMsp: giver.mspId });
    const { id: sliceId, currency, amount } = slice;
    const parties = { sender: giver.id, senderMsp: giver.mspId, receiver: receiver.id, receiverMsp: receiver.mspId };
    const sides = [registerOf(sliceId), giver.mspId, receiver.mspId];
    const { kind: _kind, ...pledged } = pledge ?? { kind: undefined };
    const lock = {
      ...{ kind: 'SETTLEMENT' as const, id: legId, counterpartyMsp: receiver.mspId },
      ...proverOf(counterValue ?? { id: inReturn }, sides, legIds),
      ...('id' in pledged ? { pledge: pledged } : {}),
    };
    return [
      ...instructed(request, { what, ...parties, currency, amount, ...said, sliceId }, seed, today),
      put('slice', sliceId, { ...unsalted(slice), state: 'ALLOCATED', lock }, [giver.mspId, receiver.mspId]),
      copy(held.certificate.terms, [receiver.mspId]),
    ];
  },
});

type Said = PrivateOf<'slice:allocate'>;
type Rule = (held: HeldSlice, receiver: Party, said: Said, today: string) => void;

/** Where each kind of leg may take a slice. */
const MAY_PASS: { readonly [What in NonNullable<Said['what']>]: Rule } = {
  SLICE: assertPassable,
  SURRENDER: assertPayable,
  PLEDGE: assertPledgeable,
  UNPLEDGE: assertRedeemable,
};

/** It goes back to who owes it, before it is due or after. A suspended issuer may always pay. @throws TenorError PARTY_ROLE, OFFER_EXPIRY */
function assertPayable({ certificate }: HeldSlice, receiver: Party, { expiresOn }: Said, today: string): void {
  if (receiver.id !== certificate.issuer.id) throw new TenorError('PARTY_ROLE', { role: 'issuer' });
  assertBatchTerm(expiresOn, today);
}

/** It secures a loan that is to be repaid before the slice is due. @throws TenorError DUE_REACHED, PARTY_ROLE, SELF_TRANSFER, OFFER_EXPIRY, PLEDGE_TERM */
function assertPledgeable({ slice, certificate }: HeldSlice, receiver: Party, said: Said, today: string): void {
  const terms = certificate.terms.record;
  assertBeforeDue(terms, today);
  assertRole(receiver, 'bank');
  if (receiver.id === slice.record.holder) throw new TenorError('SELF_TRANSFER');
  assertOfferExpiry(said.expiresOn, terms, today);
  const { pledgedUntil = '' } = said;
  if (pledgedUntil < said.expiresOn || pledgedUntil >= terms.paymentDate) throw new TenorError('PLEDGE_TERM');
}

/** The pledgee gives it back to the holder. @throws TenorError PARTY_ROLE, OFFER_EXPIRY */
function assertRedeemable({ slice }: HeldSlice, receiver: Party, { expiresOn }: Said, today: string): void {
  if (receiver.id !== slice.record.holder) throw new TenorError('PARTY_ROLE', { role: 'holder' });
  assertBatchTerm(expiresOn, today);
}

/** The row is that of the money which the batch pays to the holder for the slice. @throws TenorError LEG_FOREIGN */
function assertPaysHolder(
  row: SheetRow | undefined,
  { id, batchId, receiverMsp }: Pick<SheetRow, 'id' | 'batchId' | 'receiverMsp'>,
): void {
  if (row === undefined) return;
  const isMeant = row.id === id && row.batchId === batchId && row.what === 'CREDIT' && row.receiverMsp === receiverMsp;
  if (!isMeant) throw new TenorError('LEG_FOREIGN');
}
