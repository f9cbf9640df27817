/**
 * Wrong endorsers, at a step of the walk: without the owner of every book that is written the transaction is ordered, found
 * invalid, and leaves every book as it was. Which organisations those are is written by hand in the walk.
 */
import { expect } from '@jest/globals';
import { TenorError } from '@tenor/client';
import type { World } from '../support/world.js';
import { refusal, snapshot } from './dealBooks.js';
import { asGiven, type Ready } from './dealStand.js';

/** Sets of endorsers that lack somebody: one owner left out, or, where one alone is needed, somebody else instead. */
function wrongSets(world: World, { endorsers }: Ready, isPublic: boolean): string[][] {
  const all = world.ledger.organizations.map(({ mspId }) => mspId);
  // Public state asks for a majority: every smaller number is too few.
  if (isPublic) return all.slice(0, Math.floor(all.length / 2)).map((_, index) => endorsers.slice(0, index + 1));
  if (endorsers.length === 1) return [all.filter((mspId) => !endorsers.includes(mspId)).slice(0, 1)];
  return endorsers.map((left) => endorsers.filter((mspId) => mspId !== left));
}

/** A step that stands ready is found invalid and writes nothing without the owner of each book that it writes. */
export async function expectEveryOneNeeded(world: World, ready: Ready): Promise<void> {
  const { step } = ready;
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
}
