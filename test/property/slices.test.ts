/**
 * The life of slices, model based: whatever is split, passed on, declined, left to lapse, presented and paid, and in whatever
 * order, the ledger agrees with a model of a few lines, nothing is lost or made, and each slice has one holder.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DUE, LEI, MemoryWorld, mspOf, outcomeOf, START, type PartyName } from './support/memoryWorld.js';
import { issued, pay } from '../commands/support/steps.js';
import { slicesOf } from './support/books.js';
import { runs } from './support/report.js';

const FACE = 1000n;
const DATES = [START, '2026-12-07', '2026-12-16', '2027-02-26', DUE];
/** Offers end here: before the third date. */
const OFFER_END = '2026-12-15';
const MAX_TIER = 3;

type Holder = 'supplier' | 'contractor';

interface Piece {
  readonly id: string;
  holder: Holder;
  amount: bigint;
  tier: number;
  state: 'FREE' | 'OFFERED' | 'SPENT' | 'PAID';
  transferId?: string;
}

interface Model {
  readonly pieces: Piece[];
  day: number;
}

interface Real {
  readonly world: MemoryWorld;
  readonly certificateId: string;
}

const date = (model: Model): string => DATES[model.day] ?? DUE;
const isDue = (model: Model): boolean => model.day === DATES.length - 1;
const lapsed = (model: Model): boolean => date(model) > OFFER_END;
const isFree = (model: Model, piece: Piece): boolean =>
  piece.state === 'FREE' || (piece.state === 'OFFERED' && lapsed(model));
const other = (holder: Holder): Holder => (holder === 'supplier' ? 'contractor' : 'supplier');
const pick = (model: Model, index: number): Piece => {
  const piece = model.pieces[index % model.pieces.length];
  if (piece === undefined) throw new Error('a model has a piece');
  return piece;
};

/** What the register says, against the model: sums, holders, states, tombstones. */
function compare(model: Model, { world }: Real): void {
  const stored = new Map(slicesOf(world).map((slice) => [slice.id, slice]));
  expect(stored.size).toBe(model.pieces.length);
  for (const piece of model.pieces) {
    const slice = stored.get(piece.id);
    expect([slice?.holder, slice?.holderMsp, slice?.amount, slice?.tier, slice?.state]).toEqual([
      ...[LEI[piece.holder], mspOf(piece.holder), piece.amount.toString(), piece.tier, piece.state],
    ]);
  }
  const live = [...stored.values()].filter(({ state }) => state !== 'SPENT');
  expect(live.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(FACE);
  for (const { children, amount } of [...stored.values()].filter(({ state }) => state === 'SPENT')) {
    expect(children.reduce((sum, id) => sum + BigInt(stored.get(id)?.amount ?? 0), 0n)).toBe(BigInt(amount));
  }
}

/** A step: what the model expects comes first, written from the rules; then the ledger is asked. */
abstract class Step implements fc.AsyncCommand<Model, Real> {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
  check = (): boolean => true;
  abstract expected(model: Model, piece: Piece): string;
  abstract act(real: Real, piece: Piece, model: Model): Promise<unknown>;
  abstract apply(model: Model, piece: Piece): void;
  async run(model: Model, real: Real): Promise<void> {
    const piece = pick(model, this.index);
    const before = real.world.ledger.dump();
    const expected = this.expected(model, piece);
    expect([this.toString(), await outcomeOf(this.act(real, piece, model))]).toEqual([this.toString(), expected]);
    if (expected === 'done') this.apply(model, piece);
    else if (!this.preparesFirst) expect(real.world.ledger.dump()).toBe(before);
    compare(model, real);
  }
  /** A refused command leaves the ledger as it was, but the ticket prepared for it stays. */
  readonly preparesFirst: boolean = false;
  toString(): string {
    return `${this.constructor.name}(${String(this.index)})`;
  }
}

class Split extends Step {
  readonly cuts: readonly number[];
  #parts: { readonly ids: string[]; readonly amounts: string[] } = { ids: [], amounts: [] };
  constructor(index: number, cuts: readonly number[]) {
    super(index);
    this.cuts = cuts;
  }
  #amounts({ amount }: Piece): bigint[] {
    const points = [...new Set(this.cuts.map((cut) => 1n + (BigInt(cut) % (amount > 1n ? amount - 1n : 1n))))].sort(
      (a, b) => (a < b ? -1 : 1),
    );
    const inside = points.filter((point) => point < amount);
    return [...inside, amount].map((point, index) => point - (inside[index - 1] ?? 0n));
  }
  override expected(model: Model, piece: Piece): string {
    if (!isFree(model, piece)) return 'STATE';
    if (isDue(model)) return 'DUE_REACHED';
    return this.#amounts(piece).length < 2 ? 'CHILDREN_EXCEEDED' : 'done';
  }
  override act({ world }: Real, piece: Piece): Promise<unknown> {
    const amounts = this.#amounts(piece).map(String);
    this.#parts = { ids: amounts.map(() => world.id('bank', piece.holder)), amounts };
    return world.act(piece.holder, 'maker', 'slice:split', {
      sliceId: piece.id,
      partIds: this.#parts.ids,
      amounts,
    });
  }
  override apply(model: Model, piece: Piece): void {
    piece.state = 'SPENT';
    const { holder, tier } = piece;
    this.#parts.ids.forEach((id, index) =>
      model.pieces.push({ id, holder, tier, amount: BigInt(this.#parts.amounts[index] ?? 0), state: 'FREE' }),
    );
  }
}

class WrongSplit extends Step {
  override expected(model: Model, piece: Piece): string {
    if (!isFree(model, piece)) return 'STATE';
    return isDue(model) ? 'DUE_REACHED' : 'SUM_MISMATCH';
  }
  override act({ world }: Real, piece: Piece): Promise<unknown> {
    const amounts = [piece.amount.toString(), '1'];
    return world.act(piece.holder, 'maker', 'slice:split', {
      sliceId: piece.id,
      partIds: [world.id('bank', piece.holder), world.id('bank', piece.holder)],
      amounts,
    });
  }
  override apply(): void {
    throw new Error('nothing comes of it');
  }
}

class Offer extends Step {
  override readonly preparesFirst = true;
  #transferId = '';
  override expected(model: Model, piece: Piece): string {
    if (!isFree(model, piece)) return 'STATE';
    if (isDue(model)) return 'DUE_REACHED';
    if (piece.tier >= MAX_TIER) return 'TIER_EXCEEDED';
    return lapsed(model) ? 'OFFER_EXPIRY' : 'done';
  }
  override async act({ world }: Real, piece: Piece): Promise<void> {
    this.#transferId = world.reference();
    const input = {
      sliceId: piece.id,
      transferId: this.#transferId,
      ticketId: world.id(piece.holder),
      transferee: LEI[other(piece.holder)],
      expiresOn: OFFER_END,
    };
    await world.actWithTicket(piece.holder, 'slice:offer', input);
  }
  override apply(_model: Model, piece: Piece): void {
    piece.state = 'OFFERED';
    piece.transferId = this.#transferId;
  }
}

/** Accept or decline. A slice that was passed on before keeps no lock, so an old answer finds nothing. */
class Answer extends Step {
  readonly verb: 'accept' | 'decline';
  constructor(index: number, verb: 'accept' | 'decline') {
    super(index);
    this.verb = verb;
  }
  override expected(model: Model, piece: Piece): string {
    if (piece.transferId === undefined) return 'NOT_FOUND_OR_STATE';
    if (piece.state !== 'OFFERED') return 'STATE';
    return lapsed(model) ? 'OFFER_LAPSED' : 'done';
  }
  override check = (): boolean => true;
  override async run(model: Model, real: Real): Promise<void> {
    // Without an offer the other side has no copy to plan on: there is nothing to answer.
    if (pick(model, this.index).transferId !== undefined) await super.run(model, real);
  }
  override act({ world }: Real, piece: Piece): Promise<unknown> {
    const who = piece.state === 'OFFERED' ? other(piece.holder) : piece.holder;
    return world.act(who, 'maker', `slice:${this.verb}`, {
      sliceId: piece.id,
      transferId: piece.transferId ?? '',
    });
  }
  override apply(_model: Model, piece: Piece): void {
    piece.state = 'FREE';
    if (this.verb === 'decline') return;
    piece.holder = other(piece.holder);
    piece.tier += 1;
  }
}

class Pay extends Step {
  override readonly preparesFirst = true;
  override expected(model: Model, piece: Piece): string {
    if (!isFree(model, piece)) return 'STATE';
    return isDue(model) ? 'done' : 'DUE_NOT_REACHED';
  }
  override act({ world }: Real, piece: Piece): Promise<unknown> {
    return pay(world, piece.holder, [piece.id], piece.amount.toString());
  }
  override apply(_model: Model, piece: Piece): void {
    piece.state = 'PAID';
  }
}

/** Someone who is not the holder tries to split it into its own hands. */
class Steal extends Step {
  override expected(): string {
    return 'refused';
  }
  override async act({ world }: Real, piece: Piece): Promise<unknown> {
    const thief: PartyName = piece.holder === 'supplier' ? 'contractor' : 'supplier';
    const amounts = ['1', (piece.amount - 1n).toString()];
    const endorsed = world.act(thief, 'maker', 'slice:split', {
      sliceId: piece.id,
      partIds: [world.id('bank', thief), world.id('bank', thief)],
      amounts,
    });
    const outcome = await outcomeOf(endorsed);
    // It may hold no copy at all, an old one, or one that shows it the holder; one more unit each is malformed first.
    expect(['NOT_FOUND', 'OPENING_MISMATCH', 'CALLER_NOT_ALLOWED', 'AMOUNT_OUT_OF_RANGE']).toContain(outcome);
    return outcome;
  }
  override async run(model: Model, real: Real): Promise<void> {
    const before = real.world.ledger.dump();
    await this.act(real, pick(model, this.index));
    expect(real.world.ledger.dump()).toBe(before);
  }
  override apply(): void {
    throw new Error('nothing comes of it');
  }
}

class Wait implements fc.AsyncCommand<Model, Real> {
  check = (model: Model): boolean => !isDue(model);
  async run(model: Model, { world }: Real): Promise<void> {
    model.day += 1;
    await world.moveTo(date(model));
  }
  toString = (): string => 'Wait';
}

const index = fc.nat({ max: 30 });
const steps = [
  fc
    .tuple(index, fc.array(fc.nat({ max: 2000 }), { minLength: 1, maxLength: 3 }))
    .map(([at, cuts]) => new Split(at, cuts)),
  index.map((at) => new WrongSplit(at)),
  index.map((at) => new Offer(at)),
  index.map((at) => new Offer(at)),
  index.map((at) => new Answer(at, 'accept')),
  index.map((at) => new Answer(at, 'accept')),
  index.map((at) => new Answer(at, 'decline')),
  index.map((at) => new Pay(at)),
  index.map((at) => new Steal(at)),
  fc.constant(new Wait()),
];

let origin: Real & { readonly sliceId: string };
beforeAll(async () => {
  const world = await MemoryWorld.found();
  const { certificateId, sliceId } = await issued(world, FACE.toString());
  origin = { world, certificateId, sliceId };
});

const setup = (): { model: Model; real: Real } => ({
  model: { pieces: [{ id: origin.sliceId, holder: 'supplier', amount: FACE, tier: 0, state: 'FREE' }], day: 0 },
  real: { world: origin.world.clone(), certificateId: origin.certificateId },
});

describe('the life of slices', () => {
  it('is that of the model, and keeps the face', async () => {
    const property = fc.asyncProperty(fc.commands(steps, { maxCommands: 40, size: 'max' }), async (commands) => {
      await fc.asyncModelRun(setup, commands);
    });
    await fc.assert(property, runs(30));
  });

  it('ends with everything paid once, counted once, and the line free again', async () => {
    const property = fc.asyncProperty(
      fc.commands(steps.slice(0, 7), { maxCommands: 25, size: 'max' }),
      async (commands) => {
        const { model, real } = setup();
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await settleAll(model, real);
      },
    );
    await fc.assert(property, runs(8));
  });
});

async function settleAll(model: Model, real: Real): Promise<void> {
  const { world, certificateId } = real;
  if (!isDue(model)) await world.moveTo(DUE);
  model.day = DATES.length - 1;
  const live = model.pieces.filter(({ state }) => state !== 'SPENT');
  for (const piece of live) {
    await new Pay(model.pieces.indexOf(piece)).run(model, real);
    await world.act('bank', 'maker', 'certificate:redeem', { certificateId, sliceIds: [piece.id] });
    expect(
      await outcomeOf(world.act('bank', 'maker', 'certificate:redeem', { certificateId, sliceIds: [piece.id] })),
    ).toMatch(/^(STATE|SLICE_COUNTED)$/);
  }
  const [line] = world.ledger.records(mspOf('bank'), 'line');
  const [totals] = world.ledger.records(mspOf('issuer'), 'totals');
  const [status] = world.ledger.records(mspOf('bank'), 'status');
  expect([line?.['utilised'], totals?.['paid'], status?.['state']]).toEqual(['0', FACE.toString(), 'SETTLED']);
}
