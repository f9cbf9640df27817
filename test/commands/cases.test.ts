/** Every case reaches what it says: the call that it ends with is taken and valid. */
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { EVENTS, type CommandName } from '../../chaincode/src/protocol/commands/index.js';
import { MemoryWorld } from '../property/support/memoryWorld.js';
import { ALL } from './cases.js';
import { play } from './support/play.js';

let founded: MemoryWorld;
let empty: MemoryWorld;
beforeAll(async () => {
  founded = await MemoryWorld.found();
  empty = await MemoryWorld.unfounded();
});

describe.each(ALL)('$name', (each) => {
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
  const cases = ALL.filter(({ unfounded }) => unfounded !== true);
  for (const each of cases) await play(world, each);
  const played = new Set<CommandName>(cases.map(({ name }) => name));
  expect(played.size).toBe(ALL.length - 1);
});

it('stands beside the table of its rule, and none without a command', () => {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  const named = (ending: string): string[] =>
    files
      .filter((file) => file.endsWith(ending) && file.includes('/'))
      .map((file) => file.slice(0, -ending.length).replace('/', ':'))
      .sort();
  const commands = Object.keys(EVENTS).sort();
  expect([named('.case.ts'), named('.test.ts')]).toEqual([commands, commands]);
});
