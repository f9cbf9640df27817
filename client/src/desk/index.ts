/** The work of a desk at the end of a day, from the own book alone: what is owed, what came to which step, whether books and statements agree. */
export { BOOK_FAULTS, bookDifferences, type BookDifference, type BookFault } from './bookChecks.js';
export { SET_ASIDE, type SetAside, type SetAsideReason } from './counted.js';
export {
  DAILY_STEPS,
  dailyDifferences,
  dailyTotals,
  type DailyDifference,
  type DailyStep,
  type DailyTotal,
} from './dailyTotals.js';
export { readDesk, type Desk, type DeskKind, type DeskRows } from './desk.js';
export { LEG_WAITS, type LegWait } from './legStages.js';
export type { LegMoney, MoneyDue, MoneyInstructed } from './legMoney.js';
export {
  obligationsOf,
  type LineUse,
  type Obligations,
  type OwedState,
  type Payable,
  type Presented,
  type Receivable,
} from './obligations.js';
export { FINDINGS, OUTCOME_OF, type FindingCode, type Outcome } from './findings.js';
export type { SettlementStatus } from './parts.js';
export {
  reconcile,
  type Finding,
  type InBook,
  type OnStatement,
  type ReconcileOptions,
  type Reconciliation,
} from './reconciliation.js';
export type { StatementCheck } from './statementBook.js';
