/**
 * Slices that are merged as their bank presents them, model based: whatever is split, passed on, merged, withdrawn, split again and merged again, on
 * whatever date, each of them counts once: what is free and listed nowhere, what is presented and what is paid come to the face.
 */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { LIMITS } from '../../chaincode/src/protocol/limits.js';
import type { BookRecord, Slice } from '../../chaincode/src/protocol/records/index.js';
import { issued, mandated, presented, proven } from '../commands/support/steps.js';
import { mandatedInput, paymentOf, presentInput, transferInput, type Payment } from '../deal/inputs.js';
import { slicesOf } from './support/books.js';
import { DUE, LEI, MemoryWorld, mspOf, outcomeOf, START, type Endorsed } from './support/memoryWorld.js';
import { runs } from './support/report.js';

const FACE = 1000n;
/** So that lists are full after a few steps. */
const LISTED = 4;
const HASH = 'ab'.repeat(32);
const HOLDERS = ['supplier', 'contractor'] as const;
type Holder = (typeof HOLDERS)[number];

interface Piece {
  readonly id: string;
  holder: Holder;
  amount: bigint;
  tier: number;
  state: 'FREE' | 'MERGED' | 'SPENT' | 'PRESENTED' | 'PAID';
}

interface Presented {
  readonly holder: Holder;
  readonly payment: Payment;
  readonly pieces: readonly Piece[];
  readonly isAnnounced: boolean;
  state: 'OPEN' | 'WITHDRAWN' | 'PAID';
}

interface Play {
  readonly world: MemoryWorld;
  readonly certificateId: string;
  /** Two of each holder. */
  readonly mandates: Readonly<Record<Holder, readonly string[]>>;
  readonly pieces: Piece[];
  readonly presented: Presented[];
  isDue: boolean;
}

const total = (items: readonly { readonly amount: string | bigint }[]): bigint =>
  items.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
const at = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % items.length];
const holderOf = (slice: Slice): Holder => (slice.holder === LEI.supplier ? 'supplier' : 'contractor');
const listsOf = ({ world }: Play): BookRecord<'consolidation'>[] =>
  world.ledger.records(mspOf('bank'), 'consolidation') as unknown as BookRecord<'consolidation'>[];

/** Whether a book answers that a slice counts, and counts as this holder's. */
async function counts({ world }: Play, party: Holder | 'bank', { id, holder }: Piece): Promise<boolean> {
  const creator = world.creator(party, 'checker');
  const argument = JSON.stringify({ kind: 'slice', id });
  const read = { creator, name: 'book:get', argument, transient: new Map<string, Uint8Array>() };
  const { current, record } = JSON.parse((await world.ledger.simulate(read)).answer) as {
    readonly current: boolean;
    readonly record: Slice;
  };
  return current && record.state !== 'SPENT' && holderOf(record) === holder;
}

/** What the lists say, each whole with the list in which it stands. */
const wholesIn = (play: Play): readonly (Whole & { readonly list: BookRecord<'consolidation'> })[] =>
  listsOf(play).flatMap((list) => list.wholes.map((whole) => ({ ...whole, list })));
type Whole = BookRecord<'consolidation'>['wholes'][number];
const listedIn = (play: Play): readonly string[] => wholesIn(play).flatMap(({ sliceIds }) => sliceIds);

/** A list names free slices of its holder, each once, and a whole is all that went into it. */
function checkLists(play: Play): void {
  const slices = new Map(slicesOf(play.world).map((slice) => [slice.id, slice]));
  const listed = listedIn(play);
  expect(new Set(listed).size).toBe(listed.length);
  for (const { wholes } of listsOf(play))
    expect(wholes.flatMap(({ sliceIds }) => sliceIds).length).toBeLessThanOrEqual(LISTED);
  for (const { id, sliceIds, list } of wholesIn(play)) {
    const parts = sliceIds.map((part) => slices.get(part));
    for (const part of parts)
      expect([part?.state, part?.holder, part?.certificateId]).toEqual(['FREE', list.holder, list.certificateId]);
    const rewritten = [...slices.values()].filter(({ state, children }) => state === 'SPENT' && children.includes(id));
    const whole = slices.get(id);
    expect(String(total([...parts, ...rewritten].map((part) => part ?? { amount: '0' })))).toBe(whole?.amount);
  }
}

/** The state in which the register has a piece. */
function storedState({ id, state }: Piece, listed: readonly string[]): string {
  if (state !== 'MERGED') return state;
  return listed.includes(id) ? 'FREE' : 'SPENT';
}

/** The register against the model: what is not spent and listed nowhere comes to the face. */
function checkRegister(play: Play): void {
  const slices = slicesOf(play.world);
  const listed = listedIn(play);
  const said = slices.map((slice) => [slice.id, holderOf(slice), slice.amount, slice.tier, slice.state]);
  const expected = play.pieces.map((piece) => [
    ...[piece.id, piece.holder, String(piece.amount), piece.tier, storedState(piece, listed)],
  ]);
  expect(new Set(said.map((each) => each.join(' ')))).toEqual(new Set(expected.map((each) => each.join(' '))));
  expect(total(slices.filter(({ id, state }) => state !== 'SPENT' && !listed.includes(id)))).toBe(FACE);
}

/** Bank and holder, who have the list, read the same of each slice. */
async function checkReads(play: Play): Promise<void> {
  for (const piece of play.pieces) {
    const isLive = piece.state !== 'SPENT' && piece.state !== 'MERGED';
    for (const party of ['bank', piece.holder] as const)
      expect([party, piece, await counts(play, party, piece)]).toEqual([party, piece, isLive]);
  }
}

/** What was counted in the book of the issuer is paid. */
function checkCount({ world, pieces }: Play): void {
  const marks = world.ledger.records(mspOf('issuer'), 'redeemed') as unknown as BookRecord<'redeemed'>[];
  const paid = pieces.filter(({ state }) => state === 'PAID').map(({ id }) => id);
  for (const { id } of marks) expect(paid).toContain(id);
  const [totals] = world.ledger.records(mspOf('issuer'), 'totals') as unknown as BookRecord<'totals'>[];
  expect(totals?.paid ?? '0').toBe(String(total(marks)));
}

async function check(play: Play): Promise<void> {
  checkRegister(play);
  checkLists(play);
  checkCount(play);
  await checkReads(play);
}

type Step = (play: Play) => Promise<void>;

/** Takes a step that the model expects to be done or refused. What is refused leaves all as it was. */
async function attempt(play: Play, isDone: boolean, act: () => Promise<unknown>): Promise<boolean> {
  const stood = (): string => JSON.stringify([slicesOf(play.world), listsOf(play)]);
  const before = stood();
  const outcome = await outcomeOf(act());
  expect([isDone, outcome]).toEqual([isDone, isDone ? 'done' : expect.not.stringMatching(/^done$/)]);
  if (!isDone) expect(stood()).toBe(before);
  return isDone;
}

const split =
  (index: number, cut: number): Step =>
  async (play) => {
    const piece = at(play.pieces, index);
    if (piece === undefined || piece.amount < 2n) return;
    const first = 1n + (BigInt(cut) % (piece.amount - 1n));
    const amounts = [first, piece.amount - first];
    const partIds = amounts.map(() => play.world.id('bank', piece.holder));
    const input = { sliceId: piece.id, partIds, amounts: amounts.map(String) };
    const isDone = await attempt(play, piece.state === 'FREE' && !play.isDue, () =>
      play.world.act(piece.holder, 'maker', 'slice:split', input),
    );
    if (!isDone) return;
    const { holder, tier } = piece;
    piece.state = 'SPENT';
    amounts.forEach((amount, place) =>
      play.pieces.push({ id: partIds[place] ?? '', holder, amount, tier, state: 'FREE' }),
    );
  };

const transfer =
  (index: number): Step =>
  async (play) => {
    const { world } = play;
    const piece = at(
      play.pieces.filter(({ holder }) => holder === 'supplier'),
      index,
    );
    if (piece === undefined) return;
    const input = transferInput(world, piece.id, '2026-12-15');
    const isDone = await attempt(play, piece.state === 'FREE' && !play.isDue && piece.tier < 3, async () => {
      await world.actWithTicket('supplier', 'slice:offer', input);
      await world.act('contractor', 'maker', 'slice:accept', { sliceId: piece.id, transferId: input.transferId });
    });
    if (isDone) Object.assign(piece, { holder: 'contractor', tier: piece.tier + 1 });
  };

/** Of all pieces of a holder some, whatever became of them. */
const merge =
  (who: number, seldom: number, isAnnounced: boolean): Step =>
  async (play) => {
    const { world } = play;
    const holder = HOLDERS[who % 2] ?? 'supplier';
    const free = play.pieces.filter((piece) => piece.holder === holder && piece.state === 'FREE');
    // Now and then one that counts no more, or is another one's.
    const odd = seldom % 4 === 0 ? at(play.pieces, seldom) : undefined;
    const pieces = [...new Set([...free.filter((_each, place) => (seldom >> place) % 3 !== 0), ...(odd ? [odd] : [])])];
    if (pieces.length === 0) return;
    const wholeId = world.id('bank');
    const amount = total(pieces);
    const mandateId = play.mandates[holder][seldom % 2] ?? '';
    const sliceIds = pieces.map(({ id }) => id);
    const input = mandatedInput(world, holder, mandateId, sliceIds, [wholeId]);
    const payment = paymentOf(input, String(amount));
    const { uetr, currency } = payment;
    const announced = { uetr, currency, amount: String(amount), messageHash: HASH };
    const isMine = pieces.every((piece) => piece.holder === holder && piece.state === 'FREE');
    const isDone = await attempt(play, isMine && play.isDue, () =>
      world.act('bank', 'maker', 'slice:presentUnderMandate', isAnnounced ? { ...input, announced } : input),
    );
    if (!isDone) return;
    const tier = Math.max(...pieces.map((piece) => piece.tier));
    const whole: Piece = { id: wholeId, holder, amount, tier, state: 'PRESENTED' };
    for (const piece of pieces) piece.state = 'MERGED';
    play.pieces.push(whole);
    play.presented.push({ holder, payment, pieces: [whole], isAnnounced, state: 'OPEN' });
  };

/** The holder presents one itself. */
const present =
  (index: number): Step =>
  async (play) => {
    const { world } = play;
    const piece = at(play.pieces, index);
    if (piece === undefined) return;
    const { holder } = piece;
    let payment: Payment | undefined;
    const isDone = await attempt(play, piece.state === 'FREE' && play.isDue, async () => {
      payment = await presented(world, holder, [piece.id], String(piece.amount));
    });
    if (!isDone || payment === undefined) return;
    piece.state = 'PRESENTED';
    play.presented.push({ holder, payment, pieces: [piece], isAnnounced: false, state: 'OPEN' });
  };

const withdraw =
  (index: number): Step =>
  async (play) => {
    const each = at(play.presented, index);
    if (each === undefined) return;
    const { presentmentId } = each.payment;
    const isDone = await attempt(play, each.state === 'OPEN' && !each.isAnnounced, () =>
      play.world.act(each.holder, 'checker', 'presentment:withdraw', { presentmentId }),
    );
    if (!isDone) return;
    each.state = 'WITHDRAWN';
    for (const piece of each.pieces) piece.state = 'FREE';
  };

const pay =
  (index: number): Step =>
  async (play) => {
    const each = at(
      play.presented.filter(({ state }) => state === 'OPEN'),
      index,
    );
    if (each === undefined) return;
    const { presentmentId, uetr } = each.payment;
    await proven(play.world, each.holder, each.payment);
    await play.world.act('bank', 'checker', 'presentment:discharge', { presentmentId, uetr });
    each.state = 'PAID';
    for (const piece of each.pieces) piece.state = 'PAID';
  };

const count =
  (index: number): Step =>
  async ({ world, certificateId, pieces }) => {
    const piece = at(pieces, index);
    if (piece === undefined) return;
    const redeemed = world.act('bank', 'maker', 'certificate:redeem', { certificateId, sliceIds: [piece.id] });
    const outcome = await outcomeOf(redeemed);
    if (piece.state !== 'PAID') expect(outcome).not.toBe('done');
  };

/** The founders correct the date: the certificate is due, or is not due yet. */
const move =
  (isDue: boolean): Step =>
  async (play) => {
    await play.world.moveTo(isDue ? DUE : START);
    play.isDue = isDue;
  };

let origin: Play;
beforeAll(async () => {
  const limits: { consolidatedItems: number } = LIMITS;
  jest.replaceProperty(limits, 'consolidatedItems', LISTED);
  const world = await MemoryWorld.found();
  const { certificateId, sliceId } = await issued(world, String(FACE));
  const twice = async (holder: Holder): Promise<readonly string[]> => [
    (await mandated(world, holder)).mandateId,
    (await mandated(world, holder)).mandateId,
  ];
  const mandates = { supplier: await twice('supplier'), contractor: await twice('contractor') };
  const pieces: Piece[] = [{ id: sliceId, holder: 'supplier', amount: FACE, tier: 0, state: 'FREE' }];
  origin = { world, certificateId, mandates, pieces, presented: [], isDue: false };
});
afterAll(() => {
  jest.restoreAllMocks();
});
const start = (): Play => ({
  ...{ ...origin, world: origin.world.clone(), presented: [] },
  pieces: origin.pieces.map((piece) => ({ ...piece })),
});

const index = fc.nat({ max: 60 });
const cut = fc.nat({ max: 900 });
const named = (name: string, step: Step): [string, Step] => [name, step];
const steps = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(index, cut).map(([of, by]) => named(`split ${String(of)}`, split(of, by))) },
  { weight: 2, arbitrary: index.map((of) => named(`transfer ${String(of)}`, transfer(of))) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(index, cut, fc.boolean())
      .map(([of, seldom, isAnnounced]) => named(`merge ${String(seldom)}`, merge(of, seldom, isAnnounced))),
  },
  { weight: 1, arbitrary: index.map((of) => named(`present ${String(of)}`, present(of))) },
  { weight: 4, arbitrary: index.map((of) => named(`withdraw ${String(of)}`, withdraw(of))) },
  { weight: 1, arbitrary: index.map((of) => named(`pay ${String(of)}`, pay(of))) },
  { weight: 1, arbitrary: index.map((of) => named(`count ${String(of)}`, count(of))) },
  { weight: 2, arbitrary: fc.boolean().map((isDue) => named(isDue ? 'due' : 'set back', move(isDue))) },
);
/** Some pieces of both holders, on the payment date. */
const OPENING: readonly Step[] = [split(0, 400), split(1, 200), split(2, 300), transfer(3), split(5, 50), move(true)];

describe('slices that are merged as they are presented', () => {
  it('count once, in whatever order they are split, passed on, merged, withdrawn and merged again', async () => {
    const property = fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 40, size: 'max' }), async (said) => {
      const play = start();
      for (const step of OPENING) await step(play);
      for (const [, step] of said) {
        await step(play);
        await check(play);
      }
    });
    await fc.assert(property, runs(25));
  });
});

describe('of a merge and another use of the same slice in one block', () => {
  /** Two free slices of the supplier. */
  async function prepared(): Promise<{ readonly play: Play; readonly ids: readonly [string, string] }> {
    const play = start();
    await split(0, 400)(play);
    const [, one, other] = play.pieces;
    return { play, ids: [one?.id ?? '', other?.id ?? ''] };
  }

  const merging = async (play: Play, sliceIds: string[], mandate = 0): Promise<Endorsed> => {
    const { world, mandates } = play;
    const input = mandatedInput(world, 'supplier', mandates.supplier[mandate] ?? '', sliceIds, [world.id('bank')]);
    return world.endorse('bank', 'maker', 'slice:presentUnderMandate', input);
  };

  type Use = (play: Play, sliceId: string) => Promise<Endorsed>;
  const USES: Readonly<Record<string, Use>> = {
    'another merge of it': (play, sliceId) => merging(play, [sliceId], 1),
    'another merge, of another slice of the holder': async (play, sliceId) => {
      const other = play.pieces.find(({ id, state }) => state === 'FREE' && id !== sliceId);
      return merging(play, [other?.id ?? '']);
    },
    'its presentment by the holder': async ({ world }, sliceId) => {
      const input = presentInput(world, 'supplier', [sliceId]);
      await world.prepare('supplier', 'slice:present', input);
      return world.endorse('supplier', 'checker', 'slice:present', input);
    },
    'its presentment as it is': ({ world, mandates }, sliceId) =>
      world.endorse('bank', 'maker', 'slice:presentUnderMandate', {
        ...mandatedInput(world, 'supplier', mandates.supplier[0] ?? '', [sliceId]),
      }),
  };

  it.each(Object.entries(USES))('%s: the second is invalid, whichever it is', async (_what, use) => {
    for (const isFirst of [true, false]) {
      const { play, ids } = await prepared();
      await move(true)(play);
      const both = [await merging(play, [ids[0]]), await use(play, ids[0])];
      const ordered = isFirst ? both : [...both].reverse();
      expect(ordered.map((each) => play.world.order(each))).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    }
  });

  it('its split that was endorsed before the date is invalid, and on a date that was set back it is refused, as is its offer', async () => {
    const { play, ids } = await prepared();
    const { world } = play;
    const [sliceId] = ids;
    const partIds = [world.id('bank', 'supplier'), world.id('bank', 'supplier')];
    const amounts = ['1', String((play.pieces[1]?.amount ?? 0n) - 1n)];
    const early = await world.endorse('supplier', 'maker', 'slice:split', { sliceId, partIds, amounts });
    await move(true)(play);
    expect(world.order(await merging(play, [sliceId]))).toBe('VALID');
    await move(false)(play);
    expect(world.order(early)).toBe('MVCC_READ_CONFLICT');
    expect(await outcomeOf(world.act('supplier', 'maker', 'slice:split', { sliceId, partIds, amounts }))).toBe('STATE');
    const offer = transferInput(world, sliceId, '2026-12-15');
    expect(await outcomeOf(world.actWithTicket('supplier', 'slice:offer', offer))).toBe('STATE');
  });
});
