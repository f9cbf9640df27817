/** Two steps of batches that were endorsed on the same state, ordered in both ways: which of them are valid is written by hand. */
import { beforeAll, expect, it, jest } from '@jest/globals';
import type { Attempt, LegModel, Model } from './support/batchLegs.js';
import { EFFECTS, RULES, type Verb } from './support/batchModel.js';
import { ACTS, nextOf, rowAt, type Real } from './support/batchSteps.js';
import { batchWorld, PART } from './support/batchWorld.js';
import { START, type Endorsed, type MemoryWorld, type PartyName } from './support/memoryWorld.js';

const LATE = '2026-12-07';
const UETR = '0f2d6f5e-0d5a-4c1e-9b1a-000000000001';

let origin: Omit<Real, 'told'>;
beforeAll(async () => {
  origin = await batchWorld();
});

const leg = (world: MemoryWorld, said: Pick<LegModel, 'what' | 'register' | 'sender' | 'receiver'>): LegModel => ({
  ...{ ...said, id: world.id(said.register, said.sender), payerBank: 'secondBank', payeeBank: 'thirdBank', slice: 1 },
  ...{ amount: PART.toString(), currency: 'USD', expiresOn: '2026-12-04', inReturn: '', row: undefined },
  ...{
    state: 'DRAWN',
    isBlocked: false,
    sent: undefined,
    credited: undefined,
    isDenied: false,
    isAcknowledged: false,
    isAfterArrival: false,
    replaced: undefined,
  },
});

/** The supplier's slice against the second bank's money, which comes to the third bank; and the same slice promised to the contractor. */
function trades(money: 'CREDIT' | 'BLOCK' = 'CREDIT'): { readonly model: Model; readonly real: Real } {
  const world = origin.world.clone();
  const batches = (['secondBank', 'contractor'] as const).map((buyer) => {
    const register = money === 'CREDIT' ? 'thirdBank' : 'secondBank';
    const paid = leg(world, { what: money, register, sender: buyer, receiver: 'supplier' });
    // Blocked money waits longer than the slice, so that for some days either may end the batch.
    const cash = money === 'CREDIT' ? paid : { ...paid, expiresOn: '2026-12-11' };
    const slice = leg(world, { what: 'SLICE', register: 'bank', sender: 'supplier', receiver: buyer });
    return { legs: [{ ...slice, inReturn: cash.id }, cash], said: new Map(), outcome: undefined };
  });
  const slices = origin.pieces.map(({ holder }) => ({ holder, state: 'FREE' as const }));
  const said = { reported: new Map(), attested: new Map(), returned: new Map() };
  return { model: { date: START, batches, slices, ...said }, real: { ...origin, world, told: [] } };
}

/** A step, and by whom. */
interface Step {
  readonly verb: Verb;
  readonly leg: 0 | 1;
  readonly by: PartyName;
  /** The second one, where it is not the first. */
  readonly batch?: number;
}

const STEPS = {
  allocate: { verb: 'instruct', leg: 0, by: 'supplier' },
  allocateElsewhere: { verb: 'instruct', leg: 0, by: 'supplier', batch: 1 },
  release: { verb: 'release', leg: 0, by: 'supplier' },
  report: { verb: 'report', leg: 1, by: 'secondBank' },
  attest: { verb: 'attest', leg: 1, by: 'thirdBank' },
  return: { verb: 'return', leg: 1, by: 'thirdBank' },
  deny: { verb: 'deny', leg: 1, by: 'thirdBank' },
  abort: { verb: 'abort', leg: 0, by: 'supplier' },
  commit: { verb: 'commit', leg: 0, by: 'supplier' },
  commitOfBuyer: { verb: 'commit', leg: 0, by: 'secondBank' },
  complete: { verb: 'complete', leg: 0, by: 'supplier' },
  completeOfBuyer: { verb: 'complete', leg: 0, by: 'secondBank' },
} as const satisfies Record<string, Step>;
type StepName = keyof typeof STEPS;

interface Race {
  readonly first: StepName;
  readonly second: StepName;
  /** The step before which both are endorsed. */
  readonly before: Verb;
  /** How the slice is paid, if not by a credit. Such a batch is agreed at last. */
  readonly money?: 'BLOCK';
  /** The business date, if it has moved on. */
  readonly on?: string;
  /** Where the second is ordered first, the first stands all the same. */
  readonly bothStand?: true;
}

const RACES: readonly Race[] = [
  { first: 'allocate', second: 'allocateElsewhere', before: 'instruct' },
  { first: 'release', second: 'report', before: 'report', on: LATE },
  { first: 'release', second: 'commit', before: 'commit', money: 'BLOCK', on: LATE },
  { first: 'abort', second: 'commit', before: 'commit', money: 'BLOCK', on: LATE },
  { first: 'abort', second: 'report', before: 'report', on: LATE },
  { first: 'attest', second: 'deny', before: 'attest', on: '2026-12-21' },
  { first: 'commit', second: 'commitOfBuyer', before: 'commit' },
  { first: 'complete', second: 'completeOfBuyer', before: 'complete' },
  // Both give the slice back.
  { first: 'abort', second: 'release', before: 'report', on: LATE, bothStand: true },
  // A credit that nobody ordered commits nothing any more, and its bank sends it back.
  { first: 'attest', second: 'release', before: 'report', on: LATE, bothStand: true },
  { first: 'attest', second: 'abort', before: 'report', on: LATE, bothStand: true },
  // Money that goes back after the commitment was the payee's: the bank answers to it, and the batch stays committed.
  { first: 'return', second: 'commit', before: 'commit', bothStand: true },
];

const attemptOf = (model: Model, { leg: index, by, batch: number = 0 }: Step): Attempt => {
  const batch = model.batches[number];
  const of = batch?.legs[index];
  if (batch === undefined || of === undefined) throw new Error('there are two batches of two legs');
  return { batch, leg: of, who: by, uetr: UETR, status: 'ACSP' };
};

/** Endorses a step on what is committed now, and orders nothing of it but the ticket that it needs. */
async function endorse(model: Model, real: Real, name: StepName): Promise<Endorsed> {
  const step: Step = STEPS[name];
  const attempt = attemptOf(model, step);
  expect([name, RULES[step.verb](model, attempt)]).toEqual([name, true]);
  const { world } = real;
  const held: Endorsed[] = [];
  const order = world.order.bind(world);
  const spied = jest.spyOn(world, 'order').mockImplementation((each) => {
    if (each.call.name === 'ticket:prepare') return order(each);
    held.push(each);
    return 'VALID';
  });
  await ACTS[step.verb](real, attempt);
  spied.mockRestore();
  const [endorsed] = held;
  if (endorsed === undefined) throw new Error('nothing was sent');
  return endorsed;
}

/** Takes the first batch as far as the step. */
async function walk(model: Model, real: Real, before: Verb): Promise<void> {
  for (;;) {
    const [verb, attempt] = nextOf(model, { batch: 0, uetr: UETR, status: 'ACSP' }) ?? [];
    if (verb === undefined || attempt === undefined || verb === before) return;
    await ACTS[verb](real, attempt);
    EFFECTS[verb](model, attempt);
    if (verb === 'instruct') attempt.leg.row = await rowAt(real, attempt.leg);
  }
}

async function agree(model: Model, real: Real): Promise<void> {
  const attempt = attemptOf(model, { verb: 'agree', leg: 0, by: 'supplier' });
  await ACTS.agree(real, attempt);
  EFFECTS.agree(model, attempt);
}

/** What becomes of two steps that are ordered one after the other. */
async function raced(
  { before, money, on = START }: Race,
  names: readonly [StepName, StepName],
): Promise<readonly string[]> {
  const { model, real } = trades(money);
  await walk(model, real, before);
  if (money !== undefined) await agree(model, real);
  await real.world.moveTo(on);
  model.date = on;
  const both = [await endorse(model, real, names[0]), await endorse(model, real, names[1])];
  return both.map((each) => real.world.order(each));
}

const LOST = ['VALID', 'MVCC_READ_CONFLICT'];

it.each(RACES)(
  'of $first and $second on the same state, the one that comes second is lost, or does no harm',
  async (each) => {
    expect(await raced(each, [each.first, each.second])).toEqual(LOST);
    expect(await raced(each, [each.second, each.first])).toEqual(each.bothStand === true ? ['VALID', 'VALID'] : LOST);
  },
);
