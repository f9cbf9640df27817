/** What the ledger has to know about a kind of record. `src/records` has one file for each kind. */
import type { BookKind } from '../protocol/records/index.js';
import type { KeyPolicy, Unsalted } from '../domain/decision.js';

/** A kind of record in books. */
export interface RecordKind<Kind extends BookKind> {
  /** MSP ids of the organisations that vouch for the record, the register first. Each has it on the shelf `own` of its book. */
  readonly registers: (record: Unsalted<Kind>, callerMsp: string) => readonly string[];
  /** MSP ids of the organisations that take a copy for reading. */
  readonly copies: (record: Unsalted<Kind>) => readonly string[];
  /** The organisations that have to endorse the next write of the key in the books of its registers. If undefined, only the book's owner. */
  readonly policy: (record: Unsalted<Kind>) => KeyPolicy | undefined;
  /** The policy is set where it changes, and not again where it stays the same. */
  readonly policyOnChange?: true;
  /** Whether `book:restore` may write bytes that another party handed over. */
  readonly restorable: boolean;
  /** It holds no salt: whoever knows what it says can tell by Fabric's hash that it stands there. */
  readonly unsalted?: true;
}

/** All kinds. */
export type RecordKinds = { readonly [Kind in BookKind]: RecordKind<Kind> };
