// Implicit collections: who must endorse, who can read, what everybody can prove.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bookOf, evaluate, openWorld, ORG1, ORG2, ORG3, submit, type World } from './support/world.js';

describe('implicit collections', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it('puts one value into two books and reads it back from each owner', async () => {
    await submit(
      world.contract(ORG1),
      [
        { do: 'put', key: 'k', value: 'v', collection: bookOf(ORG1) },
        { do: 'put', key: 'k', value: 'v', collection: bookOf(ORG2) },
      ],
      { endorsingOrganizations: [ORG1, ORG2] },
    );
    for (const mspId of [ORG1, ORG2]) {
      const [value] = await evaluate(world.contract(mspId), [{ do: 'get', key: 'k', collection: bookOf(mspId) }], {
        endorsingOrganizations: [mspId],
      });
      expect(value).toBe('v');
    }
    const [hash] = await evaluate(world.contract(ORG3), [{ do: 'getHash', key: 'k', collection: bookOf(ORG1) }]);
    expect(hash).toBe(createHash('sha256').update('v').digest('hex'));
  });
});
