/** The hash that Fabric's peers chain over the flags of a block and all that it changes in the state, worked out for devnet's. */
import { createHash } from 'node:crypto';
import { BinaryWriter } from 'google-protobuf';
import type { UpdateBatch } from 'tenor-devnet/dist/ledger/state.js';
import { EMPTY } from '../support/messages.js';

interface Committed {
  readonly flags: Uint8Array;
  readonly updates: UpdateBatch;
  /** The hash of the block before; empty before the second block. */
  readonly previous: Uint8Array;
}

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

const byBytes = (left: Buffer, right: Buffer): number => Buffer.compare(left, right);

function writesOf(updates: UpdateBatch): Write[] {
  const all = [...updates.changes].flatMap(([id, changes]) => {
    const [namespace = '', collection = ''] = id.split('\0');
    return [...changes].map(([key, { value, version }]) => ({
      ...{ namespace, collection, value, key: Buffer.from(key, collection === '' ? 'utf8' : 'hex') },
      version: Buffer.concat([orderPreserving(version.block), orderPreserving(version.tx)]),
    }));
  });
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
  const { flags, updates, previous } = committed;
  return createHash('sha256')
    .update(varint(flags.length))
    .update(flags)
    .update(updateBytes(writesOf(updates)))
    .update(previous)
    .digest();
}
