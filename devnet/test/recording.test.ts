// What one engine was brought to is taken over by another, which from then on is on its own.
import { afterEach, describe, expect, it } from '@jest/globals';
import { bookOf, evaluate, openWorld, ORG1, ORG2, ORG3, submit, type World } from './support/world.js';

const both = { endorsingOrganizations: [ORG1, ORG2] };
const put = (key: string, value: string, mspId?: string) =>
  ({ do: 'put', key, value, ...(mspId === undefined ? {} : { collection: bookOf(mspId) }) }) as const;
const read = async (world: World, mspId: string, key: string, collection?: string): Promise<unknown> => {
  const step = { do: 'get', key, ...(collection === undefined ? {} : { collection }) } as const;
  const [value] = await evaluate(world.contract(mspId), [step], { endorsingOrganizations: [mspId] });
  return value;
};

describe('recorded blocks', () => {
  const worlds: World[] = [];
  const open = async (): Promise<World> => {
    const world = await openWorld();
    worlds.push(world);
    return world;
  };
  afterEach(async () => {
    await Promise.all(worlds.splice(0).map((world) => world.close()));
  });

  it('bring another engine to the same public and private state, each value to its owners alone', async () => {
    const [first, second] = [await open(), await open()];
    const from = first.engine.height;
    await submit(first.contract(ORG1), [put('k', 'public'), put('k', 'of 1', ORG1), put('k', 'of 2', ORG2)], both);
    await submit(first.contract(ORG1), [put('k', 'changed', ORG2)], both);
    await second.engine.replay(first.engine.record(from));
    expect(second.engine.height).toBe(first.engine.height);
    expect(await read(second, ORG3, 'k')).toBe('public');
    expect(await read(second, ORG1, 'k', bookOf(ORG1))).toBe('of 1');
    expect(await read(second, ORG2, 'k', bookOf(ORG2))).toBe('changed');
    await expect(read(second, ORG3, 'k', bookOf(ORG1))).rejects.toThrow();
  });

  it('leave both on their own afterwards', async () => {
    const [first, second] = [await open(), await open()];
    const from = first.engine.height;
    await submit(first.contract(ORG1), [put('k', 'one')], both);
    await second.engine.replay(first.engine.record(from));
    await submit(second.contract(ORG1), [put('k', 'two')], both);
    expect([await read(first, ORG1, 'k'), await read(second, ORG1, 'k')]).toEqual(['one', 'two']);
  });

  it('are checked as new ones are: what is not valid here is refused', async () => {
    const [first, second] = [await open(), await open()];
    const from = first.engine.height;
    await submit(first.contract(ORG1), [put('k', 'one')], both);
    const blocks = first.engine.record(from);
    await second.engine.replay(blocks);
    await expect(second.engine.replay(blocks)).rejects.toThrow('a recorded transaction is not valid here');
  });
});
