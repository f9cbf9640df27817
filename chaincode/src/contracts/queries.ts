/** Reads. They touch the caller's own book (`_implicit_org_<MSP of the creator>`) and public state, nothing else. */
import type { ChaincodeStub } from 'fabric-shim';
import { decodeBookRecord, sha256 } from '../ledger/codec.js';
import { identityOf } from '../ledger/identity.js';
import { bookOf, FOUNDING_ID, ownKey, placeOf, publicKey, shelvesOf, shownKey, type Place } from '../ledger/keys.js';
import { canonicalJson } from '../protocol/canonical.js';
import type { ParsedRequest } from '../protocol/commands/index.js';
import { TenorError } from '../protocol/errors.js';
import { ID_PATTERN, registerOf } from '../protocol/identifiers.js';
import { LIMITS } from '../protocol/limits.js';
import type { BookKind, BookRecord } from '../protocol/records/index.js';
import type { NotCurrent, Page, Row } from '../protocol/results.js';

type AnyRow = Row<BookKind>;

/** What reads need of the stub. */
export type ReadStub = Pick<
  ChaincodeStub,
  'getCreator' | 'getState' | 'getPrivateData' | 'getPrivateDataHash' | 'getPrivateDataByRange'
>;

/** Who the caller is: for registering it as an operator, and for finding out why it is refused. */
export function whoami(stub: ReadStub): string {
  const { mspid, idBytes } = stub.getCreator();
  return canonicalJson(identityOf(mspid, idBytes));
}

/** A registry record. @throws TenorError NOT_FOUND */
export async function getPublic(stub: ReadStub, { kind, id }: ParsedRequest<'registry:get'>): Promise<string> {
  const stored = Buffer.from(await stub.getState(publicKey(kind, id))).toString('utf8');
  if (stored === '') throw new TenorError('NOT_FOUND', { kind });
  return stored;
}

/** A record of the caller's own book: what it vouches for itself, else its copy. @throws TenorError NOT_FOUND, RECORD_UNREADABLE */
export async function getOwn(stub: ReadStub, { kind, id, register }: ParsedRequest<'book:get'>): Promise<string> {
  const named = register ?? (ID_PATTERN.test(id) ? registerOf(id) : undefined);
  const keys = [ownKey(kind, id), ...(named === undefined ? [] : [shownKey(named, kind, id)])];
  for (const key of keys) {
    const opening = await readOwn(stub, key);
    if (opening === undefined) continue;
    const row = await rowOf(stub, kind, key, opening);
    if (row.record === undefined) throw new TenorError('RECORD_UNREADABLE', { kind });
    return canonicalJson(row);
  }
  throw new TenorError('NOT_FOUND', { kind });
}

/** Records of one kind in the caller's own book: first those that it vouches for, then copies. */
export async function listOwn(stub: ReadStub, { kind, bookmark, limit }: ParsedRequest<'book:list'>): Promise<string> {
  // On a foreign peer a range of a book answers empty, a get fails: so the book's own founding record is read first.
  await readOwn(stub, ownKey('founding', FOUNDING_ID));
  const size = limit ?? LIMITS.pageRows;
  const rows: Stored[] = [];
  for (const shelf of shelvesOf(kind)) rows.push(...(await rowsOf(stub, shelf, bookmark, size + 1 - rows.length)));
  const items: AnyRow[] = [];
  for (const { key, opening } of rows.slice(0, size)) items.push(await rowOf(stub, kind, key, opening));
  const last = rows.slice(0, size).at(-1)?.key;
  const page: Page<BookKind> = rows.length > size && last !== undefined ? { items, bookmark: last } : { items };
  return canonicalJson(page);
}

interface Stored {
  readonly key: string;
  readonly opening: string;
}

/** Rows of one shelf behind a bookmark, which is a key. */
async function rowsOf(stub: ReadStub, shelf: string, bookmark: string | undefined, most: number): Promise<Stored[]> {
  const end = `${shelf.slice(0, -1)}0`; // '0' comes right after '/'
  const start = bookmark !== undefined && bookmark >= shelf ? `${bookmark}\u0000` : shelf;
  if (most <= 0 || start >= end) return [];
  const rows: Stored[] = [];
  const range = stub.getPrivateDataByRange(bookOf(stub.getCreator().mspid), start, end) as unknown as AsyncIterable<{
    readonly key: string;
    readonly value: Uint8Array;
  }>;
  for await (const { key, value } of range) {
    rows.push({ key, opening: Buffer.from(value).toString('utf8') });
    if (rows.length >= most) break;
  }
  return rows;
}

/** What a peer says of a value whose hash alone it keeps: it is another organisation's peer. */
const ELSEWHERE = 'private data matching public hash version is not available';

/** @throws TenorError BOOK_ELSEWHERE */
async function readOwn(stub: ReadStub, key: string): Promise<string | undefined> {
  try {
    const bytes = await stub.getPrivateData(bookOf(stub.getCreator().mspid), key);
    return bytes.length === 0 ? undefined : Buffer.from(bytes).toString('utf8');
  } catch (error) {
    if (error instanceof Error && error.message.includes(ELSEWHERE)) throw new TenorError('BOOK_ELSEWHERE');
    throw error;
  }
}

/** Whatever stands there, one row is made of it: others can have had it written. */
async function rowOf(stub: ReadStub, kind: BookKind, key: string, opening: string): Promise<AnyRow> {
  const place = placeOf(key);
  const record = recordOf(kind, place, opening);
  const id = place?.id ?? key;
  const register = place?.register ?? stub.getCreator().mspid;
  const found = { kind, id, register, opening, ...(record === undefined ? {} : { record }) };
  const reason = record === undefined ? 'UNREADABLE' : await whyNotCurrent(stub, kind, place, opening);
  return (reason === undefined ? { ...found, current: true } : { ...found, current: false, reason }) as AnyRow;
}

function recordOf(kind: BookKind, place: Place | undefined, opening: string): BookRecord<BookKind> | undefined {
  if (place === undefined) return undefined;
  try {
    const record = decodeBookRecord(kind, opening);
    return 'id' in record && record.id !== place.id ? undefined : record;
  } catch {
    return undefined; // the row says so: UNREADABLE
  }
}

async function whyNotCurrent(
  stub: ReadStub,
  kind: BookKind,
  place: Place | undefined,
  opening: string,
): Promise<NotCurrent | undefined> {
  if (place?.register === undefined) return undefined;
  try {
    const hash = await stub.getPrivateDataHash(bookOf(place.register), ownKey(kind, place.id));
    return Buffer.from(hash).toString('hex') === sha256(opening) ? undefined : 'SUPERSEDED';
  } catch {
    return 'REGISTER_UNKNOWN'; // Fabric knows no such organisation, or its book cannot be looked into
  }
}
