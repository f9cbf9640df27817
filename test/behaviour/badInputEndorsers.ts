/**
 * Wrong endorsers, command by command: without the owner of every book that is written the transaction is ordered, found
 * invalid, and leaves every book as it was. Which organisations those are is written by hand in the walk.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenorError } from '@tenor/client';
import type { TopologyName } from '@tenor/network';
import { stepsOn } from '../support/hosting.js';
import type { OpenLedger } from '../support/ledger.js';
import { World } from '../support/world.js';
import { outcome, refusal, snapshot } from './dealBooks.js';
import { asGiven, stand, type Ready } from './dealStand.js';
import type { Step } from './dealStep.js';
import { REPEATS, walk } from './dealWalk.js';

/** Sets of endorsers that lack somebody: one owner left out, or, where one alone is needed, somebody else instead. */
function wrongSets(world: World, { endorsers }: Ready, isPublic: boolean): string[][] {
  const all = world.ledger.organizations.map(({ mspId }) => mspId);
  // Public state asks for a majority: every smaller number is too few.
  if (isPublic) return all.slice(0, Math.floor(all.length / 2)).map((_, index) => endorsers.slice(0, index + 1));
  if (endorsers.length === 1) return [all.filter((mspId) => !endorsers.includes(mspId)).slice(0, 1)];
  return endorsers.map((left) => endorsers.filter((mspId) => mspId !== left));
}

/** Every command with too few or wrong endorsers. */
export function shouldNeedEveryEndorser(open: OpenLedger, on: TopologyName = 'five-org'): void {
  describe('wrong endorsers', () => {
    let world: World;
    beforeAll(async () => {
      world = await World.found(await open());
    });
    afterAll(() => world.close());

    it.each(
      stepsOn(
        on,
        walk(() => world),
      ).filter(({ name }) => !REPEATS.includes(name)),
    )('make $name invalid and write nothing', (step) => expectEveryOneNeeded(world, step));
  });
}

async function expectEveryOneNeeded(world: World, step: Step): Promise<void> {
  const ready = await stand(world, step);
  const books = step.books ?? ['bank'];
  const before = await snapshot(world, books, step.writes);
  for (const endorsers of wrongSets(world, ready, step.books === undefined)) {
    const { argument, transient } = asGiven(ready);
    const error = await refusal(ready.by.sender.submitOnce(step.name, argument, transient, endorsers));
    expect([endorsers, error.code, error.data]).toEqual([
      endorsers,
      'ENDORSEMENT_POLICY_FAILURE',
      { validation: 'ENDORSEMENT_POLICY_FAILURE' },
    ]);
    expect(error).toBeInstanceOf(TenorError);
    expect(error.transactionId).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(await snapshot(world, books, step.writes)).toEqual(before);
  expect(
    await outcome(ready.by.sender.submitOnce(step.name, asGiven(ready).argument, ready.transient, ready.endorsers)),
  ).toBe('ok');
}
