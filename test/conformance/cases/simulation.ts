/** Cases of simulation: what is read, what the read-write set says, private data on its way. */
import { common } from '@hyperledger/fabric-protos';
import { rwsetOf } from '../support/envelope.js';
import { outcomeOf, type Context } from '../support/context.js';
import { outOf } from '../support/policy.js';
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';

const get = (t: Context, key = 'k'): Promise<unknown> =>
  t.evaluate({ chaincode: 'any', steps: [{ do: 'get', key: t.key(key) }] });

const numbered = (t: Context, count: number): Promise<void> =>
  t.given({ chaincode: 'any', steps: [{ do: 'fill', prefix: t.key('n'), count }] });

const range = (t: Context, take?: number): Step => ({
  ...{ do: 'range', start: t.key('n'), end: t.key('o') },
  ...(take === undefined ? {} : { take }),
});

/** A case of one endorsement: its read-write set. */
const recorded = (
  id: string,
  name: string,
  steps: (t: Context) => readonly Step[],
  given?: (t: Context) => Promise<void>,
): Case => ({
  id,
  name,
  run: async (t) => {
    await given?.(t);
    for (let index = 1; index <= 160; index += 1) t.key(`n${String(index).padStart(3, '0')}`);
    return outcomeOf(t.endorsed({ chaincode: 'any', steps: steps(t) }).then(({ envelope }) => rwsetOf(envelope)));
  },
});

const here = [{ do: 'put', key: 'k', value: 'v' }] as const;

export const SIMULATION: readonly Case[] = [
  {
    id: '71',
    name: 'A read does not see what the same transaction wrote',
    run: async (t) => {
      await t.given({ chaincode: 'any', steps: [{ do: 'put', key: t.key('k'), value: 'old' }] });
      const steps = [
        { do: 'put', key: t.key('k'), value: 'new' },
        { do: 'get', key: t.key('k') },
        { do: 'range', start: t.key('k'), end: t.key('l') },
      ] as const;
      return t.evaluate({ chaincode: 'any', steps });
    },
  },
  {
    id: '71-private',
    name: 'A private read does not see what the same transaction wrote',
    run: async (t) => {
      const at = { key: t.key('k'), collection: 'one' };
      await t.given({ chaincode: 'any', steps: [{ do: 'put', ...at, value: 'old' }] });
      return t.evaluate({
        chaincode: 'any',
        steps: [
          { do: 'put', ...at, value: 'new' },
          { do: 'get', ...at },
        ],
      });
    },
  },
  {
    id: '72',
    name: 'An empty value deletes',
    run: async (t) => {
      await t.given({ chaincode: 'any', steps: [{ do: 'put', key: t.key('k'), value: 'v' }] });
      const outcome = await t.submit({ chaincode: 'any', steps: [{ do: 'put', key: t.key('k'), value: '' }] });
      const steps = [
        { do: 'get', key: t.key('k') },
        { do: 'range', start: t.key('k'), end: t.key('l') },
      ] as const;
      return [outcome, await t.evaluate({ chaincode: 'any', steps })];
    },
  },
  {
    id: '73',
    name: 'Deleting what is not there is valid',
    run: (t) => t.submit({ chaincode: 'any', steps: [{ do: 'del', key: t.key('k') }] }),
  },
  recorded('74', 'Every call reads the sequence of its definition', () => []),
  recorded('74-write', 'A write alone', (t) => [{ do: 'put', key: t.key('k'), value: 'v' }]),
  recorded('74-same', 'Reads count once, the last write counts', (t) => [
    { do: 'get', key: t.key('k') },
    { do: 'get', key: t.key('k') },
    { do: 'put', key: t.key('k'), value: '1' },
    { do: 'put', key: t.key('k'), value: '2' },
    { do: 'put', key: t.key('a'), value: 'a' },
    { do: 'del', key: t.key('b') },
    { do: 'put', key: t.key('c'), value: '' },
  ]),
  recorded('74-private', 'A private write shows hashes and the reads of the definition', (t) => [
    { do: 'get', key: t.key('r'), collection: 'one' },
    { do: 'put', key: t.key('k'), collection: 'one', value: 'v' },
    { do: 'del', key: t.key('d'), collection: 'all' },
    { do: 'hash', key: t.key('h'), collection: 'two' },
  ]),
  recorded('74-implicit', 'A private write to an implicit collection', (t) => [
    { do: 'put', key: t.key('k'), collection: '_implicit_org_Org1MSP', value: 'v' },
  ]),
  recorded('74-purge', 'A purge is a delete with a mark', (t) => [{ do: 'purge', key: t.key('k'), collection: 'one' }]),
  recorded('74-policy', 'A key policy is a metadata write', (t) => [
    { do: 'policy', key: t.key('k'), policy: Buffer.from(outOf(1, 'Org1MSP.peer')).toString('base64') },
    {
      do: 'policy',
      key: t.key('p'),
      collection: 'one',
      policy: Buffer.from(outOf(1, 'Org1MSP.peer')).toString('base64'),
    },
  ]),
  recorded('74-policy-read', 'Reading a key policy is a read', (t) => [
    { do: 'getPolicy', key: t.key('k') },
    { do: 'getPolicy', key: t.key('p'), collection: 'one' },
  ]),
  recorded(
    '74-range',
    'A small range keeps its reads',
    (t) => [range(t)],
    (t) => numbered(t, 3),
  ),
  recorded(
    '74-range-50',
    'A range of 50 keeps its reads',
    (t) => [range(t)],
    (t) => numbered(t, 50),
  ),
  recorded(
    '74-range-51',
    'A range of 51 keeps hashes',
    (t) => [range(t)],
    (t) => numbered(t, 51),
  ),
  recorded(
    '74-range-150',
    'A range of 150 keeps hashes',
    (t) => [range(t)],
    (t) => numbered(t, 150),
  ),
  recorded(
    '74-range-break',
    'A range that is left after the first row was read ahead',
    (t) => [range(t, 1)],
    (t) => numbered(t, 150),
  ),
  recorded(
    '74-range-break-few',
    'A short range that is left after the first row',
    (t) => [range(t, 1)],
    (t) => numbered(t, 3),
  ),
  recorded(
    '74-range-twice',
    'The same range twice counts once',
    (t) => [range(t), range(t)],
    (t) => numbered(t, 2),
  ),
  recorded('74-range-empty', 'A range of nothing is recorded', (t) => [range(t)]),
  recorded(
    '74-page',
    'A page is recorded as the range that it read',
    (t) => [{ do: 'page', start: t.key('n'), end: t.key('o'), size: 3 }],
    (t) => numbered(t, 7),
  ),
  recorded('74-private-range', 'A private range leaves no trace', (t) => [
    { do: 'range', start: t.key('n'), end: t.key('o'), collection: 'one' },
  ]),
  recorded('74-history', 'A history leaves no trace', (t) => [{ do: 'history', key: t.key('k') }]),
  recorded('74-callee', 'A callee has its own namespace', (t) => [
    { do: 'put', key: t.key('k'), value: 'v' },
    { do: 'call', chaincode: 'each', steps: [{ do: 'get', key: t.key('k') }] },
  ]),
  {
    id: '75',
    name: 'An upgrade between endorsement and commit is a conflict',
    alone: true,
    run: async (t) => {
      const chaincode = 'upgraded';
      const terms = { endorsementPolicy: outOf(1, 'Org1MSP.peer'), hosts: ['org1'] };
      await t.net.deploy(chaincode, terms);
      const prepared = await t.prepare({ chaincode, steps: [{ do: 'put', key: t.key('k'), value: 'v' }] });
      await t.net.deploy(chaincode, { ...terms, sequence: 2, version: '2' });
      const outcome = await t.commit(prepared);
      return [outcome, await t.submit({ chaincode, steps: [{ do: 'put', key: t.key('k'), value: 'v' }] })];
    },
  },
  {
    id: '76',
    name: 'Private data that cannot be distributed is refused',
    run: (t) =>
      t.submit({ chaincode: 'any', steps: [{ do: 'put', key: t.key('k'), collection: 'needy', value: 'v' }] }),
  },
  {
    id: '76-evaluate',
    name: 'Private data that cannot be distributed is refused at evaluate too',
    run: (t) =>
      t.evaluate({ chaincode: 'any', steps: [{ do: 'put', key: t.key('k'), collection: 'needy', value: 'v' }] }),
  },
  {
    id: '78',
    name: 'A purge removes value and hash at all members',
    run: async (t) => {
      const at = { key: t.key('k'), collection: 'all' };
      await t.given({ steps: [{ do: 'put', ...at, value: 'v' }] });
      const outcome = await t.submit({ steps: [{ do: 'purge', ...at }] });
      const steps = [
        { do: 'get', ...at },
        { do: 'hash', ...at },
      ] as const;
      return [outcome, await t.evaluate({ steps }), await t.evaluate({ steps, at: 'Org3', creator: t.net.users.Org3 })];
    },
  },
  {
    id: '79',
    name: 'A transient secret is not in the block',
    run: async (t) => {
      const secret = 'conformance-secret';
      const prepared = await t.prepare({
        ...{ chaincode: 'any', transient: { secret } },
        steps: [{ do: 'putTransient', key: t.key('k'), collection: 'one', field: 'secret' }],
      });
      const outcome = await t.commit(prepared);
      const bytes = Buffer.from(prepared.envelope.serializeBinary());
      return [outcome, bytes.includes(secret), prepared.envelope instanceof common.Envelope];
    },
  },
  {
    id: 'x-member-read',
    name: 'A collection of two is read at both and at no third',
    run: async (t) => {
      const at = { key: t.key('k'), collection: 'shared' };
      await t.given({ chaincode: 'any', steps: [{ do: 'put', ...at, value: 'v' }] });
      const steps = [{ do: 'get', ...at, caught: true }] as const;
      const at2 = await t.evaluate({ chaincode: 'any', steps, at: 'Org2', targets: ['Org2MSP'] });
      const at3 = await t.evaluate({ chaincode: 'any', steps, at: 'Org3', targets: ['Org3MSP'] });
      const text = JSON.stringify([at2, at3]).replaceAll(/\{BlockNum: \d+, TxNum: \d+\}/g, '{version}');
      return JSON.parse(text) as unknown;
    },
  },
  {
    id: 'x-delete-metadata',
    name: 'A value-only write keeps the key policy',
    run: async (t) => {
      const policy = Buffer.from(outOf(1, 'Org1MSP.peer', 'Org2MSP.peer')).toString('base64');
      await t.given({
        chaincode: 'any',
        steps: [
          { do: 'put', key: t.key('k'), value: '1' },
          { do: 'policy', key: t.key('k'), policy },
        ],
      });
      await t.given({ chaincode: 'any', steps: [{ do: 'put', key: t.key('k'), value: '2' }] });
      const [kept] = (await t.query({ chaincode: 'any', steps: [{ do: 'getPolicy', key: t.key('k') }] })) as string[];
      await t.given({ chaincode: 'any', steps: [{ do: 'del', key: t.key('k') }] });
      const [dropped] = (await t.query({
        chaincode: 'any',
        steps: [{ do: 'getPolicy', key: t.key('k') }],
      })) as string[];
      return [kept !== '', dropped !== ''];
    },
  },
  {
    id: 'x-metadata-absent',
    name: 'A policy for an absent key is dropped at commit',
    run: async (t) => {
      const policy = Buffer.from(outOf(1, 'Org2MSP.peer')).toString('base64');
      await t.given({ chaincode: 'any', steps: [{ do: 'policy', key: t.key('k'), policy }] });
      return t.evaluate({
        chaincode: 'any',
        steps: [
          { do: 'getPolicy', key: t.key('k') },
          { do: 'length', key: t.key('k') },
        ],
      });
    },
  },
  {
    id: 'x-after',
    name: 'Values of all kinds come back as they were written',
    run: async (t) => {
      const value = '\u0000\u{1f600}\n"\\';
      await t.given({ chaincode: 'any', steps: [{ ...here[0], key: t.key('k'), value }] });
      return get(t);
    },
  },
];
