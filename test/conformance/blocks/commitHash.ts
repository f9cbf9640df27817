/** The hash that Fabric's peers chain over the flags of a block and all that it changes in the state, worked out for devnet's. */
import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { BinaryWriter } from 'google-protobuf';
import { readSets, chaincodeActionOf } from 'tenor-devnet/dist/ledger/transaction.js';
import type { UpdateBatch } from 'tenor-devnet/dist/ledger/state.js';
import { EMPTY } from '../support/messages.js';

interface Committed {
  readonly number: number;
  readonly envelopes: readonly Uint8Array[];
  readonly flags: Uint8Array;
  readonly updates: UpdateBatch | undefined;
  /** The hash of the block before; empty before the second block. */
  readonly previous: Uint8Array;
}

type Changes = NonNullable<ReturnType<UpdateBatch['publicKeys']['get']>>;

/** One changed key; what namespace and collection are is said at the first key of each. */
interface Write {
  readonly namespace: string;
  readonly collection: string;
  readonly key: Buffer;
  readonly value: Uint8Array | undefined;
  readonly version: Buffer;
}

/** A length and the number, so that the bytes sort as the numbers do. */
function orderPreserving(value: number): Buffer {
  const digits = value === 0 ? '' : value.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

/** The last valid transaction that touched each key: deletes have a version too, which the updates do not tell. */
function lastWriters({ envelopes, flags }: Committed): Map<string, number> {
  const writers = new Map<string, number>();
  envelopes.forEach((bytes, tx) => {
    if (flags[tx] !== 0) return;
    const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(bytes).getPayload_asU8());
    for (const { namespace, kv, collections } of readSets(
      chaincodeActionOf(payload.getData_asU8()).getResults_asU8(),
    )) {
      for (const each of [...kv.getWritesList(), ...kv.getMetadataWritesList()]) {
        writers.set([namespace, '', Buffer.from(each.getKey()).toString('hex')].join('\0'), tx);
      }
      for (const { name, hashed } of collections) {
        for (const each of [...hashed.getHashedWritesList(), ...hashed.getMetadataWritesList()]) {
          writers.set([namespace, name, Buffer.from(each.getKeyHash_asU8()).toString('hex')].join('\0'), tx);
        }
      }
    }
  });
  return writers;
}

const byBytes = (left: Buffer, right: Buffer): number => Buffer.compare(left, right);

function writesOf(committed: Committed): Write[] {
  const { number, updates } = committed;
  const writers = lastWriters(committed);
  const listed = (namespace: string, collection: string, changes: Changes, encoding: 'utf8' | 'hex'): Write[] =>
    [...changes]
      .map(([key, entry]) => ({ key: Buffer.from(key, encoding), entry }))
      .sort((left, right) => byBytes(left.key, right.key))
      .map(({ key, entry }) => {
        const tx = entry?.version.tx ?? writers.get([namespace, collection, key.toString('hex')].join('\0')) ?? 0;
        const block = entry?.version.block ?? number;
        const version = Buffer.concat([orderPreserving(block), orderPreserving(tx)]);
        return { namespace, collection, key, value: entry?.value, version };
      });
  const all = [
    ...[...(updates?.publicKeys ?? [])].flatMap(([namespace, changes]) => listed(namespace, '', changes, 'utf8')),
    ...[...(updates?.hashedKeys ?? [])].flatMap(([id, changes]) => {
      const [namespace = '', collection = ''] = id.split('\0');
      return listed(namespace, collection, changes, 'hex');
    }),
  ];
  const place = ({ namespace, collection }: Write): Buffer => Buffer.from(`${namespace}\0${collection}`);
  return all.sort((left, right) => byBytes(place(left), place(right)) || byBytes(left.key, right.key));
}

/** What is empty is left out, as Go does. */
function writeBytes(writer: BinaryWriter, field: number, bytes: Uint8Array): void {
  if (bytes.length > 0) writer.writeBytes(field, bytes);
}

/** `Updates` of Fabric's ledger: field 1 repeats the keys. */
function updateBytes(writes: readonly Write[]): Uint8Array {
  const updates = new BinaryWriter();
  writes.forEach(({ namespace, collection, key, value, version }, index) => {
    const before = writes[index - 1];
    const isFirst = namespace !== before?.namespace;
    const isFirstInside = isFirst || collection !== before.collection;
    const writer = new BinaryWriter();
    writeBytes(writer, 1, Buffer.from(isFirst ? namespace : ''));
    writeBytes(writer, 2, Buffer.from(isFirstInside ? collection : ''));
    writeBytes(writer, 3, key);
    if (value === undefined) writer.writeBool(4, true);
    writeBytes(writer, 5, value ?? EMPTY);
    writeBytes(writer, 6, version);
    updates.writeBytes(1, writer.getResultBuffer());
  });
  return updates.getResultBuffer();
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
  return Buffer.from([...bytes, value]);
}

export function commitHash(committed: Committed): Uint8Array {
  const { flags, previous } = committed;
  return createHash('sha256')
    .update(varint(flags.length))
    .update(flags)
    .update(updateBytes(writesOf(committed)))
    .update(previous)
    .digest();
}
