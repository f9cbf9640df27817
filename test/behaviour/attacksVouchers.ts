/**
 * What has two vouchers counts only where both have it. Bank and issuer together can put other bytes into either book, so each
 * book in turn holds what the other one does not: nobody honest takes the word of the one for both.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type BookKind } from '@tenor/client';
import type { TopologyName } from '@tenor/network';
import { Attackers, demand, refusalOf, write, type HandMade, type Refusal } from '../support/attack.js';
import { forgedTerms } from '../support/attackForgery.js';
import { claimInvoice, contentOf, offerSlice } from '../support/deal.js';
import { leftOut, satisfy } from '../support/hosting.js';
import { LEI, type PartyName } from '../support/world.js';
import { FACE, openingsOf, type Scene } from './attacksScene.js';

type Root = 'terms' | 'face' | 'confirmation';
type Call = Omit<HandMade, 'openings'>;
type Openings = Readonly<Record<string, string>>;

/** One call that relies on a root of `live`, or of `pending`, with what it is refused by. */
interface Reliance {
  readonly call: (scene: Scene, openings: Openings) => Call;
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
  call: (scene) => ({ name: 'certificate:accept', request: { items: [{ ...ofLive(scene), sliceId: newId() }] } }),
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
  call: ({ lineId, live }) => ({
    ...{ name: 'certificate:confirm', request: { lineId, certificateIds: [live], ticketId: newId() }, secret: {} },
  }),
};
const SPLIT: Reliance = {
  ...{ by: 'supplier' },
  call: ({ kept }) => ({
    name: 'slice:split',
    request: { sliceId: kept, partIds: [newId(), newId()] },
    secret: { amounts: ['20000', '30000'] },
  }),
};
/** Into a book that has no copy yet: there it is no repeat. */
const RESTORE: Reliance = {
  ...{ by: 'contractor' },
  call: ({ live, kept }, openings) => ({
    name: 'book:restore',
    request: { kind: 'slice', id: kept },
    secret: { record: openings[`slice/${kept}`], terms: openings[`terms/${live}`] },
  }),
};

/** What relies on each root. */
const RELYING: Readonly<Record<Root, readonly Reliance[]>> = {
  terms: [OFFER, ACCEPT, DECLINE, SPLIT, RESTORE],
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
        const made = { ...call(scene(), shown), openings: shown };
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
      expect(await attackers?.commit([write(mspId, key, other)])).toBe('VALID');
      const expected = RELYING[kind].map(({ index }) => mismatch(kind, live, index));
      try {
        expect(await answersTo(kind, { ...openings, [key]: other })).toEqual(expected); // the other book lacks it
        expect(await answersTo(kind, openings)).toEqual(expected); // this book has lost it
      } finally {
        expect(await attackers?.commit([write(mspId, key, real)])).toBe('VALID');
      }
    });

    it.each(['terms', 'face', 'confirmation'] as const)(
      "a %s of other bytes in one's own book is not lost to a restore",
      async (kind) => {
        const { world, live } = scene();
        const key = `${kind}/${live}`;
        const { mspId, checker } = world.people('issuer');
        const [record = '', terms = ''] = [openings[key], openings[`terms/${live}`]];
        const secret = kind === 'confirmation' ? { record, terms } : { record };
        const made = { name: 'book:restore', request: { kind, id: live }, secret, openings: {} };
        expect(await attackers?.commit([write(mspId, key, resalted(record))])).toBe('VALID');
        const refused = await refusalOf(demand(checker, made, [world.people('operator').mspId]));
        expect(await attackers?.commit([write(mspId, key, record)])).toBe('VALID');
        expect(refused).toEqual({ code: 'ID_TAKEN', data: { kind, id: live } });
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
      const made = { ...UNWIND.call(scene(), shown), openings: shown };
      const asked = demand(world.people('bank').checker, made, [world.people('operator').mspId]);
      expect(await refusalOf(asked)).toEqual(mismatch(kind, idIn(scene())));
    });
  });
}

function idsTaken(scene: () => Scene, on: TopologyName): void {
  /** Lets someone write a record at home, takes a step, and puts back what was there. */
  async function whileAtHome(
    who: PartyName,
    key: string,
    record: object,
    step: () => Promise<Refusal>,
  ): Promise<Refusal> {
    const { world } = scene();
    const { mspId } = world.people(who);
    let attackers = await Attackers.corrupt(world, [who]);
    const undo = await attackers.undo(mspId, [key]);
    expect(await attackers.commit([write(mspId, key, record)])).toBe('VALID');
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
      const refused = await whileAtHome(who, `terms/${terms.id}`, terms, () =>
        refusalOf(checker.certificate.submit({ certificateId: terms.id })),
      );
      expect(refused).toEqual({ code: 'ID_TAKEN', data: { kind: 'terms', id: terms.id } });
    },
  );

  const offer = 'a slice is not offered to one whose book has other terms under that id: they would be lost';
  if (satisfy(on, ['bank', 'issuer'], [['contractor']])) {
    leftOut(offer, "the transferee's book is a voucher's");
    return;
  }
  it(offer, async () => {
    const { world, live, small } = scene();
    const others = forgedTerms(world, { id: live, bank: LEI.operator });
    const refused = await whileAtHome('contractor', `terms/${live}`, others, () => refusalOf(offerSlice(world, small)));
    expect(refused).toEqual({ code: 'ID_TAKEN', data: { kind: 'terms', id: live } });
  });
}
