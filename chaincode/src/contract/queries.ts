/** Reads. They touch the caller's own book (`_implicit_org_<MSP of the creator>`) and public state, nothing else. */
import type { ChaincodeStub } from 'fabric-shim';
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { BookKind, BookRecord } from '../protocol/records.js';
import type { Page, View } from '../protocol/results.js';
import type { ParsedRequest } from '../protocol/transactions.js';
import { decodeBookRecord, sha256 } from '../ledger/codec.js';
import { identityOf } from '../ledger/identity.js';
import { bookKey, bookOf, FOUNDING_ID, publicKey } from '../ledger/keys.js';

type AnyView = View<BookKind>;

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

/** A record of the caller's own book. @throws TenorError NOT_FOUND */
export async function getOwn(stub: ReadStub, { kind, id }: ParsedRequest<'certificate:get'>): Promise<string> {
  const opening = await readOwn(stub, kind, id);
  if (opening === undefined) throw new TenorError('NOT_FOUND', { kind });
  return canonicalJson(await viewOf(stub, kind, id, opening));
}

/** Records of one kind in the caller's own book, by id. */
export async function listOwn(
  stub: ReadStub,
  { kind, bookmark, limit }: ParsedRequest<'certificate:list'>,
): Promise<string> {
  // On a foreign peer a range of a book answers empty, a get fails: so the book's own founding record is read first.
  await readOwn(stub, 'founding', FOUNDING_ID);
  const start = bookmark === undefined ? `${kind}/` : `${kind}/${bookmark}\u0000`;
  const size = limit ?? LIMITS.pageRows;
  const rows: { id: string; opening: string }[] = [];
  const range = stub.getPrivateDataByRange(
    bookOf(stub.getCreator().mspid),
    start,
    `${kind}0`,
  ) as unknown as AsyncIterable<{
    key: string;
    value: Uint8Array;
  }>;
  for await (const { key, value } of range) {
    rows.push({ id: key.slice(kind.length + 1), opening: Buffer.from(value).toString('utf8') });
    if (rows.length > size) break;
  }
  const reader = readingOnce(stub);
  const items: AnyView[] = [];
  for (const { id, opening } of rows.slice(0, size)) items.push(await viewOf(reader, kind, id, opening));
  const last = items.at(-1)?.id;
  const page: Page<BookKind> = rows.length > size && last !== undefined ? { items, bookmark: last } : { items };
  return canonicalJson(page);
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

async function viewOf(stub: RecordStub, kind: BookKind, id: string, opening: string): Promise<AnyView> {
  const record = decodeBookRecord(kind, opening);
  const register = await REGISTER[kind](record as never, stub);
  const current = register !== undefined && (await isHeld(stub, register, bookKey(kind, id), opening));
  return { kind, id, record, opening, current };
}

async function isHeld(stub: RecordStub, mspId: string, key: string, opening: string): Promise<boolean> {
  const hash = await stub.getPrivateDataHash(bookOf(mspId), key);
  return Buffer.from(hash).toString('hex') === sha256(opening);
}

type RegisterOf<Kind extends BookKind> = (record: BookRecord<Kind>, stub: RecordStub) => Promise<string | undefined>;

const bankOfRecord = async ({ bankMsp }: { readonly bankMsp: string }): Promise<string> => Promise.resolve(bankMsp);
const ownBook = async (_record: unknown, stub: RecordStub): Promise<string> => Promise.resolve(stub.getCreator().mspid);

async function bankOfCertificate(stub: RecordStub, certificateId: string): Promise<string | undefined> {
  const opening = await readOwn(stub, 'terms', certificateId);
  return opening === undefined ? undefined : decodeBookRecord('terms', opening).bankMsp;
}

async function presentmentOf(stub: RecordStub, id: string): Promise<BookRecord<'presentment'> | undefined> {
  const opening = await readOwn(stub, 'presentment', id);
  return opening === undefined ? undefined : decodeBookRecord('presentment', opening);
}

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
  payment: async ({ presentmentId }, stub) => (await presentmentOf(stub, presentmentId))?.bankMsp,
  attestation: async ({ presentmentId }, stub) => (await presentmentOf(stub, presentmentId))?.payeeBankMsp,
  acknowledgement: async ({ id }, stub) => (await presentmentOf(stub, id))?.holderMsp,
};
