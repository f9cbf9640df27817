/** Every case reaches what it says: the call that it ends with is taken and valid. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { CommandName } from '../../chaincode/src/protocol/commands/index.js';
import { MemoryWorld } from '../property/support/memoryWorld.js';
import { CASES } from './cases.js';
import { play, type Case } from './support/stage.js';

let founded: MemoryWorld;
let empty: MemoryWorld;
beforeAll(async () => {
  founded = await MemoryWorld.found();
  empty = await MemoryWorld.unfounded();
});

describe.each(Object.values(CASES) as Case[])('$name', (each) => {
  it('is reached, and valid', async () => {
    const world = each.unfounded === true ? empty.clone() : founded.clone();
    await play(world, each);
    const { endorsed, validation } = world.history.at(-1) ?? {};
    expect([endorsed?.call.name, endorsed?.replayed, validation]).toEqual([each.name, false, 'VALID']);
    expect(world.history.filter((one) => one.validation !== 'VALID')).toEqual([]);
  });
});

it('can be played one after the other in one world', async () => {
  const world = founded.clone();
  const cases = (Object.values(CASES) as Case[]).filter(({ unfounded }) => unfounded !== true);
  for (const each of cases) await play(world, each);
  const played = new Set<CommandName>(cases.map(({ name }) => name));
  expect(played.size).toBe(Object.keys(CASES).length - 1);
});
