/** What a rule decides: writes into books or public state. Nothing here knows Fabric; keys, salts and bytes are the ledger's. */
import type { BookKind, BookRecord, PublicKind, PublicRecord } from '../protocol/records/index.js';

/** A record without its salt: what rules make. */
export type Unsalted<Kind extends BookKind> = Omit<BookRecord<Kind>, 'salt'>;

/** A record whose opening was shown, with the bytes as stored. */
export interface Opened<Kind extends BookKind> {
  readonly kind: Kind;
  readonly id: string;
  readonly record: BookRecord<Kind>;
  readonly bytes: string;
}

/** Key-level policy: peers of every organisation in `all`, and of one in `any` when that is given. */
export interface KeyPolicy {
  readonly all: readonly string[];
  readonly any?: readonly string[];
}

/** One write of a decision. */
export type Write =
  /** A new or changed record: into its registers, and copies for reading. The kind says which, and under which policy. */
  | {
      readonly op: 'put';
      readonly kind: BookKind;
      readonly id: string;
      readonly record: object;
      /** MSP ids of who takes a copy instead of those that the kind names. */
      readonly copies: readonly string[] | undefined;
    }
  /** The very bytes of an opened record, for others to read. */
  | { readonly op: 'copy'; readonly opened: Opened<BookKind>; readonly copies: readonly string[] }
  /** The very bytes of an opened record once more into the caller's own book, which lost them. */
  | { readonly op: 'restore'; readonly opened: Opened<BookKind>; readonly register: string }
  /** Removes a record whose presence is its meaning from the book of its register. */
  | { readonly op: 'delete'; readonly kind: BookKind; readonly id: string; readonly register: string }
  /** Public registry state. */
  | { readonly op: 'publish'; readonly kind: PublicKind; readonly id: string | undefined; readonly record: object };

/** Writes a new or changed record. @param copies who takes a copy instead of those that the kind names */
export function put<Kind extends BookKind>(
  kind: Kind,
  id: string,
  record: Unsalted<Kind>,
  copies?: readonly string[],
): Write {
  return { op: 'put', kind, id, record, copies };
}

/** Shows an opened record to others: its very bytes, as copies for reading. */
export const copy = (opened: Opened<BookKind>, copies: readonly string[]): Write => ({ op: 'copy', opened, copies });

/** Removes a record whose presence is its meaning. */
export const remove = (kind: BookKind, id: string, register: string): Write => ({ op: 'delete', kind, id, register });

/** Writes public registry state. */
export function publish<Kind extends PublicKind>(
  kind: Kind,
  id: string | undefined,
  record: PublicRecord<Kind>,
): Write {
  return { op: 'publish', kind, id, record };
}

/** A record without its salt, for writing it changed. */
export function unsalted<Record extends { readonly salt: string }>(record: Record): Omit<Record, 'salt'> {
  const { salt: _salt, ...rest } = record;
  return rest;
}
