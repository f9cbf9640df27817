/** The only code that knows bytes: record ⇄ canonical JSON, salts, hashes. */
import { createHash, createHmac } from 'node:crypto';
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import {
  BOOK_RECORDS,
  PUBLIC_RECORDS,
  type BookKind,
  type BookRecord,
  type PublicKind,
  type PublicRecord,
} from '../protocol/records/index.js';

/** SHA-256 in hex, of text as UTF-8 or of bytes. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Salt of a record: HMAC-SHA-256(seed, key), so that no two records and no two transactions share one. */
export const saltOf = (seed: Uint8Array, key: string): string => hmac(seed, key);

/** HMAC-SHA-256 in hex. */
export const hmac = (secret: Uint8Array, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

/** Parses stored or handed-over bytes of a book record. @throws TenorError OPENING_MALFORMED */
export function decodeBookRecord<Kind extends BookKind>(kind: Kind, text: string): BookRecord<Kind> {
  const parsed = BOOK_RECORDS[kind].safeParse(parseJson(text));
  if (!parsed.success) throw new TenorError('OPENING_MALFORMED', { kind });
  return parsed.data as BookRecord<Kind>;
}

/** Parses a registry record from public state. A bad one is a broken invariant: only this chaincode writes them. */
export function decodePublicRecord<Kind extends PublicKind>(kind: Kind, text: string): PublicRecord<Kind> {
  return PUBLIC_RECORDS[kind].parse(parseJson(text)) as PublicRecord<Kind>;
}

/** Bytes of a record, as text. */
export const encodeRecord = (record: object): string => canonicalJson(record);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no schema takes undefined: the caller's own check refuses it
  }
}
