/** The story that other properties run on takes every transaction there is. */
import { expect, it } from '@jest/globals';
import { EVENTS } from '../../chaincode/src/protocol/commands/index.js';
import { MemoryWorld } from './support/memoryWorld.js';
import { tellStory } from './support/story.js';

it('takes every transaction that writes, and each is valid', async () => {
  const world = await MemoryWorld.found();
  await tellStory(world);
  expect(new Set(world.history.map(({ endorsed }) => endorsed.call.name))).toEqual(new Set(Object.keys(EVENTS)));
  expect(world.history.filter(({ validation }) => validation !== 'VALID')).toEqual([]);
});
