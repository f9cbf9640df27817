/** Cases of block-to-live: when values and hashes go, what gives them more time, and what is read and delivered afterwards. */
import { collectionsOf, outOf } from '../support/policy.js';
import type { Context, Prepared } from '../support/context.js';
import { BRIEF_COLLECTIONS, DEFINITIONS } from '../support/net.js';
import type { Org } from '../support/net.js';
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';
import { put } from './blocks.js';
import { privateOf } from './events.js';

const chaincode = 'brief';

interface Place {
  readonly key: string;
  readonly collection: string;
}

/** A block without anything in it that the case looks at. */
let blocks = 0;
const nextBlock = (t: Context): Promise<void> => {
  blocks += 1;
  return t.given({ chaincode: 'any', steps: [put(t.key(`o${String(blocks)}`))] });
};

const look = (t: Context, at: Place, org: Org = 'Org1'): Promise<unknown> => {
  const steps: Step[] = [
    { do: 'get', ...at, caught: true },
    { do: 'hash', ...at },
  ];
  return t.evaluate({ chaincode, steps, at: org, creator: t.net.users[org] }).then(withoutVersions);
};

/** Numbers of blocks differ from run to run. */
const withoutVersions = (outcome: unknown): unknown =>
  JSON.parse(JSON.stringify(outcome).replaceAll(/\{BlockNum: \d+, TxNum: \d+\}/g, '{version}')) as unknown;

/** What is found after each of so many blocks, from now on. */
async function watch(t: Context, at: Place, count: number, org?: Org): Promise<unknown[]> {
  const found = [await look(t, at, org)];
  for (let block = 0; block < count; block += 1) {
    await nextBlock(t);
    found.push(await look(t, at, org));
  }
  return found;
}

const given = (t: Context, ...steps: readonly Step[]): Promise<void> => t.given({ chaincode, steps });

/** A case of one key in a collection, whose blocks it counts. */
const expires = (
  id: string,
  name: string,
  run: (t: Context, at: Place) => Promise<unknown>,
  collection = 'brief',
): Case => ({ id, name, alone: true, run: (t) => run(t, { key: t.key('k'), collection }) });

export const EXPIRY: readonly Case[] = [
  expires('77', 'A private key lives as many blocks as its collection says', async (t, at) => {
    await given(t, { do: 'put', ...at, value: 'v' });
    return watch(t, at, 4);
  }),
  expires(
    'ttl-shortest',
    'A block-to-live of 1 leaves one block',
    async (t, at) => {
      await given(t, { do: 'put', ...at, value: 'v' });
      return watch(t, at, 2);
    },
    'shortest',
  ),
  expires('ttl-again', 'A later write gives the key its whole time again', async (t, at) => {
    await given(t, { do: 'put', ...at, value: 'v' });
    await nextBlock(t);
    await nextBlock(t);
    await given(t, { do: 'put', ...at, value: 'w' });
    return watch(t, at, 4);
  }),
  expires('ttl-last', 'A write in the very block with which the key would go keeps it', async (t, at) => {
    await given(t, { do: 'put', ...at, value: 'v' });
    for (let block = 0; block < 3; block += 1) await nextBlock(t);
    await given(t, { do: 'put', ...at, value: 'w' });
    return watch(t, at, 4);
  }),
  expires('ttl-deleted', 'A key that was deleted and written again has the time of its last write', async (t, at) => {
    await given(t, { do: 'put', ...at, value: 'v' });
    await given(t, { do: 'del', ...at });
    await given(t, { do: 'put', ...at, value: 'w' });
    return watch(t, at, 4);
  }),
  expires('ttl-policy', 'A policy alone gives the key its whole time again, and goes with it', async (t, at) => {
    await given(t, { do: 'put', ...at, value: 'v' });
    await nextBlock(t);
    await given(t, { do: 'policy', ...at, policy: Buffer.from(outOf(1, 'Org1MSP.peer')).toString('base64') });
    const found = await watch(t, at, 4);
    return [found, await t.evaluate({ chaincode, steps: [{ do: 'getPolicy', ...at }] })];
  }),
  expires(
    'ttl-read',
    'What was read before is current in the block with which the key goes, and not after',
    async (t, at) => {
      await given(t, { do: 'put', ...at, value: 'v' });
      const readers: Prepared[] = [];
      for (const key of ['with', 'after']) {
        readers.push(await t.prepare({ chaincode, steps: [{ do: 'get', ...at }, put(t.key(key))] }));
      }
      for (let block = 0; block < 3; block += 1) await nextBlock(t);
      const outcomes: unknown[] = [];
      for (const reader of readers) outcomes.push(await t.commit(reader));
      return outcomes;
    },
  ),
  expires('ttl-absent', 'A key that went was never there for who reads it next', async (t, at) => {
    await given(t, { do: 'put', ...at, value: 'v' });
    for (let block = 0; block < 4; block += 1) await nextBlock(t);
    const read = await t.prepare({ chaincode, steps: [{ do: 'get', ...at }, put(t.key('r'))] });
    return [
      await t.commit(read),
      await t.submit({ chaincode, steps: [{ do: 'put', ...at, value: 'w' }] }),
      await look(t, at),
    ];
  }),
  expires(
    'ttl-other',
    'The hash goes at peers that never had the value',
    async (t, at) => {
      await given(t, { do: 'put', ...at, value: 'v' });
      return watch(t, at, 4, 'Org3');
    },
    'pair',
  ),
  expires('ttl-range', 'A range has the values until they go', async (t, at) => {
    await given(t, { do: 'put', ...at, value: 'v' });
    const range = (): Promise<unknown> =>
      t.evaluate({ chaincode, steps: [{ do: 'range', start: at.key, end: `${at.key}~`, collection: at.collection }] });
    const found = [await range()];
    for (let block = 0; block < 4; block += 1) {
      await nextBlock(t);
      found.push(await range());
    }
    return found;
  }),
  expires('ttl-deliver', 'Blocks are delivered with private data until it goes', async (t, at) => {
    const { txId, ...prepared } = await t.prepare({ chaincode, steps: [{ do: 'put', ...at, value: 'v' }] });
    await t.commit({ txId, ...prepared });
    const { block } = await t.status(txId);
    const found: unknown[] = [];
    for (let more = 0; more < 5; more += 1) {
      const { responses } = await t.deliver('deliverWithPrivateData', { start: block, stop: block, wanted: 2 });
      found.push(privateOf(responses[0], txId));
      await nextBlock(t);
    }
    return found;
  }),
  expires(
    'ttl-unsent',
    'A member that was not sent what goes soon does not ask for it',
    async (t, at) => {
      const steps: Step[] = [{ do: 'put', ...at, value: 'v' }];
      await t.given({ chaincode, steps, targets: ['Org1MSP'] });
      return [await look(t, at), await watch(t, at, 4, 'Org2')];
    },
    'unsent',
  ),
  expires(
    'ttl-unsent-long',
    'A member that was not sent what lives longer asks for it',
    async (t, at) => {
      const steps: Step[] = [{ do: 'put', ...at, value: 'v' }];
      await t.given({ chaincode, steps, targets: ['Org1MSP'] });
      return [await look(t, at), await look(t, at, 'Org2')];
    },
    'longer',
  ),
  {
    id: 'ttl-upgrade',
    name: 'An upgrade keeps every collection with its block-to-live',
    alone: true,
    run: async (t) => {
      const said = async (...changed: typeof BRIEF_COLLECTIONS): Promise<unknown> => {
        const terms = { ...DEFINITIONS[chaincode], sequence: 2, version: '2', collections: collectionsOf(...changed) };
        const refused: unknown = await t.net.deploy(chaincode, terms).then(
          () => undefined,
          (cause: unknown) => cause,
        );
        const text = refused instanceof Error ? refused.message : String(refused);
        return /the BlockToLive in .*? Existing value \[\d+\]|existing collection \[\w+\] missing [a-z ]*/.exec(
          text,
        )?.[0];
      };
      const [first, ...others] = BRIEF_COLLECTIONS;
      return first && [await said({ ...first, blockToLive: 5 }, ...others), await said(...others)];
    },
  },
];
