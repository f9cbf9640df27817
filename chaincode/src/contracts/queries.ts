/** Queries. They read only the caller's own book (`_implicit_org_<MSP of the creator>`) and public state. */
import type { ChaincodeStub } from 'fabric-shim';
import { isConsolidated } from '../domain/consolidations.js';
import { leftIn } from '../domain/departures.js';
import { decodeBookRecord, decodePublicRecord, sha256 } from '../ledger/codec.js';
import { identityOf } from '../ledger/identity.js';
import {
  bookOf,
  consolidationIdOf,
  FOUNDING_ID,
  ownKey,
  placeOf,
  publicKey,
  shelvesOf,
  shownKey,
  voucherOf,
  type Place,
} from '../ledger/keys.js';
import { isNotKept, readMany, type SingleCalls } from '../ledger/peerBatch.js';
import { canonicalJson } from '../protocol/canonical.js';
import type { ParsedRequest } from '../protocol/commands/index.js';
import { TenorError } from '../protocol/errors.js';
import { drawerOf, ID_PATTERN, registerOf } from '../protocol/identifiers.js';
import { LIMITS } from '../protocol/limits.js';
import type { BookKind, BookRecord, PublicKind } from '../protocol/records/index.js';
import type { NotCurrent, Page, Row } from '../protocol/results.js';

type AnyRow = Row<BookKind>;

/** The part of the stub that queries need. */
export type ReadStub = SingleCalls & Pick<ChaincodeStub, 'getCreator' | 'getPrivateDataHash' | 'getPrivateDataByRange'>;

/** The caller's identity, as needed to register it as an operator or to find out why it is refused. */
export function whoami(stub: ReadStub): string {
  const { mspid, idBytes } = stub.getCreator();
  return canonicalJson(identityOf(mspid, idBytes));
}

/** A registry record. @throws TenorError NOT_FOUND */
export async function getPublic(stub: ReadStub, { kind, id }: ParsedRequest<'registry:get'>): Promise<string> {
  const stored = await publicText(stub, kind, id);
  if (stored !== '') return stored;
  const registered = kind === 'party' && id !== undefined ? await registeredAs(stub, id) : undefined;
  if (registered === undefined) throw new TenorError('NOT_FOUND', { kind });
  return publicText(stub, 'party', registered);
}

/** The id under which the party with this second id is registered. */
async function registeredAs(stub: ReadStub, otherId: string): Promise<string | undefined> {
  const stored = await publicText(stub, 'partyId', otherId);
  return stored === '' ? undefined : decodePublicRecord('partyId', stored).party;
}

/** A record of the caller's own book: the one that it vouches for itself, otherwise its copy. @throws TenorError NOT_FOUND, RECORD_UNREADABLE */
export async function getOwn(stub: ReadStub, { kind, id, register }: ParsedRequest<'book:get'>): Promise<string> {
  const keys = [ownKey(kind, id), ...registersFor(id, register).map((mspId) => shownKey(mspId, kind, id))];
  const left = await whoLeft(stub);
  let lost: TenorError | undefined;
  for (const key of keys) {
    // A value that this peer lost on the organisation's own shelf may stand among its copies: taken back from another party.
    const opening = await readOwn(stub, key).catch((error: unknown) => {
      if (!(error instanceof TenorError)) throw error;
      lost ??= error;
      return undefined;
    });
    if (opening === undefined) continue;
    const row = await rowOf(stub, { kind, key, opening }, left);
    if (row.record === undefined) throw new TenorError('RECORD_UNREADABLE', { kind });
    const [standing = row] = await withoutConsolidated(stub, [row]);
    return canonicalJson(standing);
  }
  throw lost ?? new TenorError('NOT_FOUND', { kind, id });
}

/** A registry record as stored; '' if there is none. */
const publicText = async (stub: ReadStub, kind: PublicKind, id: string | undefined): Promise<string> =>
  Buffer.from(await stub.getState(publicKey(kind, id))).toString('utf8');

/** Whose books are not asked any more. */
async function whoLeft(stub: ReadStub): Promise<ReadonlySet<string>> {
  const stored = await publicText(stub, 'departures', undefined);
  return stored === '' ? new Set() : leftIn(decodePublicRecord('departures', stored));
}

/** The registers that may keep a record with this id. The totals of a certificate are kept by its issuer, who drew the id. */
function registersFor(id: string, named: string | undefined): readonly string[] {
  if (named !== undefined) return [named];
  return ID_PATTERN.test(id) ? [registerOf(id), drawerOf(id)] : [];
}

/** Records of one kind in the caller's own book: first those that it vouches for, then copies. */
export async function listOwn(stub: ReadStub, request: ParsedRequest<'book:list'>): Promise<string> {
  const { kind, bookmark, limit, certificateIds } = request;
  // On another organisation's peer a range over a book answers an empty list, while a get fails. So the founding record is read first.
  await readOwn(stub, ownKey('founding', FOUNDING_ID));
  const page: Stored[] = [];
  let isFull = false;
  for (const shelf of shelvesOf(kind)) isFull ||= await fill(page, stub, shelf, bookmark, limit ?? LIMITS.pageRows);
  const left = await whoLeft(stub);
  const items: AnyRow[] = [];
  for (const { key, opening } of page.filter(naming(certificateIds)))
    items.push(await rowOf(stub, { kind, key, opening }, left));
  const last = page.at(-1)?.key;
  const standing = await withoutConsolidated(stub, items);
  const answer: Page<BookKind> =
    isFull && last !== undefined ? { items: standing, bookmark: last } : { items: standing };
  return canonicalJson(answer);
}

/** Whether a record names one of these certificates, or is one of theirs, as its canonical text says it. What is stored in another form is unreadable in any case. */
function naming(certificateIds: readonly string[] | undefined): (stored: Stored) => boolean {
  const texts = certificateIds?.flatMap((id) =>
    ['certificateId', 'id'].map((field) => `"${field}":${JSON.stringify(id)}`),
  );
  return ({ opening }) => texts === undefined || texts.some((each) => opening.includes(each));
}

interface Stored {
  readonly key: string;
  readonly opening: string;
}

/** Fills a page with rows of one shelf after a bookmark, which is a key. @returns whether there were more rows than fit on the page */
async function fill(
  page: Stored[],
  stub: ReadStub,
  shelf: string,
  bookmark: string | undefined,
  most: number,
): Promise<boolean> {
  const end = `${shelf.slice(0, -1)}0`; // '0' comes right after '/'
  const start = bookmark !== undefined && bookmark >= shelf ? `${bookmark}\u0000` : shelf;
  if (start >= end) return false;
  const range = stub.getPrivateDataByRange(bookOf(stub.getCreator().mspid), start, end) as unknown as AsyncIterable<{
    readonly key: string;
    readonly value: Uint8Array;
  }>;
  let bytes = page.reduce((sum, { opening }) => sum + opening.length, 0);
  for await (const { key, value } of range) {
    bytes += value.length;
    // A page has at least one row, because a large row would otherwise end every list before it.
    if (page.length === most || (page.length > 0 && bytes > LIMITS.pageBytes)) return true;
    page.push({ key, opening: Buffer.from(value).toString('utf8') });
  }
  return false;
}

/** @throws TenorError BOOK_ELSEWHERE */
async function readOwn(stub: ReadStub, key: string): Promise<string | undefined> {
  try {
    const bytes = await stub.getPrivateData(bookOf(stub.getCreator().mspid), key);
    return bytes.length === 0 ? undefined : Buffer.from(bytes).toString('utf8');
  } catch (error) {
    if (isNotKept(error)) throw new TenorError('BOOK_ELSEWHERE');
    throw error;
  }
}

/** Makes one row of any bytes, because other organisations can have written them. */
async function rowOf(
  stub: ReadStub,
  { kind, key, opening }: Stored & { readonly kind: BookKind },
  left: ReadonlySet<string>,
): Promise<AnyRow> {
  const place = placeOf(key);
  const record = recordOf(kind, place, opening);
  const id = place?.id ?? key;
  const register = place?.register ?? stub.getCreator().mspid;
  const found = { kind, id, register, opening, ...(record === undefined ? {} : { record }) };
  const reason = record === undefined ? 'UNREADABLE' : await whyNotCurrent(stub, { kind, place, opening }, left);
  return (reason === undefined ? { ...found, current: true } : { ...found, current: false, reason }) as AnyRow;
}

/**
 * The rows, where free slices that became parts of others count no more. The own book says so: the bank keeps that record, and the holder has a copy of it. Whoever else
 * has a copy of the slice learns of it when the slice is used.
 */
async function withoutConsolidated(stub: ReadStub, rows: readonly AnyRow[]): Promise<readonly AnyRow[]> {
  const keys = rows.map((row) => consolidationKeyOf(stub, row));
  const names = [...new Set(keys.filter((key) => key !== undefined))];
  if (names.length === 0) return rows;
  const values = await readMany(stub, bookOf(stub.getCreator().mspid), names);
  const said = new Map(names.map((key, index) => [key, consolidationOf(key, values[index])]));
  return rows.map((row, index) => {
    const consolidation = said.get(keys[index] ?? '');
    const isGone = consolidation !== undefined && isConsolidated(consolidation, row.id);
    return isGone ? ({ ...row, current: false, reason: 'CONSOLIDATED' } as AnyRow) : row;
  });
}

/** Where the own book may say that a slice became part of another one. Undefined for all that is no free slice. */
function consolidationKeyOf(stub: ReadStub, { kind, register, record, current }: AnyRow): string | undefined {
  if (kind !== 'slice' || !current) return undefined;
  const slice = record as BookRecord<'slice'>;
  if (slice.state !== 'FREE') return undefined;
  const id = consolidationIdOf(slice);
  return register === stub.getCreator().mspid ? ownKey('consolidation', id) : shownKey(register, 'consolidation', id);
}

/** What stands under a key. Bytes that are no such record say nothing. */
function consolidationOf(key: string, bytes: Uint8Array | undefined): BookRecord<'consolidation'> | undefined {
  const opening = Buffer.from(bytes ?? []).toString('utf8');
  return recordOf('consolidation', placeOf(key), opening) as BookRecord<'consolidation'> | undefined;
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
  { kind, place, opening }: { readonly kind: BookKind; readonly place: Place | undefined; readonly opening: string },
  left: ReadonlySet<string>,
): Promise<NotCurrent | undefined> {
  if (place?.register === undefined) return undefined;
  const { register, id } = place;
  // What was preserved of the book of an organisation that left says what stood there; the rules look at nothing else either.
  if (left.has(register)) return whySince(stub, voucherOf(register, ownKey(kind, id)), opening);
  try {
    const hash = await stub.getPrivateDataHash(bookOf(register), ownKey(kind, id));
    if (hash.length === 0) return 'NOT_REGISTERED';
    return Buffer.from(hash).toString('hex') === sha256(opening) ? undefined : 'SUPERSEDED';
  } catch {
    return 'REGISTER_UNKNOWN'; // Fabric knows no such organisation, or its book cannot be looked into
  }
}

async function whySince(stub: ReadStub, voucher: string | undefined, opening: string): Promise<NotCurrent | undefined> {
  const stored = voucher === undefined ? '' : await publicText(stub, 'voucher', voucher);
  if (stored === '') return 'REGISTER_UNKNOWN';
  return decodePublicRecord('voucher', stored).hash === sha256(opening) ? undefined : 'SUPERSEDED';
}
