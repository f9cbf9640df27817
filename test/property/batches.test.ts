/**
 * Batches with money, model based: whatever is allocated, instructed, approved, sent, credited, sent back, committed, aborted and released, by whomever and in
 * whatever order, a model of the money outside tells which steps pass. No asset moves without its money, no register says anything else than the others, and
 * in the end nothing stays locked.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  RULES,
  EFFECTS,
  type Attempt,
  type BatchModel,
  type LegModel,
  type Model,
  type Verb,
  denierOf,
} from './support/batchModel.js';
import { ACTS, nextOf, rowAt, type Real } from './support/batchSteps.js';
import { batchWorld, PART, TRADERS, type Piece } from './support/batchWorld.js';
import { assertBooks } from './support/batchInvariants.js';
import { START, outcomeOf, type MemoryWorld, type PartyName } from './support/memoryWorld.js';
import { runs } from './support/report.js';

const BANKS = ['bank', 'secondBank', 'thirdBank'] as const;
const ENDS = ['2026-12-04', '2026-12-11'];
/** Each end passes, and then a week. */
const DATES = [START, '2026-12-07', '2026-12-14', '2026-12-21'];
const UETRS = ['1', '2', '3', '4'].map((digit) => `0f2d6f5e-0d5a-4c1e-9b1a-00000000000${digit}`);
const VERBS = Object.keys(RULES) as Verb[];

let origin: { readonly world: MemoryWorld; readonly pieces: readonly Piece[] };
beforeAll(async () => {
  origin = await batchWorld();
});

/** One of a list, by any number. */
function pick<Item>(list: readonly Item[], index: number): Item {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('the list is empty');
  return item;
}

/** One of a list that is not this one. */
const another = <Item>(list: readonly Item[], than: Item, index: number): Item =>
  pick(
    list.filter((each) => each !== than),
    index,
  );

const legSpec = fc.record({
  what: fc.constantFrom('ASSET' as const, 'CREDIT' as const, 'ASSET' as const, 'CREDIT' as const, 'BLOCK' as const),
  slice: fc.nat({ max: 5 }),
  from: fc.nat({ max: 10 }),
  to: fc.nat({ max: 9 }),
  payerBank: fc.constantFrom(...BANKS),
  payeeBank: fc.constantFrom(...BANKS),
  currency: fc.constantFrom('USD' as const, 'CNY' as const),
  amount: fc.integer({ min: 1, max: 500 }).map(String),
  expiresOn: fc.constantFrom(...ENDS),
});
type LegSpec = typeof legSpec extends fc.Arbitrary<infer Spec> ? Spec : never;

/** Who gives and takes. */
const TRADING: readonly PartyName[] = ['supplier', 'contractor', 'issuer', 'secondBank'];

/** Legs in a ring, so that whoever gives also takes; seldom the ring is broken. */
function drawn(world: MemoryWorld, pieces: readonly Piece[], specs: readonly LegSpec[]): Omit<LegModel, 'inReturn'>[] {
  const ring: PartyName[] = [];
  for (const [index, { from }] of specs.entries()) {
    const beside = [ring.at(-1), index === specs.length - 1 ? ring[0] : undefined];
    ring.push(
      pick(
        TRADING.filter((party) => !beside.includes(party)),
        from,
      ),
    );
  }
  return specs.map((spec, index) => {
    const sender = pick(ring, index);
    const receiver = spec.to === 0 && spec.from === 0 ? another(TRADING, sender, index) : pick(ring, index + 1);
    return legBetween(world, pieces, spec, sender, receiver);
  });
}

/** A slice goes back to its issuer and on to anybody else. Who holds none gives money. */
function legBetween(
  world: MemoryWorld,
  pieces: readonly Piece[],
  spec: LegSpec,
  sender: PartyName,
  receiver: PartyName,
): Omit<LegModel, 'inReturn'> {
  const held = pieces.filter(({ holder }) => holder === sender);
  const isAsset = spec.what === 'ASSET' && held.length > 0;
  const piece = pick(isAsset ? held : pieces, spec.slice);
  const asset = receiver === 'issuer' ? ('SURRENDER' as const) : ('SLICE' as const);
  const money = spec.what === 'BLOCK' ? ('BLOCK' as const) : ('CREDIT' as const);
  const register = isAsset ? piece.register : money === 'CREDIT' ? spec.payeeBank : spec.payerBank;
  return {
    ...spec,
    ...(isAsset ? { currency: 'USD' as const, amount: PART.toString() } : {}),
    ...{ what: isAsset ? asset : money, slice: pieces.indexOf(piece), id: world.id(register, sender) },
    ...{ register, sender, receiver, row: undefined, state: 'DRAWN', isBlocked: false },
    ...{ sent: undefined, credited: undefined, isDenied: false, isAcknowledged: false, isAfterArrival: false },
  };
}

/** What pays for a leg, by somebody apart from those who have to do with it; else any other leg, as one holder in three names. */
function returnFor(
  leg: Omit<LegModel, 'inReturn'>,
  index: number,
  legs: readonly Omit<LegModel, 'inReturn'>[],
): string {
  const pays = legs.find(
    ({ what, sender, receiver, register }) =>
      (what === 'CREDIT' || what === 'BLOCK') &&
      sender === leg.receiver &&
      receiver === leg.sender &&
      ![leg.register, leg.sender, leg.receiver].includes(register),
  );
  return (index === 4 ? undefined : pays)?.id ?? pick(legs, index + 1).id;
}

function setup(batches: readonly (readonly LegSpec[])[]): { readonly model: Model; readonly real: Real } {
  const world = origin.world.clone();
  const { pieces } = origin;
  const made = batches.map((specs): BatchModel => {
    const legs = drawn(world, pieces, specs);
    return {
      legs: legs.map((leg, index) => ({ ...leg, inReturn: returnFor(leg, index, legs) })),
      said: new Map(),
      outcome: undefined,
    };
  });
  const slices = pieces.map(({ holder }) => ({ holder, state: 'FREE' as const }));
  const said = { reported: new Map(), attested: new Map(), returned: new Map() };
  return { model: { date: START, batches: made, slices, ...said }, real: { world, pieces, told: [] } };
}

const isSlice = ({ what }: LegModel): boolean => what === 'SLICE' || what === 'SURRENDER';

/** Steps that were taken in any run. */
const taken = new Set<string>();

/** What the model expects comes first, written from the rules; then the ledger is asked. */
async function take(model: Model, real: Real, verb: Verb, attempt: Attempt): Promise<string> {
  const may = RULES[verb](model, attempt);
  const acted = ACTS[verb](real, attempt);
  const code = await outcomeOf(acted);
  // What a repeat would write stands already: it is no step.
  const outcome = code === 'done' && (await acted).replayed ? 'replayed' : code;
  const { batch, leg, who, uetr } = attempt;
  const place = `${String(model.batches.indexOf(batch))}.${String(batch.legs.indexOf(leg))}`;
  real.told.push(`${verb} ${place} ${leg.what} by ${who}, payment ${uetr.slice(-1)}, on ${model.date}: ${outcome}`);
  expect([...real.told, outcome === 'done']).toEqual([...real.told, may]);
  if (outcome === 'done') {
    EFFECTS[verb](model, attempt);
    if (verb === 'instruct') leg.row = await rowAt(real, leg);
    assertBooks(model, real);
    taken.add(verb);
  }
  return outcome;
}

const turn = fc.record({
  /** In most turns the batch goes on as it should. */
  kind: fc.constantFrom('next', 'next', 'next', 'next', 'next', 'next', 'any', 'any', 'all', 'day'),
  batch: fc.nat({ max: 10 }),
  leg: fc.nat({ max: 10 }),
  verb: fc.constantFrom(...VERBS, 'reopen' as const, 'release' as const, 'abort' as const, 'return' as const),
  /** Whoever it is, or anybody else. */
  who: fc.option(fc.constantFrom(...TRADERS), { freq: 2 }),
  uetr: fc.constantFrom(...UETRS),
  status: fc.constantFrom('ACSP' as const, 'ACCC' as const, 'RJCT' as const),
  waits: fc.nat({ max: 5 }),
});
type Turn = typeof turn extends fc.Arbitrary<infer Value> ? Value : never;

/** Who takes a step, if nobody else tries. */
function whose(verb: Verb, leg: LegModel): PartyName {
  const { sender, receiver, payerBank, payeeBank } = leg;
  if (verb === 'deny') return denierOf(leg);
  if (['block', 'unblock', 'report', 'reopen'].includes(verb)) return payerBank;
  if (['attest', 'return'].includes(verb)) return payeeBank;
  return ['instruct', 'release', 'agree', 'abort'].includes(verb) ? sender : receiver;
}

/** What is said of a payment is mostly said of the one that was sent. */
const paymentOf = ({ uetr, waits }: Turn, { sent }: LegModel): string => (waits > 0 ? sent : undefined) ?? uetr;

/** Steps that end something: whoever may not take them now is tempted to. */
const TEMPTING = { agree: 'once', report: 'money', commit: 'once', release: 'assets' } as const;

async function tempt(
  model: Model,
  real: Real,
  batch: BatchModel,
  payment: Pick<Attempt, 'uetr' | 'status'>,
): Promise<void> {
  const assets = batch.legs.filter(isSlice);
  const legs = { once: batch.legs.slice(0, 1), money: batch.legs.filter((leg) => !isSlice(leg)), assets };
  for (const [verb, which] of Object.entries(TEMPTING) as [keyof typeof TEMPTING, keyof typeof legs][])
    for (const leg of legs[which]) await take(model, real, verb, { ...payment, batch, leg, who: whose(verb, leg) });
}

async function play(model: Model, real: Real, each: Turn): Promise<void> {
  const { uetr, status } = each;
  const batch = pick(model.batches, each.batch);
  const leg = pick(batch.legs, each.leg);
  if (each.kind === 'day') {
    // Days pass seldom, or nothing would come about before its end.
    const next = DATES[DATES.indexOf(model.date) + 1];
    if (next === undefined || each.waits > 1) return;
    await real.world.moveTo(next);
    model.date = next;
  }
  if (each.kind === 'day' || each.kind === 'all') return tempt(model, real, batch, { uetr, status });
  const waiting = each.kind === 'next' ? nextOf(model, each) : undefined;
  const [verb, attempt] = waiting ?? [
    each.verb,
    { batch, leg, who: each.who ?? whose(each.verb, leg), uetr: paymentOf(each, leg), status },
  ];
  await take(model, real, verb, attempt);
}

async function moveToEnd(model: Model, { world }: Real): Promise<void> {
  model.date = pick(DATES, DATES.length - 1);
  await world.moveTo(model.date);
}

/** What can still be agreed is agreed, and waits for its money. */
async function agreeAll(
  model: Model,
  real: Real,
  until: readonly Verb[] = ['instruct', 'approve', 'block', 'agree'],
): Promise<void> {
  for (const batch of model.batches.keys())
    for (let left = 20; left > 0; left--) {
      const [verb, attempt] = nextOf(model, { batch, uetr: pick(UETRS, 0), status: 'ACSP' }) ?? [];
      const isBefore = verb !== undefined && until.includes(verb);
      if (!isBefore || attempt === undefined) break;
      // Too early: what is to be blocked is not.
      if (verb === 'block') await take(model, real, 'agree', { ...attempt, who: attempt.leg.sender });
      if ((await take(model, real, verb, attempt)) !== 'done') break;
    }
}

/** How a batch ends after its last day: money comes before a holder asks for its slice, after it, or by order and goes back; or nobody pays. */
const LATE = ['before', 'after', 'by order', 'aborted'] as const;

/** One holder takes its slice back, and all the money comes. Never both: who has the money keeps no slice, and what was released is not committed. */
async function payLate(model: Model, real: Real, batch: BatchModel, when: (typeof LATE)[number]): Promise<void> {
  const first = batch.legs.find((leg) => isSlice(leg) && leg.state === 'INSTRUCTED');
  if (batch.outcome !== 'AGREED' || first === undefined) return;
  const go = (verb: Verb, leg: LegModel, number: number): Promise<string> => {
    const uetr = `0f2d6f5e-0d5a-4c1e-9b1a-${String(number).padStart(12, '0')}`;
    return take(model, real, verb, { batch, leg, who: whose(verb, leg), uetr, status: 'ACSP' });
  };
  if (when === 'after') await go('release', first, 0);
  if (when === 'aborted') await go('abort', first, 0);
  for (const [index, leg] of batch.legs.entries()) {
    if (leg.what !== 'CREDIT') continue;
    if (when === 'by order') await go('report', leg, 100 + index);
    await go('attest', leg, 100 + index);
    await go('acknowledge', leg, 0);
    await go('return', leg, 200 + index); // what nobody attested takes nothing away
    if (when === 'by order')
      for (const verb of ['reopen', 'return', 'reopen'] as const) await go(verb, leg, 100 + index);
  }
  await go('release', first, 0);
  await go('commit', first, 0);
}

type GoOn = (verb: Verb, leg: LegModel, who: PartyName, uetr?: string) => Promise<void>;

/** What became of the money of a leg, as its banks say it: it went back, or never came. */
async function clear(model: Model, batch: BatchModel, leg: LegModel, goOn: GoOn): Promise<void> {
  // A payee that has said that it has the money cannot say that none came. Its bank sends it back then.
  const back = leg.credited ?? (leg.isAcknowledged && denierOf(leg) === leg.receiver ? leg.sent : undefined);
  const said = { batch, leg, uetr: back ?? '', status: 'ACSP' as const };
  if (back !== undefined && RULES.return(model, { ...said, who: leg.payeeBank }))
    await goOn('return', leg, leg.payeeBank, back);
  if (RULES.reopen(model, { ...said, who: leg.payerBank })) await goOn('reopen', leg, leg.payerBank, back);
  else if (leg.sent !== undefined && !leg.isDenied) await goOn('deny', leg, denierOf(leg));
}

/** What is locked for a leg is handed over, or given back. */
async function unlock({ outcome }: BatchModel, leg: LegModel, goOn: GoOn): Promise<void> {
  const isCommitted = outcome === 'COMMITTED';
  const isLocked = isSlice(leg) && leg.state === 'INSTRUCTED';
  if (isLocked) await goOn(isCommitted ? 'complete' : 'release', leg, isCommitted ? leg.receiver : leg.sender);
  else if (leg.isBlocked && !isCommitted) await goOn('unblock', leg, leg.payerBank);
}

/** After the last day: what has no money on its way goes back; where money is out, its bank says what became of it, and then the rest goes back. */
async function finish(model: Model, real: Real): Promise<void> {
  await moveToEnd(model, real);
  for (const batch of model.batches) {
    const goOn: GoOn = async (verb, leg, who, uetr = pick(UETRS, 0)) => {
      expect([verb, await take(model, real, verb, { batch, leg, who, uetr, status: 'ACSP' })]).toEqual([verb, 'done']);
    };
    const sent = batch.outcome === 'COMMITTED' ? [] : batch.legs.filter(({ what }) => what === 'CREDIT');
    for (const leg of sent) await clear(model, batch, leg, goOn);
    for (const leg of batch.legs) await unlock(batch, leg, goOn);
  }
  expect(model.slices.map(({ state }) => state)).not.toContain('ALLOCATED');
}

describe('batches with money', () => {
  it('go as the model says, deliver against payment, and leave nothing locked', async () => {
    const batches = fc.array(fc.array(legSpec, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 2 });
    const turns = fc.array(turn, { minLength: 20, maxLength: 50, size: 'max' });
    const property = fc.asyncProperty(batches, turns, async (specs, all) => {
      const { model, real } = setup(specs);
      for (const each of all) await play(model, real, each);
      await finish(model, real);
    });
    await fc.assert(property, runs(14));
  });

  it('whose money comes late are either committed or released, never both', async () => {
    const specs = fc.array(legSpec, { minLength: 2, maxLength: 4 });
    const property = fc.asyncProperty(specs, fc.constantFrom(...LATE), async (legs, when) => {
      const { model, real } = setup([legs]);
      await agreeAll(model, real);
      await moveToEnd(model, real);
      for (const batch of model.batches) await payLate(model, real, batch, when);
      await finish(model, real);
    });
    await fc.assert(property, runs(20));
  });

  it('that a member declines are aborted, and all of it is free at once', async () => {
    const property = fc.asyncProperty(fc.array(legSpec, { minLength: 2, maxLength: 4 }), async (legs) => {
      const { model, real } = setup([legs]);
      await agreeAll(model, real, ['instruct']);
      const batch = pick(model.batches, 0);
      for (const verb of ['abort', 'decline', 'agree', 'abort', 'release'] as const)
        for (const leg of batch.legs)
          await take(model, real, verb, { batch, leg, who: whose(verb, leg), uetr: pick(UETRS, 0), status: 'ACSP' });
    });
    await fc.assert(property, runs(6));
  });

  it('took every step in some run', () => {
    expect([...taken].sort()).toEqual([...VERBS].sort());
  });
});
