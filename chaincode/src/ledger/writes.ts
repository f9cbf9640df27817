/**
 * From decisions to keys and bytes. Every write of every command is checked here. A key on the shelf of a register is written only if
 * the transaction stated what it expects there. A copy is written only if the register was asked for the record. A record that does
 * not fit its schema is never written.
 */
import type { KeyPolicy, Opened, Write } from '../domain/decision.js';
import { TenorError } from '../protocol/errors.js';
import { BOOK_RECORDS, PUBLIC_RECORDS, type BookKind } from '../protocol/records/index.js';
import { encodeRecord, saltOf } from './codec.js';
import { encodeKeyPolicy } from './keyPolicy.js';
import { bookOf, isCopy, ownKey, publicKey, shownKey } from './keys.js';
import type { StateWrite } from './peerBatch.js';
import type { RecordKind, RecordKinds } from './recordKind.js';

/** One key of one book, or of public state, and its bytes. */
export interface EncodedWrite {
  /** Undefined for public state. */
  readonly mspId: string | undefined;
  readonly key: string;
  /** If undefined, the key is deleted. */
  readonly bytes: string | undefined;
  readonly policy: KeyPolicy | undefined;
  /** The key is under this policy already, so it is not set again. */
  readonly isGuarded?: true;
}

/** What is needed to encode a decision. */
export interface Encoding {
  readonly kinds: RecordKinds;
  readonly callerMsp: string;
  readonly seed: Uint8Array;
  /** Who has left: their books cannot be written any more. */
  readonly left: ReadonlySet<string>;
  /** Whether the transaction stated what must stand under a key of a book. */
  isStated(mspId: string, key: string): boolean;
  /** The record that was opened under this kind and id: its registers hold it now. */
  opened(kind: BookKind, id: string): Opened<BookKind> | undefined;
}

/**
 * Copies for who has left fall away. What they would have to vouch for cannot be written.
 * @throws TenorError ORGANIZATION_LEFT
 * @throws Error where a write was not guarded: a bug of a command
 */
export function encodeWrites(writes: readonly Write[], encoding: Encoding): EncodedWrite[] {
  const { left } = encoding;
  const byTarget = new Map<string, EncodedWrite>();
  for (const write of writes.flatMap((each) => encodeWrite(each, encoding))) {
    const isGone = write.mspId !== undefined && left.has(write.mspId);
    if (isGone && isCopy(write.key)) continue;
    if (isGone) throw new TenorError('ORGANIZATION_LEFT', { mspId: write.mspId });
    const target = `${write.mspId ?? ''}/${write.key}`;
    if (byTarget.has(target)) throw new Error(`a decision writes ${write.key.split('/').slice(0, 2).join('/')} twice`);
    byTarget.set(target, write);
  }
  return [...byTarget.values()];
}

function encodeWrite(write: Write, encoding: Encoding): EncodedWrite[] {
  switch (write.op) {
    case 'publish': {
      PUBLIC_RECORDS[write.kind].parse(write.record);
      const key = publicKey(write.kind, write.id);
      return [{ mspId: undefined, key, bytes: encodeRecord(write.record), policy: undefined }];
    }
    case 'delete': {
      const { kind, id, register: mspId } = write;
      const key = ownKey(kind, id);
      assertStated(encoding, mspId, key);
      // A restore may have put it among the copies, where it would be found after the register holds it no more.
      const keys = kindOf(encoding.kinds, kind).restorable ? [key, shownKey(mspId, kind, id)] : [key];
      return keys.map((each) => ({ mspId, key: each, bytes: undefined, policy: undefined }));
    }
    case 'copy':
      return copyOpened(write.opened, write.copies, encoding);
    case 'restore':
      return restoreOpened(write.opened, write.register, encoding);
    case 'put':
      return putRecord(write, encoding);
  }
}

const kindOf = (kinds: RecordKinds, kind: BookKind): RecordKind<BookKind> => kinds[kind];

function putRecord(write: Extract<Write, { op: 'put' }>, encoding: Encoding): EncodedWrite[] {
  const { kind, id } = write;
  const definition = kindOf(encoding.kinds, kind);
  const key = ownKey(kind, id);
  const isPlain = definition.unsalted === true;
  const salted = isPlain ? write.record : { ...write.record, salt: saltOf(encoding.seed, key) };
  const record = BOOK_RECORDS[kind].parse(salted) as Parameters<typeof definition.policy>[0];
  const bytes = encodeRecord(record);
  const registers = [...new Set(definition.registers(record, encoding.callerMsp))];
  const policy = definition.policy(record);
  const copies = write.copies ?? definition.copies(record);
  // Several registers are always written together and under one policy. So all of them hold the same, and checking the first is enough.
  assertStated(encoding, registers[0] ?? '', key);
  const guarded = isGuarded(encoding.opened(kind, id), { registers, policy }, encoding)
    ? { isGuarded: true as const }
    : {};
  return [
    ...registers.map((mspId) => ({ mspId, key, bytes, policy, ...guarded })),
    ...copyWrites(kind, id, bytes, registers, copies),
  ];
}

/**
 * Whether the keys are under this policy already. Fabric keeps the policy of a key when its value is written, and checks every signature once more for
 * each policy that is set. So for a kind of which many are written at once a policy that stays the same is not set again (docs/decisions/0037).
 */
function isGuarded(
  opened: Opened<BookKind> | undefined,
  { registers, policy }: { readonly registers: readonly string[]; readonly policy: KeyPolicy | undefined },
  { kinds, callerMsp }: Encoding,
): boolean {
  if (opened === undefined || policy === undefined) return false;
  const { kind, record } = opened;
  const definition = kindOf(kinds, kind);
  if (definition.policyOnChange !== true) return false;
  const before = definition.policy(record);
  const isThere = [...new Set(definition.registers(record, callerMsp))].join() === registers.join();
  return isThere && before !== undefined && Buffer.compare(encodeKeyPolicy(before), encodeKeyPolicy(policy)) === 0;
}

function copyOpened(
  { kind, id, record, bytes }: Opened<BookKind>,
  copies: readonly string[],
  encoding: Encoding,
): EncodedWrite[] {
  const registers = kindOf(encoding.kinds, kind).registers(record, encoding.callerMsp);
  assertStated(encoding, registers[0] ?? '', ownKey(kind, id));
  return copyWrites(kind, id, bytes, registers, copies);
}

/**
 * Among the copies, also if the caller is a register of the record itself. A restore on the register's own shelf would change the key's
 * version, which stalls whatever relies on the record at that moment, and would set its policy anew. The register's hash was compared
 * with the bytes.
 */
function restoreOpened(
  { kind, id, record, bytes }: Opened<BookKind>,
  register: string,
  encoding: Encoding,
): EncodedWrite[] {
  const { kinds, callerMsp } = encoding;
  assertStated(encoding, register, ownKey(kind, id));
  const [first = register] = kindOf(kinds, kind).registers(record, callerMsp);
  return [{ mspId: callerMsp, key: shownKey(first, kind, id), bytes, policy: undefined }];
}

/** An organisation that vouches for a record needs no copy of it. */
function copyWrites(
  kind: BookKind,
  id: string,
  bytes: string,
  registers: readonly string[],
  copies: readonly string[],
): EncodedWrite[] {
  const key = shownKey(registers[0] ?? '', kind, id);
  const readers = [...new Set(copies)].filter((mspId) => !registers.includes(mspId));
  return readers.map((mspId) => ({ mspId, key, bytes, policy: undefined }));
}

function assertStated(encoding: Encoding, mspId: string, key: string): void {
  if (!encoding.isStated(mspId, key))
    throw new Error(`${key.split('/').slice(0, 2).join('/')} is written although nothing was stated of it`);
}

/** A value, and the key policy that goes with it where the key is not under it already. */
export function stateWrites({ mspId, key, bytes, policy, isGuarded }: EncodedWrite): StateWrite[] {
  const collection = mspId === undefined ? '' : bookOf(mspId);
  if (bytes === undefined) return [{ collection, key, delete: true }];
  const value = { collection, key, put: Buffer.from(bytes) };
  const isSet = policy !== undefined && isGuarded !== true;
  return isSet ? [value, { collection, key, policy: encodeKeyPolicy(policy) }] : [value];
}
