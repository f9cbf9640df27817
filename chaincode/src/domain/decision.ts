/** The result of a rule: writes into books or public state. Nothing here knows Fabric. The ledger layer makes keys, salts and bytes. */
import type { BookKind, BookRecord, PublicKind, PublicRecord } from '../protocol/records/index.js';

/** A record without its salt, as rules make it. */
export type Unsalted<Kind extends BookKind> = Omit<BookRecord<Kind>, 'salt'>;

/** A record whose opening was shown, with the bytes as stored and Fabric's hash of them, in hex. */
export interface Opened<Kind extends BookKind> {
  readonly kind: Kind;
  readonly id: string;
  readonly record: BookRecord<Kind>;
  readonly bytes: string;
  readonly hash: string;
}

/**
 * A key policy: it needs peers of every organisation in `all`, and if `any` is given of one of its alternatives: an organisation, or several
 * together.
 */
export interface KeyPolicy {
  readonly all: readonly string[];
  readonly any?: readonly (string | readonly string[])[];
}

/** The alternatives of a policy, each as the organisations that it needs besides `all`. If one of them needs nobody else, there is nothing to choose. */
export function alternativesOf({ all, any = [] }: KeyPolicy): readonly (readonly string[])[] {
  const alternatives = any.map((each) => [...new Set([each].flat())].filter((mspId) => !all.includes(mspId)).sort());
  return alternatives.some((each) => each.length === 0) ? [] : alternatives;
}

/**
 * The organisations that still have to endorse for a policy to be satisfied. Nobody can ask those who have left. Of a choice this is the
 * last one: the counterparty, which gains by the step.
 */
export function guardsOf(
  policy: KeyPolicy,
  endorsers: ReadonlySet<string>,
  left: ReadonlySet<string>,
): readonly string[] {
  const there = alternativesOf(policy).filter((each) => !each.some((mspId) => left.has(mspId)));
  const isMet = there.some((each) => each.every((mspId) => endorsers.has(mspId)));
  const chosen = isMet ? [] : (there.at(-1) ?? []);
  return [...policy.all, ...chosen].filter((mspId) => !endorsers.has(mspId) && !left.has(mspId));
}

/** One write of a decision. */
export type Write =
  /** A new or changed record. It is written into its registers, with copies for reading. Its kind says where, and under which policy. */
  | {
      readonly op: 'put';
      readonly kind: BookKind;
      readonly id: string;
      readonly record: object;
      /** MSP ids of the organisations that take a copy, in place of those that the kind names. */
      readonly copies: readonly string[] | undefined;
    }
  /** The unchanged bytes of an opened record, as copies for others. */
  | { readonly op: 'copy'; readonly opened: Opened<BookKind>; readonly copies: readonly string[] }
  /** The unchanged bytes of an opened record, written again into the caller's own book, which has lost them. */
  | { readonly op: 'restore'; readonly opened: Opened<BookKind>; readonly register: string }
  /** Deletes a record from the book of its register. Only for records that mean no more than that they can still be used. */
  | { readonly op: 'delete'; readonly kind: BookKind; readonly id: string; readonly register: string }
  /** Public registry state. */
  | { readonly op: 'publish'; readonly kind: PublicKind; readonly id: string | undefined; readonly record: object };

/** Writes a new or changed record. @param copies the organisations that take a copy, in place of those that the kind names */
export function put<Kind extends BookKind>(
  kind: Kind,
  id: string,
  record: Unsalted<Kind>,
  copies?: readonly string[],
): Write {
  return { op: 'put', kind, id, record, copies };
}

/** Shows an opened record to others by writing its unchanged bytes as copies. */
export const copy = (opened: Opened<BookKind>, copies: readonly string[]): Write => ({ op: 'copy', opened, copies });

/** Deletes a record that means no more than that it can still be used. */
export const remove = (kind: BookKind, id: string, register: string): Write => ({ op: 'delete', kind, id, register });

/** Writes public registry state. */
export function publish<Kind extends PublicKind>(
  kind: Kind,
  id: string | undefined,
  record: PublicRecord<Kind>,
): Write {
  return { op: 'publish', kind, id, record };
}

/** A record without its salt, so that it can be changed and written again. */
export function unsalted<Record extends { readonly salt: string }>(record: Record): Omit<Record, 'salt'> {
  const { salt: _salt, ...rest } = record;
  return rest;
}
