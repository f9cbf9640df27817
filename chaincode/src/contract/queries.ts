/**
 * Reads. They touch the caller's own book (`_implicit_org_<MSP of the creator>`) and public state, nothing else. What stands in a
 * book is hostile: one row that makes no sense says so, and never spoils the others.
 */
import type { ChaincodeStub } from 'fabric-shim';
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { BookKind, BookRecord } from '../protocol/records.js';
import type { NotCurrent, Page, Row } from '../protocol/results.js';
import type { ParsedRequest } from '../protocol/transactions.js';
import { readBookRecord, sha256 } from '../ledger/codec.js';
import { readHash } from '../ledger/expectations.js';
import { identityOf } from '../ledger/identity.js';
import { bookKey, bookOf, FOUNDING_ID, publicKey } from '../ledger/keys.js';

type AnyRow = Row<BookKind>;

/** What reads need of the stub. */
export type ReadStub = Pick<
  ChaincodeStub,
  'getCreator' | 'getState' | 'getPrivateData' | 'getPrivateDataHash' | 'getPrivateDataByRange'
>;

/** What it takes to say whether a record is current. */
type RecordStub = Pick<ReadStub, 'getCreator' | 'getPrivateData' | 'getPrivateDataHash'>;

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

/** What the caller's own book holds under one key. @throws TenorError NOT_FOUND */
export async function getOwn(stub: ReadStub, { kind, id }: ParsedRequest<'certificate:get'>): Promise<string> {
  const opening = await readOwn(stub, kind, id);
  if (opening === undefined) throw new TenorError('NOT_FOUND', { kind });
  return canonicalJson(await rowOf(stub, kind, id, opening));
}

/** Rows of one kind in the caller's own book, by id. */
export async function listOwn(
  stub: ReadStub,
  { kind, bookmark, limit }: ParsedRequest<'certificate:list'>,
): Promise<string> {
  // On a foreign peer a range of a book answers empty, a get fails: so the book's own founding record is read first.
  await readOwn(stub, 'founding', FOUNDING_ID);
  const start = bookmark === undefined ? `${kind}/` : `${kind}/${bookmark}\u0000`;
  const range = stub.getPrivateDataByRange(
    bookOf(stub.getCreator().mspid),
    start,
    `${kind}0`,
  ) as unknown as AsyncIterable<StoredRow>;
  const { rows, more } = await firstRows(range, limit ?? LIMITS.pageRows);
  const reader = readingOnce(stub);
  const items: AnyRow[] = [];
  for (const { key, value } of rows)
    items.push(await rowOf(reader, kind, key.slice(kind.length + 1), Buffer.from(value).toString('utf8')));
  const last = items.at(-1)?.id;
  const page: Page<BookKind> = more && last !== undefined ? { items, bookmark: last } : { items };
  return canonicalJson(page);
}

interface StoredRow {
  readonly key: string;
  readonly value: Uint8Array;
}

/** Rows up to a number and a size, one at least, and whether there are more. */
async function firstRows(
  range: AsyncIterable<StoredRow>,
  size: number,
): Promise<{ readonly rows: readonly StoredRow[]; readonly more: boolean }> {
  const rows: StoredRow[] = [];
  let bytes = 0;
  for await (const row of range) {
    bytes += row.value.length;
    if (rows.length === size || (rows.length > 0 && bytes > LIMITS.pageBytes)) return { rows, more: true };
    rows.push(row);
  }
  return { rows, more: false };
}

/** The stub, which reads a private value once: the slices of a page often share a certificate, and each asks for its terms. */
function readingOnce(stub: ReadStub): RecordStub {
  const values = new Map<string, Promise<Uint8Array>>();
  return {
    getCreator: () => stub.getCreator(),
    getPrivateDataHash: (collection, key) => stub.getPrivateDataHash(collection, key),
    getPrivateData: (collection, key) => {
      const at = `${collection}/${key}`;
      const value = values.get(at) ?? stub.getPrivateData(collection, key);
      values.set(at, value);
      return value;
    },
  };
}

async function readOwn(stub: RecordStub, kind: BookKind, id: string): Promise<string | undefined> {
  const bytes = await stub.getPrivateData(bookOf(stub.getCreator().mspid), bookKey(kind, id));
  return bytes.length === 0 ? undefined : Buffer.from(bytes).toString('utf8');
}

async function rowOf(stub: RecordStub, kind: BookKind, id: string, opening: string): Promise<AnyRow> {
  const record = readBookRecord(kind, opening);
  if (record === undefined) return { kind, id, opening, current: false, reason: 'UNDECODABLE' };
  const reason = await whyNotCurrent(stub, kind, id, record, opening);
  return { kind, id, record, opening, ...(reason === undefined ? { current: true } : { current: false, reason }) };
}

/** A peer's refusal to read a value or a hash. */
class Unread extends Error {}

const asUnread = (cause: unknown): never => {
  throw cause instanceof TenorError ? cause : new Unread('the peer did not read it', { cause });
};

async function whyNotCurrent(
  stub: RecordStub,
  kind: BookKind,
  id: string,
  record: BookRecord<BookKind>,
  opening: string,
): Promise<NotCurrent | undefined> {
  if (('id' in record ? record.id : FOUNDING_ID) !== id) return 'KEY_MISMATCH';
  try {
    const register = await REGISTER[kind](record as never, stub);
    if (register === undefined) return 'REGISTER_UNKNOWN';
    const hash = await readHash(stub, register, bookKey(kind, id)).catch(asUnread);
    if (hash === sha256(opening)) return undefined;
    return hash === '' ? 'NOT_REGISTERED' : 'SUPERSEDED';
  } catch (error) {
    if (error instanceof Unread) return 'REGISTER_UNREADABLE';
    if (error instanceof TenorError && error.code === 'MSP_UNKNOWN') return error.code;
    throw error;
  }
}

/** The record that says where another one is registered, if one's own book has it, under its own id. */
async function beside<Kind extends 'terms' | 'presentment'>(
  stub: RecordStub,
  kind: Kind,
  id: string,
): Promise<BookRecord<Kind> | undefined> {
  const opening = await readOwn(stub, kind, id).catch(asUnread);
  const record = opening === undefined ? undefined : readBookRecord(kind, opening);
  return record?.id === id ? record : undefined;
}

type RegisterOf<Kind extends BookKind> = (record: BookRecord<Kind>, stub: RecordStub) => Promise<string | undefined>;

const bankOfRecord = async ({ bankMsp }: { readonly bankMsp: string }): Promise<string> => Promise.resolve(bankMsp);
const ownBook = async (_record: unknown, stub: RecordStub): Promise<string> => Promise.resolve(stub.getCreator().mspid);

const bankOfCertificate = async (stub: RecordStub, certificateId: string): Promise<string | undefined> =>
  (await beside(stub, 'terms', certificateId))?.bankMsp;

/** Whose book is the register of each kind. */
const REGISTER: { readonly [Kind in BookKind]: RegisterOf<Kind> } = {
  founding: ownBook,
  draft: ownBook,
  ticket: ownBook,
  line: bankOfRecord,
  claim: bankOfRecord,
  terms: bankOfRecord,
  face: bankOfRecord,
  confirmation: ({ id }, stub) => bankOfCertificate(stub, id),
  status: ({ id }, stub) => bankOfCertificate(stub, id),
  totals: ({ id }, stub) => bankOfCertificate(stub, id),
  redeemed: ({ certificateId }, stub) => bankOfCertificate(stub, certificateId),
  slice: ({ certificateId }, stub) => bankOfCertificate(stub, certificateId),
  presentment: async ({ holderMsp }) => Promise.resolve(holderMsp),
  payment: async ({ presentmentId }, stub) => (await beside(stub, 'presentment', presentmentId))?.bankMsp,
  attestation: async ({ presentmentId }, stub) => (await beside(stub, 'presentment', presentmentId))?.payeeBankMsp,
  acknowledgement: async ({ id }, stub) => (await beside(stub, 'presentment', id))?.holderMsp,
};
