/** What transactions answer. A submit answers ids only (responses are in the block); views come from evaluates. */
import type { BookKind, BookRecord } from './records.js';

/** Answer of every submit. `replayed`: this very content is on the ledger already; there is nothing to submit. */
export interface SubmitResult {
  readonly replayed: boolean;
}

/**
 * Why a copy in one's own book is not current. Append-only. Anything may stand in a book, so a query says this of one row and goes
 * on with the next.
 */
export const NOT_CURRENT = {
  UNDECODABLE: 'The bytes under this key are no record of its kind. The row holds the bytes, and no record.',
  KEY_MISMATCH: 'The record names another id than the key under which it stands.',
  REGISTER_UNKNOWN:
    "The terms or the presentment that name the record's register are not in this book, so nobody can be asked.",
  MSP_UNKNOWN: 'The record names as its register an organisation that the channel does not have.',
  REGISTER_UNREADABLE: 'The peer could not say what the register holds. Ask again; its log says why.',
  NOT_REGISTERED: 'The register holds nothing under this key: it was removed there, or never stood there.',
  SUPERSEDED: 'The register holds other bytes under this key: the record has changed since, or this copy was never it.',
} as const;

/** A key of {@link NOT_CURRENT}. */
export type NotCurrent = keyof typeof NOT_CURRENT;

/** A record as the caller's own book holds it. */
export interface View<Kind extends BookKind> {
  readonly kind: Kind;
  readonly id: string;
  /** The record; its bytes are `opening`. */
  readonly record: BookRecord<Kind>;
  /** Stored bytes as text, for handing over to another party. */
  readonly opening: string;
  /** Whether the register holds these very bytes. A copy that is not current proves nothing. Always true in the register itself. */
  readonly current: boolean;
  /** Why it is not current; absent where it is. */
  readonly reason?: NotCurrent;
}

/** Bytes in the caller's own book that are no record of the kind that their key names. */
export interface Undecodable<Kind extends BookKind> {
  readonly kind: Kind;
  readonly id: string;
  readonly record?: undefined;
  readonly opening: string;
  readonly current: false;
  readonly reason: 'UNDECODABLE';
}

/** What stands in a book under one key: a record, or bytes that are none. */
export type Row<Kind extends BookKind> = View<Kind> | Undecodable<Kind>;

/** One page of a list. */
export interface Page<Kind extends BookKind> {
  readonly items: readonly Row<Kind>[];
  /** Pass it on to read further; absent at the end. */
  readonly bookmark?: string;
}

/** What a submit of the same request needs. */
export interface Plan {
  /** Exactly the organisations whose books would be written: the endorsers to name. Absent when public state is written (the gateway plans then). */
  readonly endorsingOrganizations?: readonly string[];
  /** Transient fields in the form of `peer --transient`: base64 by name. */
  readonly transient: Readonly<Record<string, string>>;
  readonly replayed: boolean;
}

/** Who the caller is to the chaincode. */
export interface Identity {
  readonly mspId: string;
  /** SHA-256 over issuer and subject name of the certificate, in hex: the id under which an operator is registered. */
  readonly identity: string;
  readonly admin: boolean;
}
