/**
 * One transaction's view of the ledger. A submit never relies on private values: it checks the hash of each opening in the books
 * that vouch for it, and writes blind. A plan (evaluate) reads the openings from the caller's own book instead.
 */
import type { ChaincodeStub } from 'fabric-shim';
import type { Caller } from '../domain/callers.js';
import type { KeyPolicy, Opened, Write } from '../domain/decision.js';
import { atIndex } from '../domain/items.js';
import { TenorError, type ErrorCode, type ErrorData } from '../protocol/errors.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';
import type { BookKind, PublicKind, PublicRecord } from '../protocol/records/index.js';
import { decodeBookRecord, decodePublicRecord, sha256 } from './codec.js';
import { Expectations, type BookStub, type Expectation } from './expectations.js';
import { identityOf } from './identity.js';
import { bookOf, openingName, operatorId, ownKey, publicKey, shownKey } from './keys.js';
import { readMany, writeMany } from './peerBatch.js';
import type { PublicRef, RegistryView } from './pending.js';
import type { RecordKind, RecordKinds } from './recordKind.js';
import { encodeWrites, stateWrites, type EncodedWrite } from './writes.js';

/** The part of the shim's stub that this ledger uses. */
export type Stub = BookStub & Pick<ChaincodeStub, 'getCreator'>;

/** A book record by kind, id and, where the id does not name it, the MSP id of its register. */
export type BookRef = readonly [kind: BookKind, id: string, register?: string];

/** Where openings come from. */
export type OpeningSource =
  | { readonly from: 'transient'; readonly openings: ReadonlyMap<string, string> }
  /** `checked`: held against the registers, as endorsers will. */
  | { readonly from: 'ownBook'; readonly checked: boolean };

type Unstated<Of> = Of extends unknown ? Omit<Of, 'otherwise'> : never;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** One transaction on the ledger. */
export class LedgerTransaction {
  readonly #stub: Stub;
  readonly #source: OpeningSource;
  readonly #kinds: RecordKinds;
  readonly #opened = new Map<string, Opened<BookKind>>();
  readonly #expectations: Expectations;
  readonly #public = new Map<string, string>();
  /** What a plan read of the caller's own book; '' where there is nothing. */
  readonly #own = new Map<string, string>();
  /** Of the item of a bulk request that is loaded. */
  #index: number | undefined;

  constructor(stub: Stub, source: OpeningSource, kinds: RecordKinds) {
    this.#stub = stub;
    this.#source = source;
    this.#kinds = kinds;
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

  /** Every opening shown so far, by name. */
  get openings(): ReadonlyMap<string, string> {
    return new Map([...this.#opened].map(([name, { bytes }]) => [name, bytes]));
  }

  /** The caller with its operator record; `beside` are registry records that are asked for later, read in the same message. */
  async caller(beside: readonly PublicRef[]): Promise<Caller> {
    const { mspid, idBytes } = this.#stub.getCreator();
    const identity = identityOf(mspid, idBytes);
    const id = operatorId(mspid, identity.identity);
    await this.prefetch([['operator', id], ...beside]);
    return { ...identity, operator: this.registry.find('operator', id) };
  }

  /** Reads registry records in one message: only such as every path asks for, since it is the read set. */
  async prefetch(refs: readonly PublicRef[]): Promise<void> {
    const keys = refs.map(([kind, id]) => publicKey(kind, id));
    await readInto(this.#public, keys, (missing) => readMany(this.#stub, '', missing));
  }

  /** The registry records that were read. */
  readonly registry: RegistryView = {
    get: (kind, id, missing) => {
      const found = this.registry.find(kind, id);
      if (found === undefined) throw new TenorError(missing);
      return found;
    },
    find: <Kind extends PublicKind>(kind: Kind, id?: string): PublicRecord<Kind> | undefined => {
      const stored = this.#public.get(publicKey(kind, id));
      if (stored === undefined) throw new Error(`registry record ${kind} was not read`);
      return stored === '' ? undefined : decodePublicRecord(kind, stored);
    },
  };

  /** A plan reads openings from the caller's own book: those that are asked for later, in one message. A submit has them. */
  async foresee(...refs: readonly BookRef[]): Promise<void> {
    if (this.#source.from === 'transient') return;
    const keys = refs.flatMap(([kind, id, register]) => this.#shelves(kind, id, register ?? registerOf(id)));
    const book = bookOf(this.mspId);
    await readInto(this.#own, keys, (missing) => readMany(this.#stub, book, missing));
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

  /**
   * Opens a record and expects every register of its kind to hold these bytes.
   * @param register MSP id of the register, where the id does not name it
   * @throws TenorError OPENING_MISSING, OPENING_MALFORMED, NOT_FOUND, BOOK_ELSEWHERE
   */
  async open<Kind extends BookKind>(kind: Kind, id: string, register = registerOf(id)): Promise<Opened<Kind>> {
    const opened = await this.openIfShown(kind, id, register);
    if (opened !== undefined) return opened;
    throw new TenorError(await this.#whyNotShown(kind, id, register), { kind, id });
  }

  /** As {@link open}, or undefined where no opening is shown: then its register must hold none. @param otherwise what is wrong where it does */
  async openOrAbsent<Kind extends BookKind>(
    kind: Kind,
    id: string,
    register: string,
    otherwise: ErrorCode,
  ): Promise<Opened<Kind> | undefined> {
    const opened = await this.openIfShown(kind, id, register);
    if (opened === undefined) this.expectAbsent(kind, id, register, otherwise);
    return opened;
  }

  /** As {@link open}, or undefined where no opening is shown, whatever stands there. See {@link openOrAbsent}. */
  async openIfShown<Kind extends BookKind>(
    kind: Kind,
    id: string,
    register = registerOf(id),
  ): Promise<Opened<Kind> | undefined> {
    const bytes = await this.#shown(kind, id, register);
    return bytes === undefined
      ? undefined
      : this.take({ kind, id, record: decodeBookRecord(kind, bytes), bytes }, register);
  }

  /** Expects every register of an opened record, `register` first, to hold its very bytes under its own id. */
  take<Kind extends BookKind>(opened: Opened<Kind>, register: string): Opened<Kind> {
    const { kind, id, record, bytes } = opened;
    this.#opened.set(openingName(kind, id), opened);
    const registers = this.#kind(kind).registers(record, this.mspId);
    const isItself = registers[0] === register && (!('id' in record) || record.id === id);
    if (!isItself) this.#expect({ what: 'never' }, 'OPENING_MISMATCH', { kind, id });
    const hash = sha256(bytes);
    for (const mspId of new Set([register, ...registers]))
      this.#expectHash(mspId, { kind, id }, (actual) => actual === hash, 'OPENING_MISMATCH');
    return opened;
  }

  /**
   * A new record under an id that the caller's organisation drew for `register`: nothing may stand there yet. Who sees an id in a
   * block cannot use it first, because the id names who drew it. @throws TenorError ID_FOREIGN
   */
  draw(kind: BookKind, id: string, register = registerOf(id)): void {
    this.assertDrawn(kind, id);
    if (registerOf(id) !== register) throw new TenorError('ID_FOREIGN', { kind, id });
    this.expectAbsent(kind, id, register, 'ID_TAKEN');
  }

  /** @throws TenorError ID_FOREIGN where another organisation than the caller's drew the id */
  assertDrawn(kind: BookKind | PublicKind, id: string): void {
    if (drawerOf(id) !== this.mspId) throw new TenorError('ID_FOREIGN', { kind, id });
  }

  /** Expects that the shelf of a register holds no such record. */
  expectAbsent(kind: BookKind, id: string, mspId: string, otherwise: ErrorCode): void {
    this.#expectHash(mspId, { kind, id }, (hash) => hash === '', otherwise);
  }

  /** States that anything may stand there: the record is the organisation's own affair. */
  expectAny(kind: BookKind, id: string, mspId: string): void {
    this.#expectHash(mspId, { kind, id }, () => true, 'INTERNAL');
  }

  /** Expects that the registry holds no such record. It was read. */
  expectUnpublished(kind: PublicKind, id: string | undefined, otherwise: ErrorCode): void {
    if (this.registry.find(kind, id) !== undefined) this.#expect({ what: 'never' }, otherwise, { kind });
  }

  /** Fabric's hash of what a register's shelf holds, in hex, or '' when there is nothing. @throws TenorError MSP_UNKNOWN */
  hash(kind: BookKind, id: string, mspId: string): Promise<string> {
    return this.#expectations.hash(mspId, ownKey(kind, id));
  }

  /** What a decision writes, key by key. */
  encode(writes: readonly Write[], seed: Uint8Array): readonly EncodedWrite[] {
    const isStated = (mspId: string, key: string): boolean =>
      !this.#checks() || this.#expectations.isStated(mspId, key);
    return encodeWrites(writes, { kinds: this.#kinds, callerMsp: this.mspId, seed, isStated });
  }

  /** Writes. */
  async commit(writes: readonly EncodedWrite[]): Promise<void> {
    await writeMany(this.#stub, writes.flatMap(stateWrites));
  }

  /** Whether the ledger holds all that would be written already. In the caller's own book a plan looks at values: a hash survives the loss of what it is the hash of. */
  async holds(writes: readonly EncodedWrite[]): Promise<boolean> {
    for (const { key, mspId, bytes } of writes) {
      const expected = bytes === undefined ? '' : sha256(bytes);
      if ((await this.#standing(mspId, key)) !== expected) return false;
    }
    return true;
  }

  /**
   * The organisations that have to endorse: owners of the books written, and those whom the policies of the keys that are
   * overwritten ask for. Undefined where public state is written.
   */
  endorsersOf(writes: readonly EncodedWrite[]): readonly string[] | undefined {
    const books = new Set<string>();
    for (const { mspId } of writes) {
      if (mspId === undefined) return undefined;
      books.add(mspId);
    }
    const keys = new Set(writes.map(({ key }) => key));
    for (const { kind, id, record } of this.#opened.values()) {
      const policy = keys.has(ownKey(kind, id)) ? this.#kind(kind).policy(record) : undefined;
      for (const mspId of policy === undefined ? [] : guardsOf(policy, books)) books.add(mspId);
    }
    return [...books].sort();
  }

  async #standing(mspId: string | undefined, key: string): Promise<string> {
    if (mspId === undefined) return sha256(await this.#publicText(key));
    if (mspId !== this.mspId || this.#source.from === 'transient') return this.#expectations.hash(mspId, key);
    await readInto(this.#own, [key], (missing) => readMany(this.#stub, bookOf(mspId), missing));
    const value = this.#own.get(key) ?? '';
    return value === '' ? '' : sha256(value);
  }

  async #shown(kind: BookKind, id: string, register: string): Promise<string | undefined> {
    if (this.#source.from === 'transient') return this.#source.openings.get(openingName(kind, id));
    await this.foresee([kind, id, register]);
    const values = this.#shelves(kind, id, register).map((key) => this.#own.get(key) ?? '');
    return values.find((value) => value !== '');
  }

  /** A plan that finds no value asks for the hash: a value that is there, and that this peer does not have, is another matter than none. */
  async #whyNotShown(kind: BookKind, id: string, register: string): Promise<ErrorCode> {
    if (this.#source.from === 'transient') return 'OPENING_MISSING';
    for (const key of this.#shelves(kind, id, register))
      if ((await this.#expectations.hash(this.mspId, key)) !== '') return 'BOOK_ELSEWHERE';
    return 'NOT_FOUND';
  }

  /** Where a record may stand in the caller's own book: on its shelf where it is the register, or one of two; else among its copies. */
  #shelves(kind: BookKind, id: string, register: string): readonly string[] {
    return register === this.mspId ? [ownKey(kind, id)] : [ownKey(kind, id), shownKey(register, kind, id)];
  }

  async #publicText(key: string): Promise<string> {
    await readInto(this.#public, [key], (missing) => readMany(this.#stub, '', missing));
    return this.#public.get(key) ?? '';
  }

  #kind<Kind extends BookKind>(kind: Kind): RecordKind<Kind> {
    return this.#kinds[kind];
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
    this.#expect({ what: 'hash', mspId, key: ownKey(kind, id), fits }, otherwise, { kind, id });
  }

  #expect(what: Unstated<Expectation>, code: ErrorCode, data: ErrorData): void {
    const error = new TenorError(code, data);
    const otherwise = this.#index === undefined ? error : atIndex(error, this.#index);
    this.#expectations.state({ ...what, otherwise });
  }
}

/** Who is missing among the endorsers for a policy to hold. Of a choice the last one: the counterparty, who gains by the step. */
function guardsOf({ all, any = [] }: KeyPolicy, endorsers: ReadonlySet<string>): readonly string[] {
  const chosen = any.length === 0 || any.some((mspId) => endorsers.has(mspId)) ? [] : any.slice(-1);
  return [...all, ...chosen].filter((mspId) => !endorsers.has(mspId));
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

/** The record of a kind as opened, for callers that decode it themselves. */
export const openedOf = <Kind extends BookKind>(kind: Kind, id: string, bytes: string): Opened<Kind> => ({
  kind,
  id,
  record: decodeBookRecord(kind, bytes),
  bytes,
});
