/** What a rule decides: writes into books or public state. Nothing here knows Fabric; keys, salts and bytes are the ledger's. */
import type { BookKind, BookRecord, Duty, PublicKind, PublicRecord } from '../protocol/records.js';
import type { Identity } from '../protocol/results.js';
import { TenorError } from '../protocol/errors.js';

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

/** One book that takes a write; `policy` sets the key's policy in that book. */
export interface InBook {
  readonly mspId: string;
  readonly policy?: KeyPolicy;
}

/** One write of a decision. */
export type Write =
  | {
      readonly op: 'put';
      readonly kind: BookKind;
      readonly id: string;
      readonly record: object;
      readonly books: readonly InBook[];
    }
  | {
      readonly op: 'copy';
      readonly kind: BookKind;
      readonly id: string;
      readonly bytes: string;
      readonly books: readonly InBook[];
    }
  | { readonly op: 'delete'; readonly kind: BookKind; readonly id: string; readonly books: readonly InBook[] }
  | { readonly op: 'publish'; readonly kind: PublicKind; readonly id: string | undefined; readonly record: object };

/** The outcome of a rule. */
export interface Decision {
  readonly writes: readonly Write[];
  /** Organisations that must endorse besides the owners of the books written, because a key's policy asks for them. */
  readonly endorsers?: readonly string[];
}

/** Writes a new or changed record into books. */
export function put<Kind extends BookKind>(
  kind: Kind,
  id: string,
  record: Unsalted<Kind>,
  books: readonly InBook[],
): Write {
  return { op: 'put', kind, id, record, books };
}

/** Writes the very bytes of an opened record into further books, for their owners to read. */
export function copy<Kind extends BookKind>(opened: Opened<Kind>, books: readonly string[]): Write {
  return {
    op: 'copy',
    kind: opened.kind,
    id: opened.id,
    bytes: opened.bytes,
    books: books.map((mspId) => ({ mspId })),
  };
}

/** Removes a record whose presence is its meaning. */
export function remove(kind: BookKind, id: string, mspId: string): Write {
  return { op: 'delete', kind, id, books: [{ mspId }] };
}

/** Writes public registry state. */
export function publish<Kind extends PublicKind>(
  kind: Kind,
  id: string | undefined,
  record: PublicRecord<Kind>,
): Write {
  return { op: 'publish', kind, id, record };
}

/** The operator record of the caller, if its organisation registered it. */
export interface Caller extends Identity {
  readonly operator: PublicRecord<'operator'> | undefined;
}

/** Refuses a caller that may not act for `party` of organisation `mspId` with one of `duties`. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED */
export function assertActsFor(caller: Caller, party: string, mspId: string, duties: readonly Duty[]): void {
  if (caller.operator === undefined) throw new TenorError('CALLER_NOT_REGISTERED');
  const { parties, duties: held } = caller.operator;
  if (caller.mspId !== mspId || !parties.includes(party) || !duties.some((duty) => held.includes(duty))) {
    throw new TenorError('CALLER_NOT_ALLOWED');
  }
}

/** Everyone who may do what needs no second pair of eyes. */
export const ANY_HAND: readonly Duty[] = ['maker', 'checker'];
