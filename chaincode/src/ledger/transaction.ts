/**
 * One transaction's view of the ledger. A submit never relies on private values that it reads. It checks the hash of each opening in
 * the books that vouch for the record. A plan (evaluate) reads the openings from the caller's own book instead.
 */
import type { ChaincodeStub } from 'fabric-shim';
import type { Caller } from '../domain/callers.js';
import { guardsOf, type Opened, type Write } from '../domain/decision.js';
import { departureOf, leftIn, NO_DEPARTURES } from '../domain/departures.js';
import { atIndex } from '../domain/items.js';
import { TenorError, type ErrorCode, type ErrorData } from '../protocol/errors.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';
import type { BookKind, BookRecord, PublicKind, PublicRecord } from '../protocol/records/index.js';
import { claimedDateOf, type TimedStub } from './claimedDate.js';
import { decodeBookRecord, encodeRecord, sha256 } from './codec.js';
import { Expectations, type BookStub, type Expectation, type Place } from './expectations.js';
import { identityOf } from './identity.js';
import { takePlace, type Newcomer } from './intake.js';
import { bookOf, openingName, operatorId, ownKey, shownKey, voucherOf } from './keys.js';
import { readMany, writeMany } from './peerBatch.js';
import type { PublicRef, RegistryView } from './pending.js';
import { PublicState, readInto } from './publicState.js';
import type { RecordKind, RecordKinds } from './recordKind.js';
import { encodeWrites, stateWrites, type EncodedWrite } from './writes.js';

/** The part of the shim's stub that this ledger uses. */
export type Stub = BookStub & TimedStub & Pick<ChaincodeStub, 'getCreator'>;

/** A book record by kind and id, and by the MSP id of its register if the id does not name it. */
export type BookRef = readonly [kind: BookKind, id: string, register?: string];

/** Where openings come from. */
export type OpeningSource =
  | { readonly from: 'transient'; readonly openings: ReadonlyMap<string, string> }
  /** `checked` says that openings are compared with the registers, as endorsers will do. */
  | { readonly from: 'ownBook'; readonly checked: boolean };

type Unstated<Of> = Of extends unknown ? Omit<Of, 'otherwise'> : never;

/** One transaction on the ledger. */
export class LedgerTransaction {
  readonly #stub: Stub;
  readonly #source: OpeningSource;
  readonly #kinds: RecordKinds;
  readonly #opened = new Map<string, Opened<BookKind>>();
  readonly #expectations: Expectations;
  readonly #public: PublicState;
  /** The values that a plan has read from the caller's own book, or '' if there is none. */
  readonly #own = new Map<string, string>();
  /** Index of the item of a bulk request that is being loaded. */
  #index: number | undefined;

  constructor(stub: Stub, source: OpeningSource, kinds: RecordKinds) {
    this.#stub = stub;
    this.#source = source;
    this.#kinds = kinds;
    this.#expectations = new Expectations(stub);
    this.#public = new PublicState(stub);
  }

  /**
   * The first expectation about books that did not hold: an opening that is not current, or a record that exists already.
   * @throws TenorError MSP_UNKNOWN
   */
  async failure(): Promise<TenorError | undefined> {
    await this.prefetch([['departures']]);
    const hash = async ({ mspId, key }: Place): Promise<string> => {
      const id = voucherOf(mspId, key);
      if (id === undefined) return '';
      await this.prefetch([['voucher', id]]);
      return this.registry.find('voucher', id)?.hash ?? '';
    };
    return this.#expectations.failure({ left: leftIn(this.#departures), hash });
  }

  /** Who leaves or has left, as far as it was read. */
  get #departures(): PublicRecord<'departures'> {
    return (this.#public.isRead('departures') ? this.registry.find('departures') : undefined) ?? NO_DEPARTURES;
  }

  /** The caller's organisation. */
  get mspId(): string {
    return this.#stub.getCreator().mspid;
  }

  /** The day, in UTC, on which the client says that it made the transaction. @throws TenorError DATE_MALFORMED */
  get claimedDate(): string {
    return claimedDateOf(this.#stub);
  }

  /** Every opening shown so far, by name. */
  get openings(): ReadonlyMap<string, string> {
    return new Map([...this.#opened].map(([name, { bytes }]) => [name, bytes]));
  }

  /** The caller with its operator record. `beside` names registry records that are needed later and are read in the same message. */
  async caller(beside: readonly PublicRef[]): Promise<Caller> {
    const { mspid, idBytes } = this.#stub.getCreator();
    const identity = identityOf(mspid, idBytes);
    const id = operatorId(mspid, identity.identity);
    await this.prefetch([['operator', id], ...beside]);
    return { ...identity, operator: this.registry.find('operator', id) };
  }

  /** Reads registry records in one message. Only records that every path needs, because they become part of the read set. */
  prefetch(refs: readonly PublicRef[]): Promise<void> {
    return this.#public.prefetch(refs);
  }

  /** The registry records that were read. */
  readonly registry: RegistryView = {
    get: (kind, id, missing) => {
      const found = this.registry.find(kind, id);
      if (found === undefined) throw new TenorError(missing, kind === 'party' && id !== undefined ? { party: id } : {});
      return found;
    },
    find: <Kind extends PublicKind>(kind: Kind, id?: string): PublicRecord<Kind> | undefined => {
      const found = this.#public.find(kind, id);
      return found === undefined ? undefined : this.#asItStands(kind, found);
    },
  };

  /** In a plan, reads the openings that are needed later from the caller's own book, in one message. A submit has them already. */
  async foresee(...refs: readonly BookRef[]): Promise<void> {
    if (this.#source.from === 'transient') return;
    const keys = refs.flatMap(([kind, id, register]) => this.#shelves(kind, id, register ?? registerOf(id)));
    const book = bookOf(this.mspId);
    await readInto(this.#own, keys, (missing) => readMany(this.#stub, book, missing));
  }

  /** Loads one item of a bulk request. A refusal in this time names its index. Items are loaded one after the other. */
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
   * @param register MSP id of the register, if the id does not name it
   * @throws TenorError OPENING_MISSING, OPENING_MALFORMED, NOT_FOUND, BOOK_ELSEWHERE
   */
  async open<Kind extends BookKind>(kind: Kind, id: string, register = registerOf(id)): Promise<Opened<Kind>> {
    const opened = await this.openIfShown(kind, id, register);
    if (opened !== undefined) return opened;
    throw new TenorError(await this.#whyNotShown(kind, id, register), { kind, id });
  }

  /** As {@link open}, or undefined if no opening is shown. Its register must then hold no such record. @param otherwise the refusal if it does */
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

  /** As {@link open}, or undefined if no opening is shown, even if the register holds the record. See {@link openOrAbsent}. */
  async openIfShown<Kind extends BookKind>(
    kind: Kind,
    id: string,
    register = registerOf(id),
  ): Promise<Opened<Kind> | undefined> {
    const bytes = await this.#shown(kind, id, register);
    if (bytes === undefined) return undefined;
    // Parts of one certificate have its terms in common: what is expected of them was said when they were opened first.
    const known = this.#opened.get(openingName(kind, id));
    const isKnown =
      known?.bytes === bytes && this.#kind(kind).registers(known.record as never, this.mspId)[0] === register;
    return isKnown ? (known as Opened<Kind>) : this.take(openedOf(kind, id, bytes), register);
  }

  /**
   * As {@link openIfShown}, for a record that says itself in which of several registers it stands.
   * @param isMeant which one a plan takes if the caller's own book has several
   */
  async openOneIfShown<Kind extends BookKind>(
    kind: Kind,
    id: string,
    registers: readonly string[],
    isMeant: (record: BookRecord<Kind>) => boolean,
  ): Promise<Opened<Kind> | undefined> {
    const shown: Opened<Kind>[] = [];
    for (const register of registers) {
      const bytes = await this.#shown(kind, id, register);
      if (bytes !== undefined) shown.push(openedOf(kind, id, bytes));
    }
    const opened = shown.find(({ record }) => isMeant(record)) ?? shown[0];
    if (opened === undefined) return undefined;
    const [named = ''] = this.#kind(kind).registers(opened.record, this.mspId);
    return this.take(opened, registers.includes(named) ? named : (registers[0] ?? named));
  }

  /** Expects every register of an opened record, `register` first, to hold exactly these bytes under the record's id. */
  take<Kind extends BookKind>(opened: Opened<Kind>, register: string): Opened<Kind> {
    const { kind, id, record, hash } = opened;
    this.#opened.set(openingName(kind, id), opened);
    const registers = this.#kind(kind).registers(record, this.mspId);
    const isItself = registers[0] === register && (!('id' in record) || record.id === id);
    if (!isItself) this.#expect({ what: 'never' }, 'OPENING_MISMATCH', { kind, id });
    for (const mspId of new Set([register, ...registers]))
      this.#expectHash(mspId, { kind, id }, (actual) => actual === hash, 'OPENING_MISMATCH');
    return opened;
  }

  /**
   * Expects that there is no record yet under an id that the caller's organisation drew for `register`. Nobody else who sees the id in
   * a block can use it first, because the id names the organisation that drew it. @throws TenorError ID_FOREIGN
   */
  draw(kind: BookKind, id: string, register = registerOf(id)): void {
    this.assertDrawn(kind, id);
    if (registerOf(id) !== register) throw new TenorError('ID_FOREIGN', { kind, id });
    this.expectAbsent(kind, id, register, 'ID_TAKEN');
  }

  /** @throws TenorError ID_FOREIGN if another organisation than the caller's drew the id */
  assertDrawn(kind: BookKind | PublicKind, id: string): void {
    if (drawerOf(id) !== this.mspId) throw new TenorError('ID_FOREIGN', { kind, id });
  }

  /** Expects that the shelf of a register holds no such record. @param about what the refusal names besides kind and id */
  expectAbsent(kind: BookKind, id: string, mspId: string, otherwise: ErrorCode, about: ErrorData = {}): void {
    this.#expectHash(mspId, { kind, id }, (hash) => hash === '', otherwise, about);
  }

  /** Expects that the shelf of a register holds exactly this record, which has no salt. */
  expectStanding<Kind extends BookKind>(
    kind: Kind,
    record: BookRecord<Kind> & { readonly id: string },
    mspId: string,
    otherwise: ErrorCode,
    about: ErrorData = {},
  ): void {
    const expected = sha256(encodeRecord(record));
    this.#expectHash(mspId, { kind, id: record.id }, (hash) => hash === expected, otherwise, about);
  }

  /** States that the key may hold anything, because only the organisation itself relies on the record. */
  expectAny(kind: BookKind, id: string, mspId: string): void {
    this.#expectHash(mspId, { kind, id }, () => true, 'INTERNAL');
  }

  /** Checks that the registry holds no such record. The record was read before. */
  expectUnpublished(kind: PublicKind, id: string | undefined, otherwise: ErrorCode): void {
    if (this.registry.find(kind, id) !== undefined) this.#expect({ what: 'never' }, otherwise, { kind });
  }

  /** Fabric's hash of what a register's shelf holds, in hex, or '' when there is nothing. @throws TenorError MSP_UNKNOWN */
  hash(kind: BookKind, id: string, mspId: string): Promise<string> {
    return this.#expectations.hash(mspId, ownKey(kind, id));
  }

  /** The writes of a decision, key by key. */
  encode(writes: readonly Write[], seed: Uint8Array): readonly EncodedWrite[] {
    const isStated = (mspId: string, key: string): boolean =>
      !this.#checks() || this.#expectations.isStated(mspId, key);
    const opened = (kind: BookKind, id: string): Opened<BookKind> | undefined =>
      this.#opened.get(openingName(kind, id));
    const left = leftIn(this.#departures);
    return encodeWrites(writes, { kinds: this.#kinds, callerMsp: this.mspId, seed, isStated, opened, left });
  }

  /** A place in the book of another organisation. A plan that checks nothing takes the first. @throws TenorError QUOTA_REACHED */
  takePlace(mspId: string, call: Omit<Newcomer, 'senderMsp'>): Promise<EncodedWrite> {
    const hash = (key: string): Promise<string> => this.#expectations.hash(mspId, key);
    return takePlace(mspId, { ...call, senderMsp: this.mspId }, this.#checks() ? hash : () => Promise.resolve(''));
  }

  /** Writes. */
  async commit(writes: readonly EncodedWrite[]): Promise<void> {
    await writeMany(this.#stub, writes.flatMap(stateWrites));
  }

  /**
   * Whether the ledger holds already everything that would be written. In the caller's own book a plan compares values, because the hash
   * stays on the ledger when its value is lost.
   */
  async holds(writes: readonly EncodedWrite[]): Promise<boolean> {
    for (const { key, mspId, bytes } of writes) {
      const expected = bytes === undefined ? '' : sha256(bytes);
      if ((await this.#standing(mspId, key)) !== expected) return false;
    }
    return true;
  }

  /**
   * The organisations that have to endorse: the owners of the books that are written, and the organisations that the policies of the
   * overwritten keys ask for. Undefined if public state is written.
   */
  endorsersOf(writes: readonly EncodedWrite[]): readonly string[] | undefined {
    const books = new Set<string>();
    for (const { mspId } of writes) {
      if (mspId === undefined) return undefined;
      books.add(mspId);
    }
    const keys = new Set(writes.map(({ key }) => key));
    const left = leftIn(this.#departures);
    for (const { kind, id, record } of this.#opened.values()) {
      const policy = keys.has(ownKey(kind, id)) ? this.#kind(kind).policy(record) : undefined;
      for (const mspId of policy === undefined ? [] : guardsOf(policy, books, left)) books.add(mspId);
    }
    return [...books].sort();
  }

  /** A party of an organisation that leaves takes on nothing new, whatever its own record says. */
  #asItStands<Kind extends PublicKind>(kind: Kind, record: PublicRecord<Kind>): PublicRecord<Kind> {
    if (kind !== 'party') return record;
    const { mspId } = record as PublicRecord<'party'>;
    return departureOf(this.#departures, mspId) === undefined ? record : { ...record, status: 'SUSPENDED' };
  }

  async #standing(mspId: string | undefined, key: string): Promise<string> {
    if (mspId === undefined) return sha256(await this.#public.text(key));
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

  /** The keys under which a record may stand in the caller's own book: on the shelf `own`, or among the copies. */
  #shelves(kind: BookKind, id: string, register: string): readonly string[] {
    return [ownKey(kind, id), shownKey(register, kind, id)];
  }

  #kind<Kind extends BookKind>(kind: Kind): RecordKind<Kind> {
    return this.#kinds[kind];
  }

  /** Whether the expectations about the books are looked up. In a submit they always are. */
  #checks(): boolean {
    return this.#source.from === 'transient' || this.#source.checked;
  }

  #expectHash(
    mspId: string,
    { kind, id }: { readonly kind: BookKind; readonly id: string },
    fits: (hash: string) => boolean,
    otherwise: ErrorCode,
    about: ErrorData = {},
  ): void {
    if (!this.#checks()) return;
    this.#expect({ what: 'hash', mspId, key: ownKey(kind, id), fits }, otherwise, { kind, id, ...about });
  }

  #expect(what: Unstated<Expectation>, code: ErrorCode, data: ErrorData): void {
    const index = this.#index;
    // An error takes down where it was made, which costs more than to compare a hash. Almost every expectation holds.
    const otherwise = (): TenorError => {
      const error = new TenorError(code, data);
      return index === undefined ? error : atIndex(error, index);
    };
    this.#expectations.state({ ...what, otherwise });
  }
}

/** A record by its bytes as shown. @throws TenorError OPENING_MALFORMED */
export const openedOf = <Kind extends BookKind>(kind: Kind, id: string, bytes: string): Opened<Kind> => ({
  kind,
  id,
  record: decodeBookRecord(kind, bytes),
  bytes,
  hash: sha256(bytes),
});
