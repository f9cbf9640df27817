/**
 * Records that name the attacker's own book as their register. Nobody but the attacker vouches for such a record, and no endorser may
 * rely on it. It cannot bind, draw, free, attest or overwrite anything, in a register or in a copy.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newReference, type BookKind, type BookRecord } from '@tenor/client';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { canonicalJson } from '../../chaincode/src/protocol/canonical.js';
import {
  Attackers,
  demand,
  refusalOf,
  write,
  type HandMade,
  type RawOperation,
  type Refusal,
} from '../support/attack.js';
import { forgedFace, forgedSlice, forgedTerms, underForged, type Under } from '../support/attackForgery.js';
import { ACCOUNT, contentOf } from '../support/deal.js';
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
  /** Whether both attackers write it at home, as those who vouch. */
  readonly both?: true;
  /** Who must live elsewhere: in its book the attacker finds the same key guarded. */
  readonly apart?: PartyName;
  readonly forge: (scene: Scene) => Promise<{ readonly records: Forged; readonly call: Omit<HandMade, 'openings'> }>;
  /** Genuine openings besides. */
  readonly genuine?: (scene: Scene) => Promise<Record<string, string>>;
  readonly refusal: (scene: Scene, records: Forged) => Refusal;
}

const mspOf = ({ world }: Scene, name: PartyName): string => world.people(name).mspId;
const noBank = (): Refusal => ({ code: 'PARTY_ROLE', data: { role: 'bank' } });

/** A draft of the issuer over one claim, which it may write at home as it likes. `register`: which book is to keep the certificate. */
const draftOn = (scene: Scene, claimId: string, register: PartyName = 'bank'): BookRecord<'draft'> => ({
  ...{ schema: 'tenor.draft/1', id: scene.world.newId(register, 'issuer'), maker: salt, salt },
  content: contentOf(FACE, claimId),
});

/** The roots of a certificate that has the contractor's own book for both of its registers. */
function rootsAtHome(
  scene: Scene,
  face: Partial<BookRecord<'face'>>,
  id = scene.world.newId('contractor'),
): Required<Pick<Forged, 'terms' | 'face'>> {
  const home = { bank: LEI.contractor, bankMsp: mspOf(scene, 'contractor'), issuerMsp: mspOf(scene, 'contractor') };
  const terms = forgedTerms(scene.world, { id, ...home });
  return { terms, face: { ...forgedFace(scene.world, terms, FACE), ...face } };
}

/** The roots of a certificate of the second bank and the issuer, who may make what they like between them. */
function rootsOfSecondBank(scene: Scene): Required<Pick<Forged, 'terms' | 'face'>> {
  const terms = forgedTerms(scene.world, { bank: MORE.secondBank, bankMsp: mspOf(scene, 'operator') });
  const payee = { payee: LEI.bank, payeeMsp: mspOf(scene, 'bank') };
  return { terms, face: { ...forgedFace(scene.world, terms, FACE), ...payee } };
}

const confirmed = (id: string, lineId: string): BookRecord<'confirmation'> => ({
  ...{ schema: 'tenor.confirmation/1', id, outcome: 'CONFIRMED', by: 'BANK', lineId, salt },
});
const rejected = (id: string): BookRecord<'confirmation'> => ({
  ...{ schema: 'tenor.confirmation/1', id, outcome: 'REJECTED', by: 'BANK', salt },
});

/** An offer to the bank of a certificate whose roots the contractor wrote at home. */
function offerFromHome(scene: Scene, id?: string): ReturnType<Attack['forge']> {
  const roots = rootsAtHome(scene, { payee: LEI.bank, payeeMsp: mspOf(scene, 'bank') }, id);
  const call = { name: 'certificate:offer', request: { certificateId: roots.face.id }, ...EXPIRY };
  return Promise.resolve({ records: { ...roots, confirmation: confirmed(roots.face.id, scene.lineId) }, call });
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
  expiresOn: string,
  party: string,
  { name, request, secret }: Omit<HandMade, 'openings'>,
  id: string,
): BookRecord<'ticket'> {
  const payload = canonicalJson({ private: secret ?? {}, request });
  return {
    ...{ schema: 'tenor.ticket/1', id, party, command: name, payload, maker: salt, expiresOn, salt },
  };
}

/** A slice on offer to one party by another, who both know nothing of it. */
function onOffer(
  scene: Scene,
  id: string,
  terms: Under,
  holder: PartyName,
  to: PartyName,
): { readonly slice: BookRecord<'slice'>; readonly call: Omit<HandMade, 'openings'> } {
  const counterparty = { counterparty: LEI[to], counterpartyMsp: mspOf(scene, to) };
  const lock = { kind: 'TRANSFER' as const, id: newReference(), ...counterparty, expiresOn: '2026-12-15' };
  const held = { id, holder: LEI[holder], holderMsp: mspOf(scene, holder), state: 'OFFERED' as const, lock };
  const slice = forgedSlice(scene.world, terms, '900000000', held);
  return { slice, call: { name: 'slice:decline', request: { sliceId: id, transferId: lock.id } } };
}

const mismatch = (kind: BookKind, id: string | undefined, index?: string): Refusal => ({
  ...{ code: 'OPENING_MISMATCH', data: { kind, id: id ?? '', ...(index === undefined ? {} : { index }) } },
});
const sameHouse =
  (name: PartyName, index?: string) =>
  (scene: Scene): Refusal => ({
    code: 'SAME_ORGANIZATION',
    data: { mspId: mspOf(scene, name), ...(index === undefined ? {} : { index }) },
  });

const ATTACKS: readonly Attack[] = [
  {
    what: 'the issuer confirms for the bank by a line of its own making, under the id of the real one',
    ...{ by: 'issuer', of: 'bank' },
    forge: async (scene) => {
      const { lineId, free } = scene;
      const line = await turned(scene, 'line', lineId, 'issuer', { autoConfirm: true, limit: '900000000' });
      const draft = draftOn(scene, free);
      const request = { certificateId: draft.id, lineId };
      return { records: { line, draft }, call: { name: 'certificate:submit', request } };
    },
    genuine: ({ world, free }) => openingsOf(world, 'bank', ['claim', free]),
    refusal: ({ lineId }) => mismatch('line', lineId),
  },
  {
    what: 'the issuer confirms for the bank by a line of its own making, in its own register',
    ...{ by: 'issuer', of: 'bank' },
    forge: async (scene) => {
      const id = scene.world.newId('issuer');
      const line = await turned(scene, 'line', scene.lineId, 'issuer', { id, autoConfirm: true, limit: '900000000' });
      const draft = draftOn(scene, scene.free);
      const request = { certificateId: draft.id, lineId: id };
      return { records: { line, draft }, call: { name: 'certificate:submit', request } };
    },
    genuine: ({ world, free }) => openingsOf(world, 'bank', ['claim', free]),
    refusal: noBank,
  },
  {
    what: 'the issuer backs a certificate with a document that it has used up',
    ...{ by: 'issuer', of: 'bank' },
    forge: async (scene) => {
      const claim = await turned(scene, 'claim', scene.claimId, 'issuer', { capacity: '900000000', allocations: [] });
      const draft = draftOn(scene, scene.claimId);
      return { records: { claim, draft }, call: { name: 'certificate:submit', request: { certificateId: draft.id } } };
    },
    refusal: ({ claimId }) => mismatch('claim', claimId),
  },
  {
    what: 'the issuer backs a certificate with a document that it has used up, and keeps both itself',
    ...{ by: 'issuer', of: 'bank' },
    forge: async (scene) => {
      const claim = await turned(scene, 'claim', scene.claimId, 'issuer', { capacity: '900000000', allocations: [] });
      const draft = draftOn(scene, scene.claimId, 'issuer');
      return { records: { claim, draft }, call: { name: 'certificate:submit', request: { certificateId: draft.id } } };
    },
    refusal: noBank,
  },
  {
    what: 'the bank draws the line of an issuer for a face that stands in its own book alone',
    ...{ by: 'bank', of: 'issuer' },
    forge: (scene) => {
      const { id } = forgedTerms(scene.world);
      return confirmationOf(scene, id);
    },
    genuine: ({ world, lineId }) => openingsOf(world, 'issuer', ['line', lineId]),
    refusal: (_scene, { face }) => mismatch('face', face?.id, '0'),
  },
  {
    what: 'the bank draws the line of an issuer for a face that names the bank as both who vouch',
    ...{ by: 'bank', of: 'issuer' },
    forge: (scene) => confirmationOf(scene, scene.world.newId('bank')),
    genuine: ({ world, lineId }) => openingsOf(world, 'issuer', ['line', lineId]),
    refusal: sameHouse('bank', '0'),
  },
  {
    what: "a stranger to a certificate writes an offer of it into the bank's register",
    ...{ by: 'contractor', of: 'bank', apart: 'issuer' },
    forge: (scene) => offerFromHome(scene, scene.pending),
    refusal: ({ pending }) => mismatch('terms', pending),
  },
  {
    what: "a stranger to a certificate writes over its status in the bank's register by an offer of it",
    ...{ by: 'contractor', of: 'bank', apart: 'issuer' },
    forge: (scene) => offerFromHome(scene, scene.live),
    refusal: ({ live }) => mismatch('terms', live),
  },
  {
    what: 'a stranger offers a certificate that has no bank',
    ...{ by: 'contractor', of: 'bank' },
    forge: (scene) => offerFromHome(scene),
    refusal: sameHouse('contractor'),
  },
  {
    what: 'an issuer and another bank plant a face of the real bank beside terms of their own',
    ...{ by: 'issuer', with: 'operator', of: 'bank' },
    forge: (scene) => {
      const { terms, face } = rootsOfSecondBank(scene);
      const foreign = { ...face, bank: LEI.bank, bankMsp: mspOf(scene, 'bank') };
      const records = { terms, face: foreign, confirmation: confirmed(face.id, scene.lineId) };
      const call = { name: 'certificate:offer', request: { certificateId: face.id }, ...EXPIRY };
      return Promise.resolve({ records, call });
    },
    caller: 'operator',
    both: true,
    refusal: (_scene, { face }) => mismatch('face', face?.id),
  },
  {
    what: 'a face of the real bank, planted beside foreign terms, gives its line back',
    ...{ by: 'issuer', with: 'operator', of: 'bank', caller: 'bank' },
    forge: (scene) => {
      const { face } = rootsOfSecondBank(scene);
      const foreign = { ...face, bank: LEI.bank, bankMsp: mspOf(scene, 'bank') };
      const records = { face: foreign, confirmation: confirmed(face.id, scene.lineId) };
      return Promise.resolve({ records, call: { name: 'certificate:unwind', request: { certificateId: face.id } } });
    },
    genuine: ({ world, lineId }) => openingsOf(world, 'bank', ['line', lineId]),
    refusal: (_scene, { face }) => mismatch('face', face?.id),
  },
  {
    what: "another bank writes over the bank's line by unwinding a certificate of its own making",
    ...{ by: 'issuer', with: 'operator', of: 'bank', caller: 'operator' },
    forge: async (scene) => {
      const { face } = rootsOfSecondBank(scene);
      const named = { bank: MORE.secondBank, issuer: LEI.issuer, issuerMsp: mspOf(scene, 'issuer') };
      const line = await turned(scene, 'line', scene.lineId, 'operator', { ...named, utilised: FACE });
      const records = { face, line, confirmation: confirmed(face.id, line.id) };
      return { records, call: { name: 'certificate:unwind', request: { certificateId: face.id } } };
    },
    // Nobody asks whether the attackers' own books agree: what is missing in them is named before.
    both: true,
    refusal: ({ lineId }) => mismatch('line', lineId),
  },
  {
    what: "another bank marks a slice of this bank's register as counted",
    ...{ by: 'issuer', with: 'operator', of: 'bank', caller: 'operator' },
    forge: (scene) => {
      const { face, terms } = rootsOfSecondBank(scene);
      const { id } = face;
      const payeeMsp = mspOf(scene, 'bank');
      const status: BookRecord<'status'> = { schema: 'tenor.status/1', id, state: 'ACTIVE', payeeMsp, salt };
      const slice = forgedSlice(scene.world, underForged(terms), FACE, { id: scene.kept, state: 'PAID' });
      const records = { face, status, slice, confirmation: confirmed(id, scene.lineId) };
      const request = { certificateId: id, sliceIds: [slice.id] };
      return Promise.resolve({ records, call: { name: 'certificate:redeem', request } });
    },
    genuine: ({ world, lineId }) => openingsOf(world, 'bank', ['line', lineId]),
    both: true,
    refusal: ({ kept }) => mismatch('slice', kept, '0'),
  },
  {
    what: "a stranger writes over the bank's line by unwinding a certificate of its own making",
    ...{ by: 'contractor', of: 'bank' },
    forge: async (scene) => {
      const { face } = rootsAtHome(scene, { claims: [] });
      const line = await turned(scene, 'line', scene.lineId, 'contractor', { utilised: FACE });
      const records = { face, line, confirmation: confirmed(face.id, line.id) };
      return { records, call: { name: 'certificate:unwind', request: { certificateId: face.id } } };
    },
    refusal: ({ lineId }) => mismatch('line', lineId),
  },
  {
    what: 'a stranger frees a document that backs a living certificate',
    ...{ by: 'contractor', of: 'bank' },
    forge: async (scene) => {
      const { claimId } = scene;
      const { face } = rootsAtHome(scene, { claims: [{ claimId, amount: FACE }] });
      const claim = await turned(scene, 'claim', claimId, 'contractor', { allocations: [] });
      const records = { face, claim, confirmation: rejected(face.id) };
      return { records, call: { name: 'certificate:unwind', request: { certificateId: face.id } } };
    },
    refusal: sameHouse('contractor'),
  },
  {
    what: "a stranger writes over the bank's line by settling a certificate of its own making",
    ...{ by: 'contractor', of: 'bank' },
    forge: async (scene) => {
      const { face, terms } = rootsAtHome(scene, { claims: [] });
      const { id, payeeMsp } = face;
      const line = await turned(scene, 'line', scene.lineId, 'contractor', { utilised: FACE });
      const status: BookRecord<'status'> = { schema: 'tenor.status/1', id, state: 'ACTIVE', payeeMsp, salt };
      const slice = forgedSlice(scene.world, underForged(terms), FACE, {
        id: scene.world.newId('contractor'),
        state: 'PAID',
      });
      const records = { face, line, status, slice, confirmation: confirmed(id, line.id) };
      const request = { certificateId: id, sliceIds: [slice.id] };
      return { records, call: { name: 'certificate:redeem', request } };
    },
    refusal: ({ lineId }) => mismatch('line', lineId),
  },
  {
    what: "a stranger writes a slice into the bank's register by declining an offer that nobody made",
    ...{ by: 'contractor', of: 'bank' },
    forge: (scene) => {
      const { terms } = rootsAtHome(scene, {});
      const { slice, call } = onOffer(scene, scene.passed, underForged(terms), 'bank', 'contractor');
      return Promise.resolve({ records: { terms, slice }, call });
    },
    refusal: ({ passed }) => mismatch('slice', passed),
  },
  {
    what: 'a holder and one person at the bank, who declines an offer that nobody made, raise what the holder has',
    ...{ by: 'contractor', caller: 'bank', of: 'bank' },
    forge: (scene) => {
      const { terms } = rootsAtHome(scene, {});
      const { slice, call } = onOffer(scene, scene.passed, underForged(terms), 'contractor', 'bank');
      return Promise.resolve({ records: { terms, slice }, call });
    },
    refusal: ({ passed }) => mismatch('slice', passed),
  },
  {
    what: "a stranger mints a slice in the bank's register by declining an offer that nobody made",
    ...{ by: 'contractor', of: 'bank' },
    forge: (scene) => {
      const { terms } = rootsAtHome(scene, {});
      const id = scene.world.newId('bank', 'contractor');
      const { slice, call } = onOffer(scene, id, underForged(terms), 'bank', 'contractor');
      return Promise.resolve({ records: { terms, slice }, call });
    },
    refusal: (_scene, { slice }) => mismatch('slice', slice?.id),
  },
  {
    what: 'a stranger mints a slice of a real certificate in a register of its own',
    ...{ by: 'contractor', of: 'bank' },
    forge: (scene) => {
      const { slice, call } = onOffer(scene, scene.world.newId('contractor'), scene.terms, 'bank', 'contractor');
      return Promise.resolve({ records: { slice }, call });
    },
    genuine: ({ world, live }) => openingsOf(world, 'bank', ['terms', live]),
    refusal: (_scene, { slice }) => mismatch('slice', slice?.id),
  },
  {
    what: "a stranger attests a credit in the bank's register on a presentment of its own making",
    ...{ by: 'contractor', of: 'bank' },
    forge: (scene) => attestationAtHome(scene, 'contractor', LEI.contractor, LEI.bank, 'bank'),
    refusal: noBank,
  },
  {
    what: "the bank attests in another payee's bank's register that it has paid",
    ...{ by: 'bank', of: 'operator' },
    forge: (scene) => attestationAtHome(scene, 'bank', LEI.bank, MORE.secondBank, 'operator'),
    // It is the bank's own word in the bank's own book, of which the other takes a copy. Its own shelf takes nothing.
    refusal: () => ({
      ...{ code: 'ENDORSEMENT_POLICY_FAILURE', data: { validation: 'ENDORSEMENT_POLICY_FAILURE' } },
    }),
  },
  {
    what: 'an issuer and another bank replace roots in the book of the issuer, which holders rely on',
    ...{ by: 'issuer', with: 'operator', of: 'bank' },
    forge: (scene) => restoredFace(scene, 'bank'),
    refusal: ({ live }) => mismatch('face', live),
  },
  {
    what: 'an issuer and another bank replace roots that they keep between them, under the id of others',
    ...{ by: 'issuer', with: 'operator', of: 'bank' },
    forge: (scene) => restoredFace(scene, 'operator'),
    refusal: ({ live }) => mismatch('face', live),
  },
];

/** A face of the second bank under the id of a living certificate, to be restored from the register of one of the two. */
function restoredFace(scene: Scene, register: PartyName): ReturnType<Attack['forge']> {
  const face = { ...rootsOfSecondBank(scene).face, id: scene.live };
  const request = { kind: 'face', id: face.id, register: mspOf(scene, register) };
  const call = { name: 'book:restore', request, secret: { record: JSON.stringify(face) } };
  return Promise.resolve({ records: { face }, call });
}

/** A confirmation by the bank, with a ticket of its own, of a face that names the bank as both who vouch. */
function confirmationOf(scene: Scene, id: string): ReturnType<Attack['forge']> {
  const face = { ...forgedFace(scene.world, forgedTerms(scene.world), FACE), id, issuerMsp: mspOf(scene, 'bank') };
  const request = { lineId: scene.lineId, certificateIds: [face.id], ticketId: scene.world.newId('bank') };
  const call = { name: 'certificate:confirm', request, secret: {} };
  return Promise.resolve({
    records: { face, ticket: ticketFor(scene.world.date, LEI.bank, call, request.ticketId) },
    call,
  });
}

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
    ...{
      schema: 'tenor.presentment/1',
      id: scene.world.newId(by),
      holder: party,
      holderMsp: home,
      bank,
      bankMsp,
      ...money,
      salt,
    },
    ...{
      payeeBank: party,
      payeeBankMsp: home,
      account: ACCOUNT,
      presentedOn: scene.world.date,
      sliceIds: [scene.kept],
      state: 'OPEN',
    },
  };
  const request = { presentmentId: presentment.id, uetr: randomUUID(), ticketId: scene.world.newId(by) };
  const secret = {
    ...money,
    account: ACCOUNT,
    valueDate: scene.world.date,
    creditReference: 'ENTRY-1',
    messageHash: salt,
  };
  const call = { name: 'payment:attest', request, secret };
  return Promise.resolve({
    records: { presentment, ticket: ticketFor(scene.world.date, party, call, request.ticketId) },
    call,
  });
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
  const keys = forged.map(([kind, { id }]) => ownKey(kind, id));
  const openings: Record<string, string> = { ...(await attack.genuine?.(scene)) };
  for (const each of forged) Object.assign(openings, openingOf(...each));
  // The one of two attackers whose own roots are guarded writes nothing at home; the other one does it for both.
  const writers = [...(attack.both === true ? [attack.by] : []), attack.with ?? attack.by];
  const undo = new Map<PartyName, RawOperation[]>();
  for (const writer of writers) {
    const { mspId } = world.people(writer);
    undo.set(writer, await attackers.undo(mspId, keys, writer));
    const writes = forged.map(([kind, record]) => write(mspId, ownKey(kind, record.id), record));
    expect(await attackers.commit(writes, [writer])).toBe('VALID'); // at home, nobody else's business
  }
  const before = await attackers.hashes(endorser.mspId, keys);
  const refused = await refusalOf(demand(caller.checker, { ...call, openings }, [endorser.mspId]));
  expect(refused).toEqual(attack.refusal(scene, records));
  expect(await attackers.hashes(endorser.mspId, keys)).toEqual(before);
  for (const [writer, operations] of undo) expect(await attackers.commit(operations, [writer])).toBe('VALID');
}
