/** Tenor's client library. */
export { batchIdOf, settlingIdsOf, sheetRowOf, type SettlingIds } from './batches.js';
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
export { NETTING_REASONS, type Netted, type NettingLeft, type NettingProgress } from './desk/maturityNetting.js';
export { maturityRun } from './desk/maturityRun.js';
export {
  MATURITY_REASONS,
  type MaturityLeft,
  type MaturityOptions,
  type MaturityProgress,
  type MaturityStep,
  type MaturitySummary,
  type PaymentInstruction,
  type Payments,
  type PaymentSaid,
} from './desk/maturityOptions.js';
export * from './desk/index.js';
export * from './documents/index.js';
export * from './messages/index.js';
export {
  CLASS_OF,
  ERROR_CLASSES,
  ERRORS,
  TenorError,
  type ErrorClass,
  type ErrorCode,
  type ErrorData,
} from './errors.js';
export {
  SKIPPED,
  type EventOptions,
  type EventStream,
  type SkippedEvent,
  type SkipReason,
  type TenorEvent,
} from './events.js';
export { claimIdOf, newId, newReference } from './ids.js';
export type { Input } from './input.js';
export { newFileJournal, newMemoryJournal, type Journal, type JournalEntry } from './journal.js';
export type { Reader } from './resources/books.js';
export type { Verb, VerbsOf } from './resources/nouns.js';
export type { Receipt, Sender } from './sender.js';
export type { Ready } from './ready.js';
export { newP256Signer, type MessageSigner } from './signer.js';
export {
  connect,
  type Batch,
  type Book,
  type ConnectOptions,
  type Registry,
  type Tenor,
  type Ticket,
} from './tenor.js';
export { DEFAULT_DEADLINES, type Deadlines, type TransportOptions } from './transport.js';
export {
  commands,
  EVENTS,
  type CommandName,
  type EventName,
  type EventPayload,
  type FourEyesName,
} from '../../chaincode/src/protocol/commands/index.js';
export { addDays, addMonths, dayNumber, isDate, weekday } from '../../chaincode/src/protocol/dates.js';
export { DAY_COUNTS, type DayCount } from '../../chaincode/src/protocol/dayCounts.js';
export { firstIssueDate } from '../../chaincode/src/protocol/issueDates.js';
export {
  drawerOf,
  isEndToEndId,
  isIban,
  isLei,
  isUsci,
  registerOf,
  UETR_PATTERN,
} from '../../chaincode/src/protocol/identifiers.js';
export { LIMITS } from '../../chaincode/src/protocol/limits.js';
export { decimalOf, exponentOf, minorOf } from '../../chaincode/src/protocol/money.js';
export {
  DOCUMENT_TYPES,
  DUTIES,
  MODES,
  PAYMENT_STATUSES,
  ROLES,
  UNPAID_STATUSES,
} from '../../chaincode/src/protocol/records/index.js';
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
  SheetRow,
  Slice,
  Terms,
} from '../../chaincode/src/protocol/records/index.js';
export {
  NOT_CURRENT,
  type Identity,
  type NotCurrent,
  type Page,
  type Plan,
  type Row,
  type View,
} from '../../chaincode/src/protocol/results.js';
