/**
 * One transaction's view of the ledger. A submit never reads private values: it checks the hash of each opening in the books
 * that vouch for it, and writes blind. A plan (evaluate) reads the openings from the caller's own book instead.
 */
import type { ChaincodeStub } from 'fabric-shim';
import type { Caller, Decision, InBook, Opened, Write } from '../domain/decision.js';
import { atIndex } from '../domain/roots.js';
import { TenorError, type ErrorCode, type ErrorData } from '../protocol/errors.js';
import type { BookKind, BookRecord, PublicKind, PublicRecord } from '../protocol/records.js';
import { decodeBookRecord, decodePublicRecord, encodeRecord, saltOf, sha256 } from './codec.js';
import { identityOf } from './identity.js';
import { encodeKeyPolicy } from './keyPolicy.js';
import { bookKey, bookOf, operatorId, publicKey } from './keys.js';
import { readMany, writeMany, type SingleCalls, type StateWrite } from './peerBatch.js';

/** The part of the shim's stub that this ledger uses. */
export type Stub = SingleCalls &
  Pick<ChaincodeStub, 'getCreator' | 'getPrivateDataHash'> & {
    /** The shim's types leave out that a key may have none. */
    getPrivateDataValidationParameter(collection: string, key: string): Promise<Uint8Array | undefined>;
  };

/** A registry record by kind and, where there are several, id. */
export type PublicRef = readonly [kind: PublicKind, id?: string];
/** A book record by kind and id. */
export type BookRef = readonly [kind: BookKind, id: string];

/** Where openings come from. */
export type OpeningSource =
  | { readonly from: 'transient'; readonly openings: ReadonlyMap<string, string> }
  /** `checked`: held against the registers, as endorsers will. */
  | { readonly from: 'ownBook'; readonly checked: boolean };

interface EncodedWrite {
  readonly key: string;
  readonly book: InBook | undefined;
  /** Undefined deletes. */
  readonly bytes: string | undefined;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** One transaction on the ledger. */
export class LedgerTransaction {
  readonly #stub: Stub;
  readonly #source: OpeningSource;
  readonly #opened = new Map<string, string>();
  readonly #hashes = new Map<string, Promise<string>>();
  readonly #public = new Map<string, string>();
  /** What a plan read of the caller's own book; '' where there is nothing. */
  readonly #own = new Map<string, string>();
  #failure: TenorError | undefined;

  constructor(stub: Stub, source: OpeningSource) {
    this.#stub = stub;
    this.#source = source;
  }

  /** The first expectation about books that did not hold: an opening that is not current, or a record that exists already. */
  get failure(): TenorError | undefined {
    return this.#failure;
  }

  /** Every opening shown so far, by key. */
  get openings(): ReadonlyMap<string, string> {
    return this.#opened;
  }

  /** The caller with its operator record. `beside` are registry records that are asked for later, read in the same message. */
  async caller(...beside: readonly PublicRef[]): Promise<Caller> {
    const { mspid, idBytes } = this.#stub.getCreator();
    const identity = identityOf(mspid, text(idBytes));
    const id = operatorId(mspid, identity.identity);
    await this.prefetch(['operator', id], ...beside);
    return { ...identity, operator: await this.find('operator', id) };
  }

  /** Reads registry records in one message that are asked for later: only such as every path asks for, since it is the read set. */
  async prefetch(...refs: readonly PublicRef[]): Promise<void> {
    const keys = refs.map(([kind, id]) => publicKey(kind, id));
    await readInto(this.#public, keys, (missing) => readMany(this.#stub, '', missing));
  }

  /** A plan reads openings from the caller's own book: those that are asked for later, in one message. A submit has them. */
  async foresee(...refs: readonly BookRef[]): Promise<void> {
    if (this.#source.from === 'transient') return;
    const keys = refs.map(([kind, id]) => bookKey(kind, id));
    const book = bookOf(this.#stub.getCreator().mspid);
    await readInto(this.#own, keys, (missing) => readMany(this.#stub, book, missing));
  }

  /** A registry record. @throws TenorError `missing` */
  async get<Kind extends PublicKind>(
    kind: Kind,
    id: string | undefined,
    missing: ErrorCode,
  ): Promise<PublicRecord<Kind>> {
    const found = await this.find(kind, id);
    if (found === undefined) throw new TenorError(missing);
    return found;
  }

  /** A registry record, or undefined. */
  async find<Kind extends PublicKind>(kind: Kind, id?: string): Promise<PublicRecord<Kind> | undefined> {
    const stored = await this.#publicText(publicKey(kind, id));
    return stored === '' ? undefined : decodePublicRecord(kind, stored);
  }

  /** Loads one item of a bulk request: what is refused meanwhile names its index. Items are loaded one after the other. */
  async item<Result>(index: number, load: () => Promise<Result>): Promise<Result> {
    const before = this.#failure;
    try {
      return await load();
    } catch (error) {
      throw atIndex(error, index);
    } finally {
      if (this.#failure !== undefined && before === undefined) this.#failure = atIndex(this.#failure, index);
    }
  }

  /** Opens a record and expects each of `registers` to hold these bytes. @throws TenorError OPENING_MISSING, OPENING_MALFORMED, NOT_FOUND */
  async open<Kind extends BookKind>(
    kind: Kind,
    id: string,
    registers: (record: BookRecord<Kind>) => readonly string[],
  ): Promise<Opened<Kind>> {
    const opened = await this.openIfShown(kind, id, registers);
    if (opened !== undefined) return opened;
    throw new TenorError(this.#source.from === 'transient' ? 'OPENING_MISSING' : 'NOT_FOUND', { kind, id });
  }

  /** As {@link open}, or undefined where no opening is shown: then expect its absence with {@link expectAbsent}. */
  async openIfShown<Kind extends BookKind>(
    kind: Kind,
    id: string,
    registers: (record: BookRecord<Kind>) => readonly string[],
  ): Promise<Opened<Kind> | undefined> {
    const key = bookKey(kind, id);
    const bytes = await this.#shown(key);
    if (bytes === undefined) return undefined;
    this.#opened.set(key, bytes);
    const opened = { kind, id, record: decodeBookRecord(kind, bytes), bytes };
    await this.vouch(opened, registers(opened.record));
    return opened;
  }

  /** Expects each of `mspIds` to hold the very bytes of an opened record, under its own id. */
  async vouch<Kind extends BookKind>(
    { kind, id, record, bytes }: Opened<Kind>,
    mspIds: readonly string[],
  ): Promise<void> {
    const hash = sha256(bytes);
    if ('id' in record && record.id !== id) this.#fail('OPENING_MISMATCH', { kind, id });
    if (!this.#checks()) return;
    for (const mspId of new Set(mspIds)) {
      if ((await this.hash(mspId, bookKey(kind, id))) !== hash) this.#fail('OPENING_MISMATCH', { kind, id });
    }
  }

  /** Expects that a book holds no such record. */
  async expectAbsent(kind: BookKind, id: string, mspId: string, otherwise: ErrorCode): Promise<void> {
    if (!this.#checks()) return;
    if ((await this.hash(mspId, bookKey(kind, id))) !== '') this.#fail(otherwise, { kind, id });
  }

  /** Expects that a book does not hold these very bytes already: writing them once more would be a repeat. */
  async expectOther(kind: BookKind, id: string, mspId: string, bytes: string): Promise<void> {
    if (!this.#checks()) return;
    if ((await this.hash(mspId, bookKey(kind, id))) === sha256(bytes)) this.#fail('ID_TAKEN', { kind, id });
  }

  /** Expects that a book holds either nothing under the key of an opened record, or its very bytes. */
  async expectNoOther<Kind extends BookKind>({ kind, id, bytes }: Opened<Kind>, mspId: string): Promise<void> {
    if (!this.#checks()) return;
    if (!['', sha256(bytes)].includes(await this.hash(mspId, bookKey(kind, id)))) this.#fail('ID_TAKEN', { kind, id });
  }

  /** Expects that a book holds no record under a key policy there: such a one is registered, not a copy for reading. */
  async expectUnguarded(kind: BookKind, id: string, mspId: string): Promise<void> {
    if (!this.#checks()) return;
    const policy = await this.#stub.getPrivateDataValidationParameter(bookOf(mspId), bookKey(kind, id));
    if (policy !== undefined && policy.length > 0) this.#fail('ID_TAKEN', { kind, id });
  }

  /** Expects that the registry holds no such record. */
  async expectUnpublished(kind: PublicKind, id: string | undefined, otherwise: ErrorCode): Promise<void> {
    if ((await this.#publicText(publicKey(kind, id))) !== '') this.#fail(otherwise, { kind });
  }

  /** Fabric's hash of a private value in hex, or '' when there is none. @throws TenorError MSP_UNKNOWN */
  hash(mspId: string, key: string): Promise<string> {
    const at = `${mspId}/${key}`;
    const known = this.#hashes.get(at) ?? this.#readHash(mspId, key);
    this.#hashes.set(at, known);
    return known;
  }

  /** Writes a decision. */
  async commit(decision: Decision, seed: Uint8Array): Promise<void> {
    await writeMany(this.#stub, encodeWrites(decision, seed).flatMap(stateWrites));
  }

  /** Whether the ledger holds all that the decision would write already. */
  async holds(decision: Decision, seed: Uint8Array): Promise<boolean> {
    for (const { key, book, bytes } of encodeWrites(decision, seed)) {
      const expected = bytes === undefined ? '' : sha256(bytes);
      const actual = book === undefined ? sha256(await this.#publicText(key)) : await this.hash(book.mspId, key);
      if (actual !== expected) return false;
    }
    return true;
  }

  async #shown(key: string): Promise<string | undefined> {
    if (this.#source.from === 'transient') return this.#source.openings.get(key);
    const book = bookOf(this.#stub.getCreator().mspid);
    await readInto(this.#own, [key], (missing) => readMany(this.#stub, book, missing));
    const shown = this.#own.get(key) ?? '';
    return shown === '' ? undefined : shown;
  }

  async #publicText(key: string): Promise<string> {
    await readInto(this.#public, [key], (missing) => readMany(this.#stub, '', missing));
    return this.#public.get(key) ?? '';
  }

  async #readHash(mspId: string, key: string): Promise<string> {
    try {
      return Buffer.from(await this.#stub.getPrivateDataHash(bookOf(mspId), key)).toString('hex');
    } catch (error) {
      // Fabric knows the implicit collection of every organisation of the channel, and of no other.
      if (error instanceof Error && error.message.includes('not defined in the collection config')) {
        throw new TenorError('MSP_UNKNOWN', { mspId });
      }
      throw error;
    }
  }

  /** Whether what is expected of the books is looked up: a submit always does. */
  #checks(): boolean {
    return this.#source.from === 'transient' || this.#source.checked;
  }

  #fail(code: ErrorCode, data: ErrorData): void {
    this.#failure ??= new TenorError(code, data);
  }
}

/** Reads what a cache lacks. */
async function readInto(
  cache: Map<string, string>,
  keys: readonly string[],
  read: (missing: readonly string[]) => Promise<readonly Uint8Array[]>,
): Promise<void> {
  const missing = [...new Set(keys)].filter((key) => !cache.has(key));
  const values = await read(missing);
  missing.forEach((key, index) => cache.set(key, text(values[index] ?? new Uint8Array())));
}

/** The organisations whose books a decision writes and whose policies it needs, sorted; undefined when it writes public state. */
export function endorsersOf(decision: Decision): readonly string[] | undefined {
  if (decision.writes.some(({ op }) => op === 'publish')) return undefined;
  const books = decision.writes.flatMap((write) =>
    write.op === 'publish' ? [] : write.books.map(({ mspId }) => mspId),
  );
  return [...new Set([...books, ...(decision.endorsers ?? [])])].sort();
}

function encodeWrites(decision: Decision, seed: Uint8Array): EncodedWrite[] {
  const byTarget = new Map<string, EncodedWrite>();
  for (const write of decision.writes.flatMap((each) => encodeWrite(each, seed))) {
    const target = `${write.book?.mspId ?? ''}/${write.key}`;
    // Where one organisation hosts two parties of a deal, the register's write (the first, with the policy) stands for the copy.
    if (!byTarget.has(target)) byTarget.set(target, write);
  }
  return [...byTarget.values()];
}

/** A value, and the key policy that goes with it. */
function stateWrites({ key, book, bytes }: EncodedWrite): StateWrite[] {
  const collection = book === undefined ? '' : bookOf(book.mspId);
  if (bytes === undefined) return [{ collection, key, delete: true }];
  const value = { collection, key, put: Buffer.from(bytes) };
  return book?.policy === undefined ? [value] : [value, { collection, key, policy: encodeKeyPolicy(book.policy) }];
}

function encodeWrite(write: Write, seed: Uint8Array): EncodedWrite[] {
  if (write.op === 'publish') {
    return [{ key: publicKey(write.kind, write.id), book: undefined, bytes: encodeRecord(write.record) }];
  }
  const key = bookKey(write.kind, write.id);
  const bytes = bytesOf(write, key, seed);
  return write.books.map((book) => ({ key, book, bytes }));
}

function bytesOf(write: Exclude<Write, { op: 'publish' }>, key: string, seed: Uint8Array): string | undefined {
  if (write.op === 'delete') return undefined;
  if (write.op === 'copy') return write.bytes;
  return encodeRecord(write.kind === 'founding' ? write.record : { ...write.record, salt: saltOf(seed, key) });
}
