/** Calls that want the same place in a book at the same time: none is lost, no place is taken twice on a date, and a repeat takes none. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimInput } from '../deal/inputs.js';
import { MemoryWorld, mspOf, type Endorsed } from './support/memoryWorld.js';
import { race } from './support/race.js';

const TOMORROW = '2026-11-24';
const seedOf = (number: number): Uint8Array => new Uint8Array(32).fill(number);
const claimWith = (world: MemoryWorld, seed: number): (() => Promise<Endorsed>) => {
  const input = { ...claimInput(world, world.reference(), '1000'), books: 'register' as const };
  return () => world.endorse('issuer', 'maker', 'document:claim', input, seedOf(seed));
};
/** Key and value of every place in the bank's book that a transaction takes. */
const placesOf = ({ simulation }: Endorsed): (readonly [key: string, value: string])[] =>
  [...simulation.writes].flatMap(([place, { bytes }]) => {
    const key = place.slice(`_implicit_org_${mspOf('bank')}\u0000`.length);
    return key.startsWith('own/intake/') ? [[key, String(bytes?.toString())] as const] : [];
  });

describe('calls of one organisation into one book', () => {
  it('all come in, each with a place of its own, whoever loses a race', async () => {
    const founded = await MemoryWorld.found();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
        async (seeds, turns) => {
          const world = founded.clone();
          for (const today of [world.date, TOMORROW]) {
            await world.moveTo(today);
            const before = world.history.length;
            const racers = seeds.map((seed) => ({ name: String(seed), endorse: claimWith(world, seed) }));
            const finished = await race(world, racers, turns, () => undefined);
            expect(finished.map(({ outcome }) => outcome)).toEqual(seeds.map(() => 'committed'));
            const taken = world.history
              .slice(before)
              .filter(({ validation }) => validation === 'VALID')
              .flatMap(({ endorsed }) => placesOf(endorsed));
            expect(taken).toHaveLength(seeds.length);
            expect(new Set(taken.map(([key]) => key)).size).toBe(seeds.length);
            expect(new Set(taken.map(([, value]) => value))).toEqual(
              new Set([`{"date":"${today}","schema":"tenor.intake/1"}`]),
            );
          }
        },
      ),
      { seed: 20261123, numRuns: 40 },
    );
  });

  it('lose a race for the same place to exactly one of them, and take the next', async () => {
    const world = (await MemoryWorld.found()).clone();
    const [first, second] = [claimWith(world, 1), claimWith(world, 1)];
    const [won, lost] = [await first(), await second()];
    expect(placesOf(lost)).toEqual(placesOf(won));
    expect([world.order(won), world.order(lost)]).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    const again = await second();
    expect(placesOf(again)).not.toEqual(placesOf(won));
    expect(world.order(again)).toBe('VALID');
  });

  it('are refused after a hundred with one seed, until the date moves on; a repeat needs no place', async () => {
    const world = await MemoryWorld.found();
    const calls = Array.from({ length: 101 }, () => claimWith(world, 9));
    const taken = new Set<string>();
    let refused: unknown;
    for (const call of calls) {
      try {
        const endorsed = await call();
        world.order(endorsed);
        for (const [key] of placesOf(endorsed)) taken.add(key);
      } catch (error) {
        refused ??= error;
      }
    }
    expect(refused).toMatchObject({ code: 'QUOTA_REACHED', data: { mspId: mspOf('bank'), command: 'document:claim' } });
    expect(taken.size).toBeGreaterThan(90); // a place may be drawn twice
    expect(taken.size).toBeLessThanOrEqual(100);
    expect((await calls[0]?.())?.replayed).toBe(true);
    await world.moveTo(TOMORROW);
    expect(world.order((await calls.at(-1)?.()) as Endorsed)).toBe('VALID');
  });
});
