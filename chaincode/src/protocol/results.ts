/** What transactions answer. A submit answers ids only (responses are in the block); views come from evaluates. */
import type { BookKind, BookRecord } from './records.js';

/** Answer of every submit. `replayed`: this very content is on the ledger already; there is nothing to submit. */
export interface SubmitResult {
  readonly replayed: boolean;
}

/** A record as the caller's own book holds it. */
export interface View<Kind extends BookKind> {
  readonly kind: Kind;
  readonly id: string;
  /** The record; its bytes are `opening`. */
  readonly record: BookRecord<Kind>;
  /** Stored bytes as text, for handing over to another party. */
  readonly opening: string;
  /** Whether the register holds these very bytes. A superseded copy proves nothing. Always true in the register itself. */
  readonly current: boolean;
}

/** One page of a list. */
export interface Page<Kind extends BookKind> {
  readonly items: readonly View<Kind>[];
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
