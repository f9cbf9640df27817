/**
 * Records that name their own register: whoever writes one at home, and names its own book in it, is vouched for by nobody but
 * itself. No endorser honours that: nothing is bound, drawn, freed, attested or written over by it, in a register or a copy.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type BookKind, type BookRecord } from '@tenor/client';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import { Attackers, demand, refusalOf, write, type HandMade, type Refusal } from '../support/attack.js';
import { forgedFace, forgedSlice, forgedTerms } from '../support/attackForgery.js';
import { contentOf } from '../support/deal.js';
import type { TopologyName } from '@tenor/network';
import { leftOut, satisfy } from '../support/hosting.js';
import { LEI, type PartyName } from '../support/world.js';
import { FACE, openingOf, openingsOf, type Scene } from './attacksScene.js';
import { recordOf } from './dealBooks.js';
import { MORE } from './lifecycleParties.js';

const salt = 'ab'.repeat(32);
const EXPIRY = { secret: { expiresOn: '2026-12-15' } };

/** A forged record by its kind. */
type Forged = Partial<{ readonly [Kind in BookKind]: BookRecord<Kind> & { readonly id: string } }>;

/** One attack: what is written at home, the call that rests on it, whose peer is asked, and what that answers. */
interface Attack {
  readonly what: string;
  readonly by: PartyName;
  /** Who helps, by writing it at home in its place. */
  readonly with?: PartyName;
  /** Whose person calls, where it is not the attacker's own. */
  readonly caller?: PartyName;
  readonly of: PartyName;
  /** Who must live elsewhere: in its book the attacker finds the same key guarded. */
  readonly apart?: PartyName;
  readonly forge: (scene: Scene) => Promise<{ readonly records: Forged; readonly call: Omit<HandMade, 'openings'> }>;
  /** Genuine openings besides. */
  readonly genuine?: (scene: Scene) => Promise<Record<string, string>>;
  readonly refusal: (scene: Scene, records: Forged) => Refusal;
}

const mspOf = ({ world }: Scene, name: PartyName): string => world.people(name).mspId;
const noBank = (): Refusal => ({ code: 'PARTY_ROLE', data: { role: 'bank' } });

/** A draft of the issuer over one claim, which it may write at home as it likes. */
const draftOn = (claimId: string): BookRecord<'draft'> => ({
  ...{ schema: 'tenor.draft/1', id: newId(), maker: salt, salt, content: contentOf(FACE, claimId) },
});

/** The roots of a certificate that has the contractor's own book for both of its registers. */
function rootsAtHome(
  scene: Scene,
  id: string,
  face: Partial<BookRecord<'face'>>,
): Required<Pick<Forged, 'terms' | 'face'>> {
  const home = { bank: LEI.contractor, bankMsp: mspOf(scene, 'contractor'), issuerMsp: mspOf(scene, 'contractor') };
  const terms = forgedTerms(scene.world, { id, ...home });
  return { terms, face: { ...forgedFace(scene.world, terms, FACE), ...face } };
}

const confirmed = (id: string, lineId: string): BookRecord<'confirmation'> => ({
  ...{ schema: 'tenor.confirmation/1', id, outcome: 'CONFIRMED', by: 'BANK', lineId, salt },
});
const rejected = (id: string): BookRecord<'confirmation'> => ({
  ...{ schema: 'tenor.confirmation/1', id, outcome: 'REJECTED', by: 'BANK', salt },
});

/** An offer to the bank of a certificate whose roots the contractor wrote at home. */
function offerFromHome(scene: Scene, id: string): ReturnType<Attack['forge']> {
  const roots = rootsAtHome(scene, id, { payee: LEI.bank, payeeMsp: mspOf(scene, 'bank') });
  const call = { name: 'certificate:offer', request: { certificateId: id }, ...EXPIRY };
  return Promise.resolve({ records: { ...roots, confirmation: confirmed(id, scene.lineId) }, call });
}

/** A line or a claim as the bank has it, turned round: its register is the attacker's book, and its copy goes to the bank. */
async function turned<Kind extends 'line' | 'claim'>(
  scene: Scene,
  kind: Kind,
  id: string,
  by: PartyName,
  changes: Partial<BookRecord<Kind>>,
): Promise<BookRecord<Kind>> {
  const real = await recordOf(scene.world, 'bank', kind, id);
  return { ...real, bankMsp: mspOf(scene, by), issuerMsp: mspOf(scene, 'bank'), ...changes };
}

/** A ticket in the attacker's own book that says just this. */
function ticketFor(
  party: string,
  { name, request, secret }: Omit<HandMade, 'openings'>,
  id: string,
): BookRecord<'ticket'> {
  const payload = canonicalJson({ private: secret ?? {}, request });
  return {
    ...{ schema: 'tenor.ticket/1', id, party, command: name, payload, maker: salt, expiresOn: '2027-12-31', salt },
  };
}

const ATTACKS: readonly Attack[] = [
  {
    what: 'the issuer confirms for the bank by a line of its own making',
    ...{ by: 'issuer', of: 'bank' },
    forge: async (scene) => {
      const { lineId, free } = scene;
      const line = await turned(scene, 'line', lineId, 'issuer', { autoConfirm: true, limit: '900000000' });
      const draft = draftOn(free);
      const request = { certificateId: draft.id, lineId };
      return { records: { line, draft }, call: { name: 'certificate:submit', request } };
    },
    genuine: ({ world, free }) => openingsOf(world, 'bank', ['claim', free]),
    refusal: ({ lineId }) => ({ code: 'BATCH_MIXED', data: { lineId } }),
  },
  {
    what: 'the issuer backs a certificate with a document that it has used up',
    ...{ by: 'issuer', of: 'bank' },
    forge: async (scene) => {
      const claim = await turned(scene, 'claim', scene.claimId, 'issuer', { capacity: '900000000', allocations: [] });
      const draft = draftOn(scene.claimId);
      return { records: { claim, draft }, call: { name: 'certificate:submit', request: { certificateId: draft.id } } };
    },
    refusal: ({ claimId }) => ({ code: 'DOCUMENT_FOREIGN', data: { claimId } }),
  },
  {
    what: 'the bank draws the line of an issuer for a face that stands in its own book alone',
    ...{ by: 'bank', of: 'issuer' },
    forge: (scene) => {
      const face = { ...forgedFace(scene.world, forgedTerms(scene.world), FACE), issuerMsp: mspOf(scene, 'bank') };
      const request = { lineId: scene.lineId, certificateIds: [face.id], ticketId: newId() };
      const call = { name: 'certificate:confirm', request, secret: {} };
      return Promise.resolve({ records: { face, ticket: ticketFor(LEI.bank, call, request.ticketId) }, call });
    },
    genuine: ({ world, lineId }) => openingsOf(world, 'issuer', ['line', lineId]),
    refusal: ({ lineId }) => ({ code: 'BATCH_MIXED', data: { index: '0', lineId } }),
  },
  {
    what: "a stranger to a certificate writes an offer of it into the bank's register",
    ...{ by: 'contractor', of: 'bank', apart: 'issuer' },
    forge: (scene) => offerFromHome(scene, scene.pending),
    refusal: ({ pending }) => ({ code: 'ID_TAKEN', data: { kind: 'terms', id: pending } }),
  },
  {
    what: "a stranger to a certificate writes over its status in the bank's register by an offer of it",
    ...{ by: 'contractor', of: 'bank', apart: 'issuer' },
    forge: (scene) => offerFromHome(scene, scene.live),
    refusal: ({ live }) => ({ code: 'ID_TAKEN', data: { kind: 'status', id: live } }),
  },
  {
    what: 'a stranger offers a certificate that has no bank',
    ...{ by: 'contractor', of: 'bank' },
    forge: (scene) => offerFromHome(scene, newId()),
    refusal: noBank,
  },
  {
    what: "a stranger writes over the bank's line by unwinding a certificate of its own making",
    ...{ by: 'contractor', of: 'bank' },
    forge: async (scene) => {
      const { face } = rootsAtHome(scene, newId(), { claims: [] });
      const line = await turned(scene, 'line', scene.lineId, 'contractor', { utilised: FACE });
      const records = { face, line, confirmation: confirmed(face.id, line.id) };
      return { records, call: { name: 'certificate:unwind', request: { certificateId: face.id } } };
    },
    refusal: ({ lineId }) => ({ code: 'BATCH_MIXED', data: { lineId } }),
  },
  {
    what: 'a stranger frees a document that backs a living certificate',
    ...{ by: 'contractor', of: 'bank' },
    forge: async (scene) => {
      const { claimId } = scene;
      const { face } = rootsAtHome(scene, newId(), { claims: [{ claimId, amount: FACE }] });
      const claim = await turned(scene, 'claim', claimId, 'contractor', { allocations: [] });
      const records = { face, claim, confirmation: rejected(face.id) };
      return { records, call: { name: 'certificate:unwind', request: { certificateId: face.id } } };
    },
    refusal: ({ claimId }) => ({ code: 'DOCUMENT_FOREIGN', data: { claimId } }),
  },
  {
    what: "a stranger writes over the bank's line by settling a certificate of its own making",
    ...{ by: 'contractor', of: 'bank' },
    forge: async (scene) => {
      const { face } = rootsAtHome(scene, newId(), { claims: [] });
      const line = await turned(scene, 'line', scene.lineId, 'contractor', { utilised: FACE });
      const status: BookRecord<'status'> = { schema: 'tenor.status/1', id: face.id, state: 'ACTIVE', salt };
      const slice = forgedSlice(scene.world, face.id, FACE, { state: 'PAID' });
      const records = { face, line, status, slice, confirmation: confirmed(face.id, line.id) };
      const request = { certificateId: face.id, sliceIds: [slice.id] };
      return { records, call: { name: 'certificate:redeem', request } };
    },
    refusal: ({ lineId }) => ({ code: 'BATCH_MIXED', data: { lineId } }),
  },
  {
    what: "a stranger writes a slice into the bank's register by declining an offer that nobody made",
    ...{ by: 'contractor', of: 'bank' },
    forge: (scene) => {
      const { terms } = rootsAtHome(scene, newId(), {});
      const counterparty = { counterparty: LEI.contractor, counterpartyMsp: mspOf(scene, 'contractor') };
      const lock = { kind: 'TRANSFER' as const, id: newId(), ...counterparty, expiresOn: '2026-12-15' };
      const held = { id: scene.passed, holder: LEI.bank, holderMsp: mspOf(scene, 'bank'), lock };
      const slice = forgedSlice(scene.world, terms.id, '900000000', { ...held, state: 'OFFERED' });
      const request = { sliceId: slice.id, transferId: lock.id };
      return Promise.resolve({ records: { terms, slice }, call: { name: 'slice:decline', request } });
    },
    // The very key is registered: it is no copy that could be written over.
    refusal: ({ passed }) => ({ code: 'ID_TAKEN', data: { kind: 'slice', id: passed } }),
  },
  {
    what: 'a holder and one person at the bank, who declines an offer that nobody made, raise what the holder has',
    ...{ by: 'contractor', caller: 'bank', of: 'bank' },
    forge: (scene) => {
      const { terms } = rootsAtHome(scene, newId(), {});
      const counterparty = { counterparty: LEI.bank, counterpartyMsp: mspOf(scene, 'bank') };
      const lock = { kind: 'TRANSFER' as const, id: newId(), ...counterparty, expiresOn: '2026-12-15' };
      const held = { id: scene.passed, holder: LEI.contractor, holderMsp: mspOf(scene, 'contractor'), lock };
      const slice = forgedSlice(scene.world, terms.id, '900000000', { ...held, state: 'OFFERED' });
      const request = { sliceId: slice.id, transferId: lock.id };
      return Promise.resolve({ records: { terms, slice }, call: { name: 'slice:decline', request } });
    },
    refusal: ({ passed }) => ({ code: 'ID_TAKEN', data: { kind: 'slice', id: passed } }),
  },
  {
    what: "a stranger mints a slice in the bank's register by declining an offer that nobody made",
    ...{ by: 'contractor', of: 'bank' },
    forge: (scene) => {
      const { terms } = rootsAtHome(scene, newId(), {});
      const counterparty = { counterparty: LEI.contractor, counterpartyMsp: mspOf(scene, 'contractor') };
      const lock = { kind: 'TRANSFER' as const, id: newId(), ...counterparty, expiresOn: '2026-12-15' };
      const held = { holder: LEI.bank, holderMsp: mspOf(scene, 'bank'), lock };
      const slice = forgedSlice(scene.world, terms.id, '900000000', { ...held, state: 'OFFERED' });
      const request = { sliceId: slice.id, transferId: lock.id };
      return Promise.resolve({ records: { terms, slice }, call: { name: 'slice:decline', request } });
    },
    refusal: (_scene, { slice }) => ({ code: 'OPENING_MISMATCH', data: { kind: 'slice', id: slice?.id ?? '' } }),
  },
  {
    what: "a stranger attests a credit in the bank's register on a presentment of its own making",
    ...{ by: 'contractor', of: 'bank' },
    forge: (scene) => attestationAtHome(scene, 'contractor', LEI.contractor, LEI.bank, 'bank'),
    refusal: (_scene, { presentment }) => notPresented(presentment),
  },
  {
    what: "the bank attests in another payee's bank's register that it has paid",
    ...{ by: 'bank', of: 'operator' },
    forge: (scene) => attestationAtHome(scene, 'bank', LEI.bank, MORE.secondBank, 'operator'),
    refusal: (_scene, { presentment }) => notPresented(presentment),
  },
  {
    what: 'an issuer and another bank replace roots in the book of the issuer, which holders rely on',
    ...{ by: 'issuer', with: 'operator', of: 'bank' },
    forge: (scene) => {
      const bank = { bank: MORE.secondBank, bankMsp: mspOf(scene, 'operator') };
      const face = { ...forgedFace(scene.world, forgedTerms(scene.world), FACE), ...bank, id: scene.live };
      const call = {
        name: 'book:restore',
        request: { kind: 'face', id: face.id },
        secret: { record: JSON.stringify(face) },
      };
      return Promise.resolve({ records: { face }, call });
    },
    refusal: ({ live }) => ({ code: 'ID_TAKEN', data: { kind: 'face', id: live } }),
  },
];

const notPresented = (presentment: Forged['presentment']): Refusal => ({
  ...{ code: 'OPENING_MISMATCH', data: { kind: 'presentment', id: presentment?.id ?? '' } },
});

/** A presentment in which the attester is holder and payee's bank, and another is the payer's bank: its book takes the copy. */
function attestationAtHome(
  scene: Scene,
  by: PartyName,
  party: string,
  bank: string,
  bankHost: PartyName,
): ReturnType<Attack['forge']> {
  const [home, bankMsp] = [mspOf(scene, by), mspOf(scene, bankHost)];
  const money = { currency: 'USD', amount: FACE };
  const presentment: BookRecord<'presentment'> = {
    ...{ schema: 'tenor.presentment/1', id: newId(), holder: party, holderMsp: home, bank, bankMsp, ...money, salt },
    ...{ payeeBank: party, payeeBankMsp: home, account: 'A-1', sliceIds: [scene.kept] },
  };
  const request = { presentmentId: presentment.id, uetr: randomUUID(), ticketId: newId() };
  const secret = { ...money, account: 'A-1', valueDate: '2026-11-23', messageHash: salt };
  const call = { name: 'payment:attest', request, secret };
  return Promise.resolve({ records: { presentment, ticket: ticketFor(party, call, request.ticketId) }, call });
}

const CORRUPT: readonly (readonly PartyName[])[] = [['issuer'], ['bank'], ['contractor'], ['issuer', 'operator']];

/** Each attack, with the chaincode changed at its attacker alone. */
export function shouldNotTrustWhatNamesItself(scene: () => Scene, on: TopologyName): void {
  describe('by records that name their own register', () => {
    let attackers: Attackers | undefined;
    const current = (): Attackers => {
      if (attackers === undefined) throw new Error('nobody attacks');
      return attackers;
    };

    // Where issuer and operator are one organisation there is no second bank that could help, and no stranger to the issuer's books.
    const attacks = ATTACKS.filter(({ by, with: helper, apart }) =>
      [helper, apart].every((other) => other === undefined || !satisfy(on, [by], [[other]])),
    );
    for (const { what } of ATTACKS.filter((attack) => !attacks.includes(attack)))
      leftOut(`no endorser lets it happen that ${what}`, 'who helps, or who is a stranger, lives with the attacker');
    const sides = CORRUPT.filter(([by, helper]) =>
      attacks.some((attack) => attack.by === by && attack.with === helper),
    );
    describe.each<PartyName[]>(sides.map((side) => [...side]))('with the chaincode changed at the %s', (...corrupt) => {
      beforeAll(async () => {
        attackers = await Attackers.corrupt(scene().world, corrupt);
      });
      afterAll(async () => {
        await attackers?.surrender();
        attackers = undefined;
      });

      it.each(attacks.filter((attack) => attack.by === corrupt[0] && attack.with === corrupt[1]))(
        'no endorser lets it happen that $what',
        (attack) => expectDishonoured(scene(), attack, current()),
      );
    });
  });
}

async function expectDishonoured(scene: Scene, attack: Attack, attackers: Attackers): Promise<void> {
  const { world } = scene;
  const [caller, endorser] = [world.people(attack.caller ?? attack.by), world.people(attack.of)];
  const { records, call } = await attack.forge(scene);
  const forged = Object.entries(records) as [BookKind, BookRecord<BookKind> & { readonly id: string }][];
  const keys = forged.map(([kind, { id }]) => `${kind}/${id}`);
  const openings: Record<string, string> = { ...(await attack.genuine?.(scene)) };
  for (const each of forged) Object.assign(openings, openingOf(...each));
  // The one of two attackers whose own copies are guarded writes nothing at home; the other one does it for both.
  const home = world.people(attack.with ?? attack.by).mspId;
  const writes = forged.map(([kind, record]) => write(home, `${kind}/${record.id}`, record));
  const undo = await attackers.undo(home, keys, attack.with ?? attack.by);
  expect(await attackers.commit(writes, [attack.with ?? attack.by])).toBe('VALID'); // at home, nobody else's business
  const before = await attackers.hashes(endorser.mspId, keys);
  const refused = await refusalOf(demand(caller.checker, { ...call, openings }, [endorser.mspId]));
  expect(refused).toEqual(attack.refusal(scene, records));
  expect(await attackers.hashes(endorser.mspId, keys)).toEqual(before);
  expect(await attackers.commit(undo, [attack.with ?? attack.by])).toBe('VALID');
}
