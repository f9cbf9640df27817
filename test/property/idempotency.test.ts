/** Any command sent twice has one effect; other content under its ids has none; and what was ordered twice is valid once. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { TenorError } from '../../chaincode/src/protocol/errors.js';
import { ALL } from '../commands/cases.js';
import type { Call, MemoryLedger } from './support/memoryLedger.js';
import { MemoryWorld, PARTIES, mspOf, type Endorsed } from './support/memoryWorld.js';
import { tellStory } from './support/story.js';

interface Moment {
  readonly endorsed: Endorsed;
  /** The ledger right after it was committed. */
  readonly after: MemoryLedger;
}

/** Every transaction of the story, with the ledger as it left it. */
const moments: Moment[] = [];
beforeAll(async () => {
  const world = await MemoryWorld.found();
  const order = world.order.bind(world);
  world.order = (endorsed) => {
    const validation = order(endorsed);
    moments.push({ endorsed, after: world.ledger.clone() });
    return validation;
  };
  await tellStory(world);
});

async function outcomeOf(ledger: MemoryLedger, call: Call): Promise<string> {
  try {
    const { answer, writes, event } = await ledger.simulate(call);
    const { replayed } = JSON.parse(answer) as { replayed: boolean };
    return replayed && writes.size === 0 && event === undefined ? 'replayed' : 'written again';
  } catch (error) {
    if (error instanceof TenorError) return error.code;
    throw error;
  }
}

const named = (outcomes: readonly (readonly [string, string])[]): Record<string, string[]> => {
  const byName: Record<string, Set<string>> = {};
  for (const [name, outcome] of outcomes) (byName[name] ??= new Set()).add(outcome);
  return Object.fromEntries(
    Object.entries(byName)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, set]) => [name, [...set].sort()]),
  );
};

describe('a repeat of the same bytes', () => {
  it('answers that it is a replay, and writes nothing', async () => {
    const outcomes = await Promise.all(
      moments.map(async ({ endorsed, after }) => [endorsed.call.name, await outcomeOf(after, endorsed.call)] as const),
    );
    const expected = ALL.map(({ name, repeat = 'replayed' }) => [name, repeat] as const);
    // The voice that closed a proposal meets that it is closed.
    const closing = ['registry:approve', 'PROPOSAL_CLOSED'] as const;
    expect(named(outcomes)).toEqual(named([...expected, closing].filter(([name]) => name !== 'registry:bootstrap')));
  });

  it('is valid once when it is ordered twice', () => {
    // Taking one's own record back once more changes nothing.
    for (const { endorsed, after } of moments.filter(({ endorsed: { call } }) => call.name !== 'book:restore')) {
      const ledger = after.clone();
      const before = ledger.dump();
      expect([endorsed.call.name, ledger.commit(endorsed.simulation, PARTIES.map(mspOf))]).toEqual([
        endorsed.call.name,
        'MVCC_READ_CONFLICT',
      ]);
      expect(ledger.dump()).toBe(before);
    }
  });
});

describe('other content under the same ids', () => {
  const otherSeed = (call: Call): Call => ({
    ...call,
    transient: new Map([...call.transient, ['seed', new Uint8Array(32).fill(9)]]),
  });

  it('is refused, by a code that says so', async () => {
    const salted = moments.filter(({ endorsed }) => !endorsed.call.name.startsWith('registry:'));
    const outcomes = await Promise.all(
      salted.map(
        async ({ endorsed, after }) => [endorsed.call.name, await outcomeOf(after, otherSeed(endorsed.call))] as const,
      ),
    );
    const expected = ALL.filter(({ name }) => !name.startsWith('registry:')).map(
      ({ name, again, repeat = 'replayed' }) => [name, again === 'ok' ? repeat : again] as const,
    );
    // The first of two parts that are counted settles nothing, and meets the totals that it wrote.
    const counted = ['certificate:redeem', 'OPENING_MISSING'] as const;
    // What a funder's limit holds has moved on by the first call.
    const limited = (['batch:approve', 'financing:limit'] as const).map((name) => [name, 'OPENING_MISMATCH'] as const);
    expect(named(outcomes)).toEqual(named([...expected, counted, ...limited]));
  });
});

it('saw every transaction', () => {
  expect(new Set(moments.map(({ endorsed }) => endorsed.call.name)).size).toBeGreaterThan(22);
});
