/** Statements of several accounts and days, as one list of bookings, with what they cover and what is wrong with them. */
import { bookingsOf, type Booking } from '../documents/bookings.js';
import type { UnreadPart } from '../documents/iso20022.js';
import { accountKey } from '../documents/pages.js';
import type { BankStatement } from '../documents/statement.js';
import { statementsIn, type StatementFault, type WholeStatement } from '../documents/statementCheck.js';
import { electronicAccount, type Account } from '../documents/values.js';

/** A statement that was given, and why it cannot be relied on as a whole. */
export interface StatementCheck {
  readonly account: Account;
  readonly statementId: string;
  readonly from?: string;
  readonly to?: string;
  readonly faults: readonly StatementFault[];
}

/** A booking of a statement. */
export interface Booked extends Booking {
  readonly statementId: string;
  /** Number of the account. */
  readonly on: string;
  /** False where it is pending or only told of. */
  readonly isFinal: boolean;
}

/** Days, both included. */
interface Span {
  readonly from: string;
  readonly to: string;
}

/** All statements together. */
export interface StatementBook {
  readonly checks: readonly StatementCheck[];
  readonly bookings: readonly Booked[];
  /** Parts that cannot be read, of all statements. */
  readonly unread: readonly UnreadPart[];
  /** Whether the statements of an account tell of a day. */
  readonly covers: (account: string, day: string) => boolean;
}

/** One account has one number, under whatever scheme and in letters of whatever case it is told. */
export const numberOf = (account: Account): string => electronicAccount(account).id.toUpperCase();

const isSameStatement = (one: WholeStatement, other: WholeStatement): boolean =>
  accountKey(one.account) === accountKey(other.account) && one.statementId === other.statementId;

const dayOf = ({ to = '' }: WholeStatement): string => to;

/** Whether a statement opens with what the one before it on the account closes with. */
function followsOn(statement: WholeStatement, before: WholeStatement | undefined): boolean {
  const [closed, opened] = [before?.closing, statement.opening];
  if (closed === undefined || opened === undefined) return true;
  return (
    closed.amount === opened.amount &&
    closed.currency === opened.currency &&
    (closed.creditDebit === opened.creditDebit || !/[1-9]/.test(closed.amount))
  );
}

/** Days of one account's statements that are told from the first to the last. */
function spansOf(statements: readonly WholeStatement[]): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const { account, from, to } of statements) {
    if (from === undefined || to === undefined) continue;
    const before = spans.get(numberOf(account)) ?? { from, to };
    spans.set(numberOf(account), {
      from: from < before.from ? from : before.from,
      to: to > before.to ? to : before.to,
    });
  }
  return spans;
}

const bookedIn = (statement: WholeStatement): readonly Booked[] =>
  bookingsOf({ accounts: [statement], sha256: statement.sha256 }).map((booking) => ({
    ...booking,
    statementId: statement.statementId,
    on: numberOf(booking.account),
    isFinal: booking.entry.status === 'BOOK',
  }));

function checkOf(statement: WholeStatement, before: WholeStatement | undefined): StatementCheck {
  const { account, statementId, from, to, faults } = statement;
  const gap: readonly StatementFault[] = followsOn(statement, before) ? [] : ['STATEMENT_GAP'];
  return {
    ...{ account, statementId, faults: [...faults, ...gap] },
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** Puts statements together. Each message is one, or the list of its pages. */
export function statementBookOf(messages: readonly (BankStatement | readonly BankStatement[])[]): StatementBook {
  const all = messages.flatMap((message) => statementsIn(message));
  const isFirst = (statement: WholeStatement, index: number): boolean =>
    all.findIndex((other) => isSameStatement(statement, other)) === index;
  const [counted, repeated] = [all.filter(isFirst), all.filter((each, index) => !isFirst(each, index))];
  const ofAccount = (account: string): readonly WholeStatement[] =>
    counted
      .filter((each) => accountKey(each.account) === account)
      .sort((one, other) => (dayOf(one) < dayOf(other) ? -1 : 1));
  const accounts = [...new Set(counted.map(({ account }) => accountKey(account)))];
  const spans = spansOf(counted);
  const unreadMessages = messages.flat().flatMap(({ unread }) => unread);
  return {
    checks: [
      ...accounts.flatMap((account) => {
        const statements = ofAccount(account);
        return statements.map((each, index) => checkOf(each, statements[index - 1]));
      }),
      ...repeated.map((each): StatementCheck => ({ ...checkOf(each, undefined), faults: ['STATEMENT_REPEATED'] })),
    ],
    bookings: counted.flatMap(bookedIn),
    unread: [...unreadMessages, ...counted.flatMap(({ unread }) => unread)],
    covers: (account, day) => {
      const span = spans.get(account);
      return span !== undefined && span.from <= day && day <= span.to;
    },
  };
}
