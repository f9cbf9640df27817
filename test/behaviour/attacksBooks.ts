/** Every write that changed chaincode can try on records that others rely on. None is ever valid, whoever colludes. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FOUNDING_ID, ownKey, shownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, erase, publish, write } from '../support/attack.js';
import { forgedSlice, forgedTerms } from '../support/attackForgery.js';
import type { TopologyName } from '@tenor/network';
import { areMajority, leftOut, satisfy } from '../support/hosting.js';
import type { PartyName } from '../support/world.js';
import { onKey, type Attack } from './attacksKeys.js';
import type { Scene } from './attacksScene.js';

const ALL: readonly PartyName[] = ['issuer', 'bank', 'supplier', 'contractor', 'operator'];
const REFUSED = 'ENDORSEMENT_POLICY_FAILURE';

/** Everybody but one. */
const allBut = (spared: PartyName): PartyName[] => ALL.filter((name) => name !== spared);

/** A victim's loss that the named organisations try together. */
interface Attempt {
  readonly who: readonly PartyName[];
  readonly at: string;
  /** Who may write there together, whatever else is said: each set is enough. */
  readonly theirs: readonly (readonly PartyName[])[];
  readonly attacks: (scene: Scene) => { readonly mspId: string; readonly attacks: readonly Attack[] };
}

const mspIdOf = ({ world }: Scene, name: PartyName): string => world.people(name).mspId;

/** The register: everything in the bank's book, whether a key policy guards it or the book alone. */
function register(scene: Scene, gain: PartyName): { mspId: string; attacks: Attack[] } {
  const { world, live, lineId, claimId, kept } = scene;
  const bank = mspIdOf(scene, 'bank');
  const overwrite = (key: string): Attack => ({
    what: `overwrite ${key}`,
    operations: [write(bank, key, { forged: true })],
  });
  const minted = forgedSlice(world, scene.terms, '1');
  const terms = forgedTerms(world);
  return {
    mspId: bank,
    attacks: [
      { what: 'mint a slice', operations: [write(bank, ownKey('slice', minted.id), minted)] },
      { what: 'mint terms', operations: [write(bank, ownKey('terms', terms.id), terms)] },
      {
        what: 'write its own book along with it',
        operations: [
          write(mspIdOf(scene, gain), ownKey('slice', minted.id), minted),
          write(bank, ownKey('slice', minted.id), minted),
        ],
      },
      ...[
        ...(['terms', 'face', 'confirmation', 'status'] as const).map((kind) => ownKey(kind, live)),
        ownKey('line', lineId),
        ownKey('claim', claimId),
      ].map(overwrite),
      { what: 'delete the claim', operations: [erase(bank, ownKey('claim', claimId))] },
      ...onKey(bank, ownKey('slice', kept), mspIdOf(scene, gain)),
    ],
  };
}

const roots = (scene: Scene, owner: PartyName, gain: PartyName): { mspId: string; attacks: Attack[] } => ({
  mspId: mspIdOf(scene, owner),
  attacks: (['terms', 'face', 'confirmation'] as const).flatMap((kind) =>
    onKey(mspIdOf(scene, owner), ownKey(kind, scene.live), mspIdOf(scene, gain)),
  ),
});

const ended = (scene: Scene, owner: PartyName): { mspId: string; attacks: Attack[] } => ({
  mspId: mspIdOf(scene, owner),
  attacks: [
    ...onKey(mspIdOf(scene, owner), ownKey('status', scene.unwound), mspIdOf(scene, owner)),
    ...onKey(mspIdOf(scene, owner), ownKey('status', scene.rejected), mspIdOf(scene, owner)),
    ...onKey(mspIdOf(scene, owner), ownKey('confirmation', scene.rejected), mspIdOf(scene, owner)),
  ],
});

const accepted = (scene: Scene): { mspId: string; attacks: Attack[] } => ({
  mspId: mspIdOf(scene, 'bank'),
  attacks: onKey(mspIdOf(scene, 'bank'), ownKey('status', scene.live), mspIdOf(scene, 'bank')),
});

const slice = (scene: Scene, id: string, gain: PartyName): { mspId: string; attacks: Attack[] } => ({
  mspId: mspIdOf(scene, 'bank'),
  attacks: onKey(mspIdOf(scene, 'bank'), ownKey('slice', id), mspIdOf(scene, gain)),
});

const book = (scene: Scene, victim: PartyName): { mspId: string; attacks: Attack[] } => {
  const mspId = mspIdOf(scene, victim);
  const terms = forgedTerms(scene.world);
  return {
    mspId,
    attacks: [
      { what: 'put terms on its shelf', operations: [write(mspId, ownKey('terms', terms.id), terms)] },
      {
        what: 'put terms among its copies',
        operations: [write(mspId, shownKey(terms.bankMsp, 'terms', terms.id), terms)],
      },
      {
        what: 'adopt another founding for it',
        operations: [write(mspId, ownKey('founding', FOUNDING_ID), { schema: 'tenor.founding/1', founders: [mspId] })],
      },
      { what: 'delete its founding', operations: [erase(mspId, ownKey('founding', FOUNDING_ID))] },
    ],
  };
};

const ATTEMPTS: readonly Attempt[] = [
  // the bank keeps the register
  ...allBut('bank').map((name): Attempt => ({
    who: [name],
    at: "the bank's register",
    theirs: [['bank']],
    attacks: (scene) => register(scene, name),
  })),
  {
    who: ['issuer', 'supplier'],
    at: "the bank's register",
    theirs: [['bank']],
    attacks: (scene) => register(scene, 'supplier'),
  },
  {
    who: allBut('bank'),
    at: "the bank's register",
    theirs: [['bank']],
    attacks: (scene) => register(scene, 'supplier'),
  },
  // roots, also in one's own book
  {
    who: ['issuer'],
    at: 'the roots in its own book',
    theirs: [['bank', 'issuer']],
    attacks: (scene) => roots(scene, 'issuer', 'issuer'),
  },
  {
    who: allBut('bank'),
    at: "the roots in the issuer's book",
    theirs: [['bank', 'issuer']],
    attacks: (scene) => roots(scene, 'issuer', 'issuer'),
  },
  {
    who: ['bank'],
    at: 'the roots in its own book',
    theirs: [['bank', 'issuer']],
    attacks: (scene) => roots(scene, 'bank', 'bank'),
  },
  {
    who: allBut('issuer'),
    at: "the roots in the bank's book",
    theirs: [['bank', 'issuer']],
    attacks: (scene) => roots(scene, 'bank', 'bank'),
  },
  // what came to nothing stays so
  {
    who: ['bank'],
    at: 'the end of a certificate in its own book',
    theirs: [['bank', 'issuer']],
    attacks: (scene) => ended(scene, 'bank'),
  },
  {
    who: allBut('issuer'),
    at: 'the end of a certificate',
    theirs: [['bank', 'issuer']],
    attacks: (scene) => ended(scene, 'bank'),
  },
  // what the payee took stays taken: documents and line of a living certificate are not set free behind its issuer's back
  {
    who: ['bank'],
    at: 'the acceptance in its own book',
    theirs: [
      ['bank', 'supplier'],
      ['bank', 'issuer'],
    ],
    attacks: (scene) => accepted(scene),
  },
  {
    who: ['bank', 'contractor', 'operator'],
    at: 'the acceptance of a certificate',
    theirs: [
      ['bank', 'supplier'],
      ['bank', 'issuer'],
    ],
    attacks: (scene) => accepted(scene),
  },
  // another organisation's slice
  {
    who: ['bank'],
    at: "the supplier's slice",
    theirs: [['bank', 'supplier']],
    attacks: (scene) => slice(scene, scene.kept, 'bank'),
  },
  {
    who: allBut('supplier'),
    at: "the supplier's slice",
    theirs: [['bank', 'supplier']],
    attacks: (scene) => slice(scene, scene.kept, 'bank'),
  },
  {
    who: ['bank', 'supplier'],
    at: 'the slice that the supplier has passed on',
    theirs: [['bank', 'contractor']],
    attacks: (scene) => slice(scene, scene.passed, 'supplier'),
  },
  {
    who: allBut('contractor'),
    at: "the contractor's slice",
    theirs: [['bank', 'contractor']],
    attacks: (scene) => slice(scene, scene.passed, 'supplier'),
  },
  {
    who: ['bank'],
    at: 'a slice on offer',
    theirs: [
      ['bank', 'supplier'],
      ['bank', 'contractor'],
    ],
    attacks: (scene) => slice(scene, scene.onOffer, 'bank'),
  },
  {
    who: ['bank', 'issuer', 'operator'],
    at: 'a slice on offer',
    theirs: [
      ['bank', 'supplier'],
      ['bank', 'contractor'],
    ],
    attacks: (scene) => slice(scene, scene.onOffer, 'bank'),
  },
  {
    who: ['supplier', 'contractor'],
    at: 'a slice on offer',
    theirs: [
      ['bank', 'supplier'],
      ['bank', 'contractor'],
    ],
    attacks: (scene) => slice(scene, scene.onOffer, 'contractor'),
  },
  // any other book
  ...ALL.map((victim): Attempt => ({
    who: allBut(victim),
    at: `the book of the ${victim}`,
    theirs: [[victim]],
    attacks: (scene) => book(scene, victim),
  })),
];

const named = (who: readonly PartyName[]): string =>
  who.length === ALL.length - 1 ? `all but the ${ALL.find((name) => !who.includes(name)) ?? ''}` : who.join(' and ');

/** The attacks on books and registry. */
export function shouldKeepBooks(scene: () => Scene, on: TopologyName): void {
  describe('with the chaincode changed everywhere', () => {
    let attackers: Attackers;

    beforeAll(async () => {
      attackers = await Attackers.corrupt(scene().world, ALL);
    });

    afterAll(async () => {
      await attackers.surrender();
    });

    // Parties of one organisation are one actor: what is theirs to write is no attack.
    const attempts = ATTEMPTS.filter(({ who, theirs }) => !satisfy(on, who, theirs));
    it.each(attempts.map((attempt) => ({ ...attempt, name: named(attempt.who) })))(
      '$name change nothing of $at',
      async ({ who, attacks: of }) => {
        const { mspId, attacks } = of(scene());
        const keys = [...new Set(attacks.flatMap(({ operations }) => operations.map(({ key }) => key)))];
        const before = await attackers.hashes(mspId, keys, 'operator');
        const outcomes = await Promise.all(
          attacks.map(async ({ what, operations }) => [what, await attackers.commit(operations, who)]),
        );
        expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(attacks.map(({ what }) => [what, REFUSED])));
        expect(await attackers.hashes(mspId, keys, 'operator')).toEqual(before);
      },
    );

    const mine = ATTEMPTS.filter(({ who, theirs }) => satisfy(on, who, theirs));
    for (const { who, at } of mine)
      leftOut(`${named(who)} change nothing of ${at}`, 'their organisations are those that may');

    const few: readonly (readonly PartyName[])[] = [...ALL.map((name) => [name]), ['bank', 'operator']];
    const minorities = few.filter((who) => !areMajority(on, who));
    for (const who of few.filter((each) => areMajority(on, each)))
      leftOut(`${who.join()}, no majority, change nothing of the registry`, 'their organisations are a majority');
    it.each<{ who: readonly PartyName[] }>(minorities.map((who) => ({ who })))(
      '$who, no majority, change nothing of the registry',
      async ({ who }) => {
        const { world } = scene();
        const takeover = { schema: 'tenor.party/1', id: 'x', mspId: world.people(who[0] ?? 'bank').mspId };
        const keys = [`party/${world.people('bank').party}`, 'banks', 'businessDate', 'registry', 'policies'];
        const outcomes = await Promise.all(keys.map((key) => attackers.commit([publish(key, takeover)], who)));
        expect(outcomes).toEqual(keys.map(() => REFUSED));
      },
    );

    it('a majority of the organisations owns the registry, and SECURITY.md says so', async () => {
      expect(
        await attackers.commit([publish('calendar/Nowhere', { forged: true })], ['issuer', 'supplier', 'contractor']),
      ).toBe('VALID');
    });

    it('nobody reads the value of a record in another book', async () => {
      const { world, live, kept } = scene();
      const bank = `_implicit_org_${world.people('bank').mspId}`;
      for (const key of [ownKey('face', live), ownKey('slice', kept)]) {
        await expect(attackers.read([{ op: 'getPrivate', collection: bank, key }], 'operator')).rejects.toMatchObject({
          code: 'REFUSED_BY_NETWORK',
        });
      }
    });
  });
}
