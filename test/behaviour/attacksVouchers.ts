/**
 * A record for which two organisations vouch counts only if both have it. Bank and issuer together can put other bytes into either
 * book, so each book in turn holds a record that the other one lacks. No honest endorser may rely on one book alone.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookKind } from '@tenor/client';
import type { TopologyName } from '@tenor/network';
import { ownKey, shownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, demand, refusalOf, write, type HandMade, type Refusal } from '../support/attack.js';
import { forgedTerms } from '../support/attackForgery.js';
import { claimInvoice, contentOf, offerSlice } from '../support/deal.js';
import { leftOut, satisfy } from '../support/hosting.js';
import { LEI, type PartyName } from '../support/world.js';
import { FACE, openingsOf, type Scene } from './attacksScene.js';
import { viewOf } from './dealBooks.js';

type Root = 'terms' | 'face' | 'confirmation';
type Call = Omit<HandMade, 'openings'>;
type Openings = Readonly<Record<string, string>>;

/** One call that relies on a root of `live`, or of `pending`, with what it is refused by. */
interface Reliance {
  readonly call: (scene: Scene) => Call;
  readonly by: PartyName;
  readonly index?: string;
}

const ofLive = ({ live }: Scene): { certificateId: string } => ({ certificateId: live });

const OFFER: Reliance = {
  ...{ by: 'bank' },
  call: (scene) => ({ name: 'certificate:offer', request: ofLive(scene), secret: { expiresOn: '2026-12-15' } }),
};
const ACCEPT: Reliance = {
  ...{ by: 'supplier', index: '0' },
  call: (scene) => ({
    name: 'certificate:accept',
    request: { items: [{ ...ofLive(scene), sliceId: scene.world.newId('bank', 'supplier') }] },
  }),
};
const DECLINE: Reliance = {
  ...{ by: 'supplier' },
  call: (scene) => ({ name: 'certificate:decline', request: ofLive(scene) }),
};
const UNWIND: Reliance = {
  ...{ by: 'bank' },
  call: (scene) => ({ name: 'certificate:unwind', request: ofLive(scene) }),
};
const SETTLE: Reliance = {
  ...{ by: 'bank' },
  call: (scene) => ({ name: 'certificate:redeem', request: { ...ofLive(scene), sliceIds: [scene.kept] } }),
};
const CONFIRM: Reliance = {
  ...{ by: 'bank', index: '0' },
  call: ({ world, lineId, live }) => ({
    ...{
      name: 'certificate:confirm',
      request: { lineId, certificateIds: [live], ticketId: world.newId('bank') },
      secret: {},
    },
  }),
};
const SPLIT: Reliance = {
  ...{ by: 'supplier' },
  call: ({ world, kept }) => ({
    name: 'slice:split',
    request: { sliceId: kept, partIds: [world.newId('bank', 'supplier'), world.newId('bank', 'supplier')] },
    secret: { amounts: ['20000', '30000'] },
  }),
};
/** What relies on each root. */
const RELYING: Readonly<Record<Root, readonly Reliance[]>> = {
  terms: [OFFER, ACCEPT, SPLIT],
  face: [OFFER, ACCEPT, DECLINE, UNWIND, SETTLE, CONFIRM],
  confirmation: [OFFER, ACCEPT, DECLINE, UNWIND, SETTLE],
};

const CASES = (['terms', 'face', 'confirmation'] as const).flatMap((kind) =>
  (['bank', 'issuer'] as const).map((book) => ({ kind, book })),
);

/** The same record with another salt: well formed, and nobody's. */
const resalted = (opening: string): string =>
  JSON.stringify({ ...(JSON.parse(opening) as object), salt: 'cd'.repeat(32) });

const mismatch = (kind: BookKind, id: string, index?: string): Refusal => ({
  code: 'OPENING_MISMATCH',
  data: { kind, id, ...(index === undefined ? {} : { index }) },
});

/** Everything that the calls open, as the parties have it. */
async function genuine({ world, live, kept, lineId }: Scene): Promise<Openings> {
  return {
    ...(await openingsOf(world, 'bank', ['terms', live], ['face', live], ['confirmation', live], ['status', live])),
    ...(await openingsOf(world, 'bank', ['line', lineId], ['slice', kept])),
  };
}

/** Roots in one of their two books, terms in either, and copies that stand in an offer's way. */
export function shouldAskBothVouchers(scene: () => Scene, on: TopologyName): void {
  rootsInOneBook(scene, on);
  idsTaken(scene, on);
}

function rootsInOneBook(scene: () => Scene, on: TopologyName): void {
  if (satisfy(on, ['bank', 'issuer'], [['operator']])) {
    leftOut('no endorser takes a root that one of two books holds', 'nobody lives apart from bank and issuer');
    return;
  }
  describe('with the chaincode changed at bank and issuer', () => {
    let openings: Openings = {};
    let attackers: Attackers | undefined;

    beforeAll(async () => {
      openings = await genuine(scene());
      attackers = await Attackers.corrupt(scene().world, ['bank', 'issuer']);
    });

    afterAll(async () => {
      await attackers?.surrender();
    });

    /** What the one who lives apart answers to each call that relies on the root. */
    const answersTo = async (kind: Root, shown: Openings): Promise<Refusal[]> => {
      const { world } = scene();
      const answers: Refusal[] = [];
      for (const { call, by } of RELYING[kind]) {
        const made = { ...call(scene()), openings: shown };
        answers.push(await refusalOf(demand(world.people(by).checker, made, [world.people('operator').mspId])));
      }
      return answers;
    };

    it.each(CASES)('no endorser takes a $kind that the book of the $book alone holds', async ({ kind, book }) => {
      const { world, live } = scene();
      const key = `${kind}/${live}`;
      const { mspId } = world.people(book);
      const real = openings[key] ?? '';
      const other = resalted(real);
      expect(await attackers?.commit([write(mspId, ownKey(kind, live), other)])).toBe('VALID');
      const expected = RELYING[kind].map(({ index }) => mismatch(kind, live, index));
      try {
        expect(await answersTo(kind, { ...openings, [key]: other })).toEqual(expected); // the other book lacks it
        expect(await answersTo(kind, openings)).toEqual(expected); // this book has lost it
      } finally {
        expect(await attackers?.commit([write(mspId, ownKey(kind, live), real)])).toBe('VALID');
      }
    });

    it('no slice moves under terms that bank and issuer changed together: it names those that were accepted', async () => {
      const { world, live, kept } = scene();
      const { [`terms/${live}`]: real = '' } = openings;
      const later = JSON.stringify({
        ...(JSON.parse(real) as object),
        dueDate: '2036-03-14',
        paymentDate: '2036-03-14',
      });
      const inBoth = (terms: string): Promise<string> | undefined =>
        attackers?.commit(
          (['bank', 'issuer'] as const).map((name) => write(world.people(name).mspId, ownKey('terms', live), terms)),
        );
      expect(await inBoth(later)).toBe('VALID');
      try {
        const made = { ...SPLIT.call(scene()), openings: { ...openings, [`terms/${live}`]: later } };
        const asked = demand(world.people(SPLIT.by).checker, made, [world.people('operator').mspId]);
        expect(await refusalOf(asked)).toEqual(mismatch('slice', kept));
      } finally {
        expect(await inBoth(real)).toBe('VALID');
      }
    });

    it.each(['terms', 'face', 'confirmation'] as const)(
      "a %s of other bytes in one's own book is not lost to a restore",
      async (kind) => {
        const { world, live } = scene();
        const key = ownKey(kind, live);
        const { mspId, checker } = world.people('issuer');
        const { [`${kind}/${live}`]: record = '' } = openings;
        const request = { kind, id: live, register: world.people('bank').mspId };
        const made = { name: 'book:restore', request, secret: { record }, openings: {} };
        expect(await attackers?.commit([write(mspId, key, resalted(record))])).toBe('VALID');
        const refused = await refusalOf(demand(checker, made, [world.people('operator').mspId]));
        expect(await attackers?.commit([write(mspId, key, record)])).toBe('VALID');
        expect(refused).toEqual(mismatch(kind, live));
      },
    );

    it.each<['status' | 'line', (scene: Scene) => string, object]>([
      ['status', ({ live }) => live, { state: 'DECLINED' }],
      ['line', ({ lineId }) => lineId, { utilised: FACE }],
    ])('no endorser unwinds by a %s that no book holds', async (kind, idIn, changes) => {
      const { world } = scene();
      const key = `${kind}/${idIn(scene())}`;
      const forged = { ...(JSON.parse(openings[key] ?? '') as object), ...changes };
      const shown = { ...openings, [key]: JSON.stringify(forged) };
      const made = { ...UNWIND.call(scene()), openings: shown };
      const asked = demand(world.people('bank').checker, made, [world.people('operator').mspId]);
      expect(await refusalOf(asked)).toEqual(mismatch(kind, idIn(scene())));
    });
  });
}

function idsTaken(scene: () => Scene, on: TopologyName): void {
  /** Lets someone write a record at home, takes a step, and puts back what was there. */
  async function whileAtHome(
    who: PartyName,
    keys: readonly string[],
    record: object,
    step: () => Promise<Refusal>,
  ): Promise<Refusal> {
    const { world } = scene();
    const { mspId } = world.people(who);
    let attackers = await Attackers.corrupt(world, [who]);
    const undo = await attackers.undo(mspId, keys);
    expect(await attackers.commit(keys.map((key) => write(mspId, key, record)))).toBe('VALID');
    await attackers.surrender();
    try {
      return await step();
    } finally {
      attackers = await Attackers.corrupt(world, [who]);
      expect(await attackers.commit(undo)).toBe('VALID');
      await attackers.surrender();
    }
  }

  it.each<PartyName>(['bank', 'issuer'])(
    'a certificate is not submitted under an id that has terms in the book of the %s alone',
    async (who) => {
      const { world } = scene();
      const terms = forgedTerms(world);
      const claimId = await claimInvoice(world, FACE);
      const { maker, checker } = world.people('issuer');
      await maker.certificate.draft({ certificateId: terms.id, ...contentOf(FACE, claimId) });
      const refused = await whileAtHome(who, [ownKey('terms', terms.id)], terms, () =>
        refusalOf(checker.certificate.submit({ certificateId: terms.id })),
      );
      expect(refused).toEqual({ code: 'ID_TAKEN', data: { kind: 'terms', id: terms.id } });
    },
  );

  const offer = 'a slice is offered to one whose book has other terms under that id: its copy is those of the register';
  if (satisfy(on, ['bank', 'issuer'], [['contractor']])) {
    leftOut(offer, "the transferee's book is a voucher's");
    return;
  }
  it(offer, async () => {
    const { world, live, small } = scene();
    const others = forgedTerms(world, { id: live, bank: LEI.operator });
    const copy = shownKey(world.people('bank').mspId, 'terms', live);
    const real = await viewOf(world, 'bank', 'terms', live);
    let transferId = '';
    let seen: unknown;
    await whileAtHome('contractor', [ownKey('terms', live), copy], others, async () => {
      transferId = await offerSlice(world, small);
      const attackers = await Attackers.corrupt(world, ['contractor']);
      const { mspId } = world.people('contractor');
      const [own, shown] = await attackers.read(
        [ownKey('terms', live), copy].map((key) => ({ op: 'getPrivate', collection: `_implicit_org_${mspId}`, key })),
      );
      await attackers.surrender();
      seen = { own: fromBase64(own), shown: fromBase64(shown) };
      return refusalOf(Promise.resolve());
    });
    // What it told itself stays its own affair; what it was shown are the bytes of the register again.
    expect(seen).toEqual({ own: JSON.stringify(others), shown: real.opening });
    await world.people('contractor').checker.slice.decline({ sliceId: small, transferId });
    expect(await viewOf(world, 'bank', 'slice', small)).toMatchObject({
      record: { state: 'FREE', holder: LEI.supplier },
    });
  });
}

const fromBase64 = (text: string | undefined): string => Buffer.from(text ?? '', 'base64').toString();
