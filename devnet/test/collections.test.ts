// Explicit collections: members, permissions, policies, the way of private data to the members, and their end.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { collectionsOf, endorseRaw, policyOf, codeOf, refusal } from './support/raw.js';
import type { Step } from './support/scriptChaincode.js';
import { CHAINCODE, evaluate, openWorld, ORG1, ORG2, ORG3, submit, userOf, type World } from './support/world.js';

const PAIR = 'pair';
const CLOSED = 'closed';
const OWN_POLICY = 'own-policy';
const SPREAD = 'spread';

const put = (collection: string, key: string, value = 'v'): Step => ({ do: 'put', collection, key, value });
const get = (collection: string, key: string): Step => ({ do: 'get', collection, key });

describe('an explicit collection', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld({
      policy: policyOf(1, [
        [ORG1, 'PEER'],
        [ORG2, 'PEER'],
        [ORG3, 'PEER'],
      ]),
      collections: collectionsOf(
        { name: PAIR, members: [ORG1, ORG2] },
        { name: CLOSED, members: [ORG1], memberOnlyRead: true, memberOnlyWrite: true },
        {
          name: OWN_POLICY,
          members: [ORG1, ORG2],
          endorsementPolicy: policyOf(2, [
            [ORG1, 'PEER'],
            [ORG2, 'PEER'],
          ]),
        },
        { name: SPREAD, members: [ORG1], requiredPeerCount: 1, maximumPeerCount: 1 },
      ),
    });
  });

  afterAll(async () => {
    await world.close();
  });

  it('gives every member the value, whoever endorsed, and others the hash', async () => {
    await submit(world.contract(ORG1), [put(PAIR, 'a')], { endorsingOrganizations: [ORG1] });
    expect(await evaluate(world.contract(ORG1), [get(PAIR, 'a')])).toEqual(['v']);
    expect(await evaluate(world.contract(ORG2), [get(PAIR, 'a')], { endorsingOrganizations: [ORG2] })).toEqual(['v']);
    const hash: Step = { do: 'getHash', collection: PAIR, key: 'a' };
    const expected = createHash('sha256').update('v').digest('hex');
    expect(await evaluate(world.contract(ORG3), [hash], { endorsingOrganizations: [ORG3] })).toEqual([expected]);
    const error = await refusal(
      endorseRaw(world.engine, ORG3, { creator: userOf(world.orgs, ORG3), steps: [get(PAIR, 'a')], endorsers: [ORG3] }),
    );
    expect(error).toContain('failed to collect enough');
  });

  it('ranges over the values where they are, and over nothing elsewhere', async () => {
    await submit(world.contract(ORG1), [put(PAIR, 'r1'), put(PAIR, 'r2')], { endorsingOrganizations: [ORG2] });
    const range: Step = { do: 'range', collection: PAIR, start: 'r', end: 's' };
    expect(await evaluate(world.contract(ORG1), [range])).toEqual([['r1', 'r2']]);
    expect(await evaluate(world.contract(ORG3), [range], { endorsingOrganizations: [ORG3] })).toEqual([[]]);
  });

  it.each([
    ['read', get(CLOSED, 'x')],
    ['write', put(CLOSED, 'x')],
  ] as const)('that is closed to non-members refuses their %s', async (access, step) => {
    const gateway = world.contract(ORG2);
    const error = await evaluate(gateway, [step]).catch((reason: unknown) => JSON.stringify(reason));
    expect(error).toContain(
      `tx creator does not have ${access} access permission on privatedata in chaincodeName:script collectionName: ${CLOSED}`,
    );
  });

  it('puts its own endorsement policy in the place of the chaincode’s', async () => {
    const creator = userOf(world.orgs, ORG1);
    const steps = [put(OWN_POLICY, 'p')];
    expect(await codeOf(world.engine, ORG1, { creator, steps, endorsers: [ORG1] })).toBe(10);
    expect(await codeOf(world.engine, ORG1, { creator, steps, endorsers: [ORG1, ORG2] })).toBe(0);
    expect(await codeOf(world.engine, ORG1, { creator, steps })).toBe(0);
  });

  it('is not endorsed when fewer peers than required could have the data', async () => {
    const error = await refusalDetails(submit(world.contract(ORG1), [put(SPREAD, 's')]));
    expect(error).toMatch(
      /error in simulation: failed to distribute private collection, txID [0-9a-f]{64}, channel test-channel: could not build private data dissemination plan for chaincode script and collection spread: required to disseminate to at least 1 peers, but know of only 0 eligible peers/,
    );
  });

  it('keeps neither value nor hash of a purged key on any member', async () => {
    await submit(world.contract(ORG1), [put(PAIR, 'gone')]);
    await submit(world.contract(ORG1), [{ do: 'purge', collection: PAIR, key: 'gone' }]);
    for (const org of [ORG1, ORG2]) {
      const steps: Step[] = [get(PAIR, 'gone'), { do: 'getHash', collection: PAIR, key: 'gone' }];
      expect(await evaluate(world.contract(org), steps, { endorsingOrganizations: [org] })).toEqual(['', '']);
    }
  });

  it('reaches a member that was stopped when it is started again', async () => {
    await world.engine.stopPeer(ORG2);
    await submit(world.contract(ORG1), [put(PAIR, 'late')], { endorsingOrganizations: [ORG1] });
    await world.engine.startPeer(ORG2);
    expect(await evaluate(world.contract(ORG2), [get(PAIR, 'late')])).toEqual(['v']);
  });
});

describe('a collection with a block-to-live of 3', () => {
  const BRIEF = { name: 'brief', members: [ORG1, ORG2], maximumPeerCount: 0, blockToLive: 3 };
  const steps: Step[] = [get('brief', 'k'), { do: 'getHash', collection: 'brief', key: 'k' }];
  const only = { endorsingOrganizations: [ORG1] };
  let world: World;

  beforeEach(async () => {
    const policy = policyOf(1, [
      [ORG1, 'PEER'],
      [ORG2, 'PEER'],
    ]);
    world = await openWorld({ policy, collections: collectionsOf(BRIEF) });
  });
  afterEach(() => world.close());

  const blocks = async (count: number): Promise<void> => {
    for (let block = 0; block < count; block += 1) {
      await submit(world.contract(ORG1), [{ do: 'put', key: 'other', value: String(block) }], only);
    }
  };
  const found = (org: string): Promise<unknown> =>
    evaluate(world.contract(org), steps, { endorsingOrganizations: [org] });

  it('loses value and hash with the fourth block after', async () => {
    await submit(world.contract(ORG1), [put('brief', 'k')], only);
    await blocks(3);
    expect(await found(ORG1)).toEqual(['v', createHash('sha256').update('v').digest('hex')]);
    await blocks(1);
    expect(await found(ORG1)).toEqual(['', '']);
    expect(world.engine.record(0).flatMap(({ privateSets }) => privateSets)).toEqual([]);
  });

  it('is empty for a peer that lost its ledger and commits every block again', async () => {
    await submit(world.contract(ORG1), [put('brief', 'k')], only);
    await blocks(4);
    await world.engine.loseLedger(ORG1);
    expect(await found(ORG1)).toEqual(['', '']);
  });

  it('is empty for a member that was stopped all the time', async () => {
    await world.engine.stopPeer(ORG2);
    await submit(world.contract(ORG1), [put('brief', 'k')], only);
    await blocks(4);
    await world.engine.startPeer(ORG2);
    expect(await found(ORG2)).toEqual(['', '']);
  });

  it('keeps its setting, and stays, when the chaincode is upgraded', async () => {
    const upgrade = (collections: Uint8Array): Promise<string> =>
      refusal(
        world.engine.deploy({
          name: CHAINCODE,
          packageId: 'p',
          addresses: {},
          collections,
        }),
      );
    expect(await upgrade(collectionsOf({ ...BRIEF, blockToLive: 4 }))).toBe(
      'the BlockToLive in an existing collection [brief] modified. Existing value [3]',
    );
    expect(await upgrade(collectionsOf({ ...BRIEF, name: 'another' }))).toBe(
      'existing collection [brief] missing in the proposed collection configuration',
    );
    expect(await upgrade(collectionsOf())).toBe(
      'the proposed collection config does not contain previously defined collections',
    );
  });
});

describe('a definition', () => {
  it.each([
    ['a wrong name', { name: '_c', members: [ORG1] }, 'invalid collection name'],
    [
      'too few peers',
      { name: 'c', members: [ORG1], requiredPeerCount: 2, maximumPeerCount: 1 },
      'maximum peer count (1)',
    ],
  ] as const)('with %s is refused', async (_what, collection, text) => {
    expect(await refusal(openWorld({ collections: collectionsOf(collection) }))).toContain(text);
  });

  it('that requires it runs no call before Init, and Init once', async () => {
    const world = await openWorld({ initRequired: true });
    const creator = userOf(world.orgs, ORG1);
    const details = (isInit: boolean): Promise<string> =>
      refusalDetails(endorseRaw(world.engine, ORG1, { creator, steps: [], isInit }));
    expect(await details(false)).toContain(
      "invalid invocation: chaincode 'script' has not been initialized for this version, must call as init first",
    );
    expect(await codeOf(world.engine, ORG1, { creator, steps: [], isInit: true })).toBe(0);
    expect(await codeOf(world.engine, ORG1, { creator, steps: [] })).toBe(0);
    expect(await details(true)).toContain("chaincode 'script' is already initialized but called as init");
    await world.close();
  });

  it('that does not require it refuses an Init', async () => {
    const world = await openWorld();
    const creator = userOf(world.orgs, ORG1);
    const error = await refusalDetails(endorseRaw(world.engine, ORG1, { creator, steps: [], isInit: true }));
    expect(error).toContain("chaincode 'script' does not require initialization but called as init");
    await world.close();
  });
});

/** The text of a refusal with those of its details. */
async function refusalDetails(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const { metadata, details } = error as { metadata?: { get(name: string): unknown[] }; details?: unknown };
    const bytes = metadata?.get('grpc-status-details-bin')[0];
    return `${String(error)} ${JSON.stringify(details)} ${bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : ''}`;
  }
  throw new Error('nothing was refused');
}
