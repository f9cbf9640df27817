/** What transactions answer. A submit answers only ids, because its response is in the block. Evaluates answer views. */
import type { BookKind, BookRecord } from './records/index.js';

/** Answer of every submit. `replayed` says that this content is on the ledger already, so there is nothing to submit. */
export interface SubmitResult {
  readonly replayed: boolean;
}

/** Why a row of the caller's own book does not count. */
export const NOT_CURRENT = {
  SUPERSEDED: 'The register holds other bytes: the record has changed since, or this copy was never it.',
  CONSOLIDATED:
    'The slice became part of another one when it was presented: see the record `consolidation` of its certificate and holder.',
  NOT_REGISTERED: 'The register holds nothing under that id: it was removed there, or never stood there.',
  REGISTER_UNKNOWN:
    'The book of the register cannot be asked: the channel has no such organisation any more, and nobody preserved the record.',
  UNREADABLE: 'The bytes are no record of that kind and id.',
} as const;
/** A code of {@link NOT_CURRENT}. */
export type NotCurrent = keyof typeof NOT_CURRENT;

interface Found<Kind extends BookKind> {
  readonly kind: Kind;
  readonly id: string;
  /** MSP id of the organisation whose book is the register. */
  readonly register: string;
  /** Stored bytes as text, for handing over to another party. */
  readonly opening: string;
}

/** A record as the caller's own book holds it. A copy that is not current proves nothing. */
export type View<Kind extends BookKind> = Found<Kind> & { readonly record: BookRecord<Kind> } & (
    | { readonly current: true }
    | { readonly current: false; readonly reason: Exclude<NotCurrent, 'UNREADABLE'> }
  );

/** A row of a list. Other organisations can write any bytes into a book. A row of bytes that are not a record has no `record`. */
export type Row<Kind extends BookKind> =
  | View<Kind>
  | (Found<Kind> & { readonly record?: never; readonly current: false; readonly reason: 'UNREADABLE' });

/** One page of a list. */
export interface Page<Kind extends BookKind> {
  readonly items: readonly Row<Kind>[];
  /** Pass it on to read the next page. Absent after the last page. */
  readonly bookmark?: string;
}

/** Everything that a submit of the same request needs. */
export interface Plan {
  /** Exactly the organisations that have to endorse. Absent if public state is written, because the gateway then finds the endorsers. */
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
