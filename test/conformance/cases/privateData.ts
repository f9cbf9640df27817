/** Cases of private data on the stream: who may read and write, hashes, collections that are not there. */
import { createHash } from 'node:crypto';
import type { Case } from '../support/suite.js';
import { all, asked } from './stream.js';

export const PRIVATE_DATA: readonly Case[] = [
  asked('56', 'A collection for members only is not read for others', (t) => [
    { do: 'get', key: t.key('k'), collection: 'readers' },
  ]),
  asked('56-range', 'A collection for members only is not scanned for others', (t) => [
    { do: 'range', ...all(t), collection: 'readers' },
  ]),
  asked('56-hash', 'The hashes of a collection for members only are for everybody', (t) => [
    { do: 'hash', key: t.key('k'), collection: 'readers' },
  ]),
  {
    id: '56-member',
    name: 'A member reads a collection for members only',
    run: (t) =>
      t.evaluate({
        ...({ chaincode: 'any', at: 'Org2', creator: t.net.users.Org2 } as const),
        steps: [{ do: 'get', key: t.key('k'), collection: 'readers' }],
      }),
  },
  asked('57', 'A collection that members alone write is not written for others', (t) => [
    { do: 'put', key: t.key('k'), collection: 'writers', value: 'v' },
  ]),
  asked('57-delete', 'A collection that members alone write is not deleted from by others', (t) => [
    { do: 'del', key: t.key('k'), collection: 'writers' },
  ]),
  asked('57-purge', 'A collection that members alone write is not purged by others', (t) => [
    { do: 'purge', key: t.key('k'), collection: 'writers' },
  ]),
  asked('57-policy', 'A collection that members alone write gets no key policy from others', (t) => [
    { do: 'policy', key: t.key('k'), collection: 'writers', policy: '' },
  ]),
  asked('57-policy-read', 'A collection that members alone read shows no key policy to others', (t) => [
    { do: 'getPolicy', key: t.key('k'), collection: 'readers' },
  ]),
  asked('57-read', 'A collection that members alone write is read by others', (t) => [
    { do: 'get', key: t.key('k'), collection: 'writers' },
  ]),
  {
    id: '58',
    name: 'A peer outside of a collection knows that it lacks the value',
    run: async (t) => {
      await t.given({
        chaincode: 'any',
        steps: [{ do: 'put', key: t.key('k'), collection: 'one', value: 'v' }],
      });
      const call = {
        ...({ chaincode: 'any', at: 'Org2', creator: t.net.users.Org2 } as const),
        steps: [{ do: 'get', key: t.key('k'), collection: 'one' }],
      } as const;
      const outcome = await t.evaluate(call);
      const text = JSON.stringify(outcome).replaceAll(/\{BlockNum: \d+, TxNum: \d+\}/g, '{version}');
      return JSON.parse(text) as unknown;
    },
  },
  {
    id: '58-absent',
    name: 'A peer outside of a collection has nothing where nothing was written, and an empty range',
    run: (t) =>
      t.evaluate({
        ...({ chaincode: 'any', at: 'Org2', creator: t.net.users.Org2 } as const),
        steps: [
          { do: 'get', key: t.key('k'), collection: 'one' },
          { do: 'range', ...all(t), collection: 'one' },
        ],
      }),
  },
  {
    id: '59',
    name: 'Everybody has the SHA-256 of a private value',
    run: async (t) => {
      await t.given({
        chaincode: 'any',
        steps: [{ do: 'put', key: t.key('k'), collection: 'one', value: 'v' }],
      });
      t.names.give(createHash('sha256').update('v').digest('hex'), '<hash of v>');
      const steps = [{ do: 'hash', key: t.key('k'), collection: 'one' }] as const;
      return t.evaluate({ chaincode: 'any', at: 'Org3', creator: t.net.users.Org3, steps });
    },
  },
  {
    id: '59-range',
    name: 'A member scans a collection',
    run: async (t) => {
      await t.given({
        chaincode: 'any',
        steps: ['n1', 'n2'].map((key) => ({ do: 'put', key: t.key(key), collection: 'one', value: key }) as const),
      });
      return t.evaluate({ chaincode: 'any', steps: [{ do: 'range', ...all(t), collection: 'one' }] });
    },
  },
  asked('60', 'An unknown collection is not found', (t) => [{ do: 'get', key: t.key('k'), collection: 'none' }]),
  asked('60-write', 'An unknown collection is not written', (t) => [
    { do: 'put', key: t.key('k'), collection: 'none', value: 'v' },
  ]),
  asked('60-hash', 'An unknown collection has no hashes', (t) => [{ do: 'hash', key: t.key('k'), collection: 'none' }]),
  asked('60-empty', 'An empty private key is refused by the shim', () => [
    { do: 'put', key: '', collection: 'one', value: 'v' },
  ]),
  asked('61', 'The implicit collection of an unknown organisation is not defined', (t) => [
    { do: 'get', key: t.key('k'), collection: '_implicit_org_NobodyMSP' },
  ]),
  asked('61-write', 'The implicit collection of an unknown organisation is not written', (t) => [
    { do: 'put', key: t.key('k'), collection: '_implicit_org_NobodyMSP', value: 'v' },
  ]),
  {
    id: '61-other',
    name: "Another organisation's implicit collection is written by all and read by its own",
    run: async (t) => {
      const collection = '_implicit_org_Org2MSP';
      const write = await t.submit({
        targets: ['Org2MSP', 'Org1MSP'],
        chaincode: 'any',
        steps: [{ do: 'put', key: t.key('k'), collection, value: 'v' }],
      });
      const read = { chaincode: 'any', steps: [{ do: 'get', key: t.key('k'), collection }] } as const;
      const there = await t.evaluate({ ...read, at: 'Org2', creator: t.net.users.Org2 });
      return [write, there];
    },
  },
];
