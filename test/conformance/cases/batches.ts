/** Cases of messages that fabric-shim 2.5.8 does not send: many reads, or many writes, at once. */
import { createHash } from 'node:crypto';
import { peer } from '@hyperledger/fabric-protos';
import { rwsetOf } from '../support/envelope.js';
import { outcomeOf, type Context } from '../support/context.js';
import { outOf } from '../support/policy.js';
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';

const { Type } = peer.WriteRecord;
type RecordType = peer.WriteRecord.TypeMap[keyof peer.WriteRecord.TypeMap];

interface Write {
  readonly type: RecordType;
  readonly key: string;
  readonly collection?: string;
  readonly value?: string;
  readonly policy?: Uint8Array;
}

const base64 = (message: { serializeBinary(): Uint8Array }): string =>
  Buffer.from(message.serializeBinary()).toString('base64');

function recordOf({ type, key, collection = '', value, policy }: Write): peer.WriteRecord {
  const record = new peer.WriteRecord();
  record.setType(type);
  record.setKey(key);
  record.setCollection(collection);
  if (value !== undefined) record.setValue(Buffer.from(value));
  if (policy !== undefined) {
    const metadata = new peer.StateMetadata();
    metadata.setMetakey('VALIDATION_PARAMETER');
    metadata.setValue(policy);
    record.setMetadata(metadata);
  }
  return record;
}

function batch(...writes: readonly Write[]): Step {
  const message = new peer.WriteBatchState();
  message.setRecList(writes.map(recordOf));
  return { do: 'ask', type: peer.ChaincodeMessage.Type.WRITE_BATCH_STATE, payload: base64(message) };
}

/** A read of several keys at once. */
export function many(keys: readonly string[], collection = ''): Step {
  const message = new peer.GetStateMultiple();
  message.setKeysList([...keys]);
  message.setCollection(collection);
  return { do: 'ask', type: peer.ChaincodeMessage.Type.GET_STATE_MULTIPLE, payload: base64(message) };
}

const endorsedSet = (t: Context, steps: readonly Step[]): Promise<unknown> =>
  outcomeOf(t.endorsed({ chaincode: 'any', steps }).then(({ envelope }) => rwsetOf(envelope)));

/** One of each kind, in two ways: as a batch and as single calls. */
function everyKind(t: Context): { readonly batched: readonly Step[]; readonly single: readonly Step[] } {
  const [k, l, p, q, r] = ['k', 'l', 'p', 'q', 'r'].map((short) => t.key(short)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const policy = outOf(1, 'Org1MSP.peer');
  const text = Buffer.from(policy).toString('base64');
  return {
    batched: [
      batch(
        { type: Type.PUT_STATE, key: k, value: 'v' },
        { type: Type.PUT_STATE_METADATA, key: k, policy },
        { type: Type.DEL_STATE, key: l },
        { type: Type.PUT_STATE, key: p, collection: 'one', value: 'v' },
        { type: Type.PUT_STATE_METADATA, key: p, collection: 'one', policy },
        { type: Type.DEL_STATE, key: q, collection: 'one' },
        { type: Type.PURGE_PRIVATE_DATA, key: r, collection: 'one' },
      ),
    ],
    single: [
      { do: 'put', key: k, value: 'v' },
      { do: 'policy', key: k, policy: text },
      { do: 'del', key: l },
      { do: 'put', key: p, collection: 'one', value: 'v' },
      { do: 'policy', key: p, collection: 'one', policy: text },
      { do: 'del', key: q, collection: 'one' },
      { do: 'purge', key: r, collection: 'one' },
    ],
  };
}

export const BATCHES: readonly Case[] = [
  {
    id: 'b-offer',
    name: 'A peer says at registration that it takes batches, and how large',
    run: (t) => t.evaluate({ chaincode: 'any', steps: [{ do: 'offered' }] }),
  },
  {
    id: 'b-writes',
    name: 'A batch of writes leaves the read-write set that the single calls leave',
    run: async (t) => {
      const { batched, single } = everyKind(t);
      return [await endorsedSet(t, batched), await endorsedSet(t, single)];
    },
  },
  {
    id: 'b-commit',
    name: 'What a batch wrote is there after the commit',
    run: async (t) => {
      const [k, p] = [t.key('k'), t.key('p')];
      const outcome = await t.submit({
        chaincode: 'any',
        steps: [
          batch(
            { type: Type.PUT_STATE, key: k, value: 'one' },
            { type: Type.PUT_STATE, key: p, collection: 'one', value: 'two' },
          ),
        ],
      });
      const steps = [{ do: 'get', key: k } as const, { do: 'get', key: p, collection: 'one' } as const];
      return [outcome, await t.evaluate({ chaincode: 'any', steps })];
    },
  },
  {
    id: 'b-last',
    name: 'The last write of a key within a batch counts',
    run: (t) => {
      const key = t.key('k');
      const write = (value: string): Write => ({ type: Type.PUT_STATE, key, value });
      return endorsedSet(t, [batch(write('one'), write('two')), batch()]);
    },
  },
  {
    id: 'b-unknown',
    name: 'A record of no known kind is refused, with those before it written',
    run: (t) =>
      t.evaluate({
        chaincode: 'any',
        steps: [
          {
            ...batch(
              { type: Type.PUT_STATE, key: t.key('k'), value: 'v' },
              { type: Type.UNDEFINED, key: t.key('l'), value: 'v' },
            ),
            caught: true,
          },
        ],
      }),
  },
  {
    id: 'b-purge-public',
    name: 'A public key cannot be purged in a batch either',
    run: (t) =>
      t.evaluate({
        chaincode: 'any',
        steps: [{ ...batch({ type: Type.PURGE_PRIVATE_DATA, key: t.key('k') }), caught: true }],
      }),
  },
  {
    id: 'b-collection',
    name: 'A collection that is not defined is refused in a batch',
    run: (t) =>
      t.evaluate({
        chaincode: 'any',
        steps: [{ ...batch({ type: Type.PUT_STATE, key: t.key('k'), collection: 'none', value: 'v' }), caught: true }],
      }),
  },
  {
    id: 'b-reads',
    name: 'Many keys are answered in their order, empty where there is nothing, and read like single ones',
    run: async (t) => {
      const keys = ['a', 'b', 'c'].map((short) => t.key(short)) as [string, string, string];
      await t.given({
        chaincode: 'any',
        steps: [
          { do: 'put', key: keys[0], value: 'one' },
          { do: 'put', key: keys[2], value: 'three' },
        ],
      });
      const asked = [keys[2], keys[1], keys[0]];
      const single = asked.map((key): Step => ({ do: 'get', key }));
      const write: Step = { do: 'put', key: t.key('w') };
      return [
        await t.evaluate({ chaincode: 'any', steps: [many(asked)] }),
        await endorsedSet(t, [many(asked), write]),
        await endorsedSet(t, [...single, write]),
      ];
    },
  },
  {
    id: 'b-private-reads',
    name: 'Many private keys are answered alike',
    run: async (t) => {
      const keys = ['a', 'b'].map((short) => t.key(short)) as [string, string];
      await t.given({ chaincode: 'any', steps: [{ do: 'put', key: keys[1], collection: 'one', value: 'two' }] });
      return [
        await t.evaluate({ chaincode: 'any', steps: [many(keys, 'one')] }),
        await endorsedSet(t, [many(keys, 'one'), { do: 'put', key: t.key('w') }]),
      ];
    },
  },
  {
    id: 'b-private-elsewhere',
    name: 'Many private keys are not there for a peer outside of the collection, without a word, and read as absent',
    run: async (t) => {
      const keys = ['a', 'b'].map((short) => t.key(short)) as [string, string];
      await t.given({ chaincode: 'any', steps: [{ do: 'put', key: keys[1], collection: 'one', value: 'two' }] });
      const there = { chaincode: 'any', at: 'Org2', creator: t.net.users.Org2, targets: ['Org2MSP'] } as const;
      const steps = [many(keys, 'one'), { do: 'put', key: t.key('w'), value: 'v' } as const];
      return [
        await t.evaluate({ ...there, steps: [many(keys, 'one')] }),
        await outcomeOf(t.endorsed({ ...there, steps }).then(({ envelope }) => rwsetOf(envelope))),
        await t.submit({ ...there, steps }),
      ];
    },
  },
  {
    id: 'b-private-then-hash',
    name: 'The last read of a private key says which version was read',
    run: async (t) => {
      const key = t.key('k');
      await t.given({ chaincode: 'any', steps: [{ do: 'put', key, collection: 'one', value: 'v' }] });
      t.names.give(createHash('sha256').update('v').digest('hex'), '<hash of v>');
      const there = { chaincode: 'any', at: 'Org2', creator: t.net.users.Org2, targets: ['Org2MSP'] } as const;
      const hash = { do: 'hash', key, collection: 'one' } as const;
      const write = { do: 'put', key: t.key('w'), value: 'v' } as const;
      const setOf = (steps: readonly Step[]): Promise<unknown> =>
        outcomeOf(t.endorsed({ ...there, steps }).then(({ envelope }) => rwsetOf(envelope)));
      return [
        await setOf([many([key], 'one'), hash, write]),
        await setOf([hash, many([key], 'one'), write]),
        await t.submit({ ...there, steps: [many([key], 'one'), hash, write] }),
      ];
    },
  },
  {
    id: 'b-no-keys',
    name: 'No keys are answered with nothing',
    run: (t) => t.evaluate({ chaincode: 'any', steps: [many([])] }),
  },
  {
    id: 'b-no-keys-collection',
    name: 'No keys of a collection that is not defined are refused too',
    run: (t) => t.evaluate({ chaincode: 'any', steps: [{ ...many([], 'none'), caught: true }] }),
  },
  {
    id: 'b-reads-members',
    name: 'Many keys of a collection that members alone read are refused to others',
    run: (t) => t.evaluate({ chaincode: 'any', steps: [{ ...many([t.key('k')], 'readers'), caught: true }] }),
  },
  {
    id: 'b-reads-collection',
    name: 'Many keys of a collection that is not defined are refused',
    run: (t) => t.evaluate({ chaincode: 'any', steps: [{ ...many([t.key('k')], 'none'), caught: true }] }),
  },
];
