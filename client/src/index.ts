/** Tenor's client library. */
export { BOOKS_CHECK_EVERY_MS, EVERY_MEMBER_READS, type BooksOptions } from './closedBooks/guard.js';
export {
  fromEnvironment,
  fromPaths,
  fromProfile,
  type Connection,
  type ConnectionPaths,
  type ProfileUser,
} from './connection.js';
export { newFileCheckpointer, type Checkpoint, type Checkpointer } from './checkpoint.js';
export * from './documents/index.js';
export { ERRORS, TenorError, type ErrorCode, type ErrorData } from './errors.js';
export {
  SKIPPED,
  type EventOptions,
  type EventStream,
  type SkippedEvent,
  type SkipReason,
  type TenorEvent,
} from './events.js';
export { claimIdOf, newId } from './ids.js';
export type { Input } from './input.js';
export { newFileJournal, newMemoryJournal, type Journal, type JournalEntry } from './journal.js';
export { isReadable, type Reader } from './resources/books.js';
export type { Verb } from './resources/verbs.js';
export type { Receipt, Sender } from './sender.js';
export { newP256Signer, type MessageSigner } from './signer.js';
export {
  connect,
  type Certificates,
  type ConnectOptions,
  type Documents,
  type FourEyesName,
  type Lines,
  type Registry,
  type Settlement,
  type Slices,
  type Tenor,
  type Tickets,
} from './tenor.js';
export { DEFAULT_DEADLINES, type Deadlines, type TransportOptions } from './transport.js';
export { EVENTS, type EventName, type EventPayload } from '../../chaincode/src/protocol/events.js';
export { addMonths, isDate, weekday } from '../../chaincode/src/protocol/dates.js';
export { isLei, isUsci, UETR_PATTERN } from '../../chaincode/src/protocol/identifiers.js';
export { LIMITS } from '../../chaincode/src/protocol/limits.js';
export { decimalOf, exponentOf, minorOf } from '../../chaincode/src/protocol/money.js';
export { DOCUMENT_TYPES, DUTIES, MODES, PAYMENT_STATUSES, ROLES } from '../../chaincode/src/protocol/records.js';
export type {
  BookKind,
  BookRecord,
  Change,
  DraftContent,
  Duty,
  Policy,
  PublicKind,
  PublicRecord,
  Role,
  Slice,
  Terms,
} from '../../chaincode/src/protocol/records.js';
export {
  NOT_CURRENT,
  type Identity,
  type NotCurrent,
  type Page,
  type Plan,
  type Row,
  type Undecodable,
  type View,
} from '../../chaincode/src/protocol/results.js';
