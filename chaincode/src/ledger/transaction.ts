/**
 * One transaction's view of the ledger. A submit never relies on private values: it checks the hash of each opening in the books
 * that vouch for it, and writes blind. A plan (evaluate) reads the openings from the caller's own book instead.
 */
import type { ChaincodeStub } from 'fabric-shim';
import type { Caller, Decision, InBook, Opened, Write } from '../domain/decision.js';
import { atIndex } from '../domain/roots.js';
import { TenorError, type ErrorCode, type ErrorData } from '../protocol/errors.js';
import type { BookKind, BookRecord, PublicKind, PublicRecord } from '../protocol/records.js';
import { decodeBookRecord, decodePublicRecord, encodeRecord, saltOf, sha256 } from './codec.js';
import { Expectations, type BookStub, type Expectation } from './expectations.js';
import { identityOf } from './identity.js';
import { encodeKeyPolicy } from './keyPolicy.js';
import { bookKey, bookOf, operatorId, publicKey } from './keys.js';
import { readMany, writeMany, type StateWrite } from './peerBatch.js';

/** The part of the shim's stub that this ledger uses. */
export type Stub = BookStub & Pick<ChaincodeStub, 'getCreator'>;

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

type Unstated<Of> = Of extends unknown ? Omit<Of, 'otherwise'> : never;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** One transaction on the ledger. */
export class LedgerTransaction {
  readonly #stub: Stub;
  readonly #source: OpeningSource;
  readonly #opened = new Map<string, string>();
  readonly #expectations: Expectations;
  readonly #public = new Map<string, string>();
  /** What a plan read of the caller's own book; '' where there is nothing. */
  readonly #own = new Map<string, string>();
  /** Of the item of a bulk request that is loaded. */
  #index: number | undefined;

  constructor(stub: Stub, source: OpeningSource) {
    this.#stub = stub;
    this.#source = source;
    this.#expectations = new Expectations(stub);
  }

  /**
   * The first expectation about books that did not hold: an opening that is not current, or a record that exists already.
   * @throws TenorError MSP_UNKNOWN
   */
  failure(): Promise<TenorError | undefined> {
    return this.#expectations.failure();
  }

  /** The caller's organisation. */
  get mspId(): string {
    return this.#stub.getCreator().mspid;
  }

  /** Every opening shown so far, by key. */
  get openings(): ReadonlyMap<string, string> {
    return this.#opened;
  }

  /**
   * The caller with its operator record. `beside` are registry records that are asked for later, read in the same message: so a
   * transaction opens first what names them.
   */
  async caller(...beside: readonly PublicRef[]): Promise<Caller> {
    const { mspid, idBytes } = this.#stub.getCreator();
    const identity = identityOf(mspid, idBytes);
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
    const book = bookOf(this.mspId);
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
    this.#index = index;
    try {
      return await load();
    } catch (error) {
      throw atIndex(error, index);
    } finally {
      this.#index = undefined;
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
    this.vouch(opened, registers(opened.record));
    return opened;
  }

  /** Expects each of `mspIds` to hold the very bytes of an opened record, under its own id. */
  vouch<Kind extends BookKind>({ kind, id, record, bytes }: Opened<Kind>, mspIds: readonly string[]): void {
    const hash = sha256(bytes);
    const data = { kind, id };
    if ('id' in record && record.id !== id) this.#expect({ what: 'never' }, 'OPENING_MISMATCH', data);
    for (const mspId of new Set(mspIds)) this.#expectHash(mspId, data, (actual) => actual === hash, 'OPENING_MISMATCH');
  }

  /** Expects that a book holds no such record. */
  expectAbsent(kind: BookKind, id: string, mspId: string, otherwise: ErrorCode): void {
    this.#expectHash(mspId, { kind, id }, (hash) => hash === '', otherwise);
  }

  /** Expects that a book does not hold these very bytes already: writing them once more would be a repeat. */
  expectOther(kind: BookKind, id: string, mspId: string, bytes: string): void {
    this.#expectHash(mspId, { kind, id }, (hash) => hash !== sha256(bytes), 'ID_TAKEN');
  }

  /** Expects that a book holds either nothing under the key of an opened record, or its very bytes. */
  expectNoOther<Kind extends BookKind>({ kind, id, bytes }: Opened<Kind>, mspId: string): void {
    this.#expectHash(mspId, { kind, id }, (hash) => ['', sha256(bytes)].includes(hash), 'ID_TAKEN');
  }

  /** Expects that a book holds no record under a key policy there: such a one is registered, not a copy for reading. */
  expectUnguarded(kind: BookKind, id: string, mspId: string): void {
    if (!this.#checks()) return;
    this.#expect({ what: 'unguarded', mspId, key: bookKey(kind, id) }, 'ID_TAKEN', { kind, id });
  }

  /** Expects that the registry holds no such record. */
  async expectUnpublished(kind: PublicKind, id: string | undefined, otherwise: ErrorCode): Promise<void> {
    if ((await this.#publicText(publicKey(kind, id))) !== '') this.#expect({ what: 'never' }, otherwise, { kind });
  }

  /** Fabric's hash of a private value in hex, or '' when there is none. @throws TenorError MSP_UNKNOWN */
  hash(mspId: string, key: string): Promise<string> {
    return this.#expectations.hash(mspId, key);
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
    const book = bookOf(this.mspId);
    await readInto(this.#own, [key], (missing) => readMany(this.#stub, book, missing));
    const shown = this.#own.get(key) ?? '';
    return shown === '' ? undefined : shown;
  }

  async #publicText(key: string): Promise<string> {
    await readInto(this.#public, [key], (missing) => readMany(this.#stub, '', missing));
    return this.#public.get(key) ?? '';
  }

  /** Whether what is expected of the books is looked up: a submit always does. */
  #checks(): boolean {
    return this.#source.from === 'transient' || this.#source.checked;
  }

  #expectHash(
    mspId: string,
    { kind, id }: { readonly kind: BookKind; readonly id: string },
    fits: (hash: string) => boolean,
    otherwise: ErrorCode,
  ): void {
    if (!this.#checks()) return;
    this.#expect({ what: 'hash', mspId, key: bookKey(kind, id), fits }, otherwise, { kind, id });
  }

  #expect(what: Unstated<Expectation>, code: ErrorCode, data: ErrorData): void {
    const error = new TenorError(code, data);
    const otherwise = this.#index === undefined ? error : atIndex(error, this.#index);
    this.#expectations.state({ ...what, otherwise });
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
