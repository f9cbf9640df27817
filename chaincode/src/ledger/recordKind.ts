/** What the ledger has to know of a kind of record. One file a kind is in `src/records`. */
import type { BookKind } from '../protocol/records/index.js';
import type { KeyPolicy, Unsalted } from '../domain/decision.js';

/** A kind of record in books. */
export interface RecordKind<Kind extends BookKind> {
  /** MSP ids of those whose books vouch for the record, the register first. Each holds it on its own shelf. */
  readonly registers: (record: Unsalted<Kind>, callerMsp: string) => readonly string[];
  /** MSP ids of those who take a copy for reading. */
  readonly copies: (record: Unsalted<Kind>) => readonly string[];
  /** Who has to endorse the next write of the key in the books of its registers. Undefined: the book's owner alone. */
  readonly policy: (record: Unsalted<Kind>) => KeyPolicy | undefined;
  /** Whether bytes handed over by another party may be taken into one's own book. */
  readonly restorable: boolean;
}

/** All kinds. */
export type RecordKinds = { readonly [Kind in BookKind]: RecordKind<Kind> };
