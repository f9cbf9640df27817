/** Statements put together from their pages, and whether each one adds up: what it opens with, and what was booked, is what it closes with. */
import type { CreditDebit, CreditEntry } from './accountEntry.js';
import { digitsOf } from './bookings.js';
import type { UnreadPart } from './iso20022.js';
import { accountKey, areAllThere } from './pages.js';
import type { AccountStatement, Balance, BankStatement } from './statement.js';
import { present, type Account } from './values.js';

/** Why a statement cannot be relied on as a whole, and what to do. Codes are append-only. */
export const STATEMENT_FAULTS = {
  PAGES_MISSING: 'The statement has several pages, and not all of them were given. Read all pages together.',
  PART_UNREADABLE:
    'An entry of the statement cannot be read, so that it does not tell all that was booked. Ask the bank for a corrected statement.',
  BALANCE_MISSING:
    'The statement does not tell what was booked on the account before and after it. Ask the bank for one with opening and closing balance.',
  BALANCE_REPEATED:
    'The statement tells more than one opening balance, or more than one closing balance. Ask the bank which of them counts.',
  STATEMENT_CURRENCY:
    'The statement has entries or balances in several currencies, which do not add up. Ask the bank for a statement for each currency.',
  BALANCE_DIFFERS:
    'Opening balance and booked entries do not add up to the closing balance: an entry is missing, or stands there too often. Ask the bank.',
  STATEMENT_REPEATED: 'The same statement was given before, and is not counted again. Give each statement once.',
  STATEMENT_GAP:
    'The statement does not open with what the one before it closes with: a statement between them is missing. Get it from the bank.',
} as const;

/** Code of a fault. */
export type StatementFault = keyof typeof STATEMENT_FAULTS;

/** One statement of one account, of all its pages. */
export interface WholeStatement {
  readonly account: Account;
  readonly statementId: string;
  readonly sequence?: string;
  readonly opening?: Balance;
  readonly closing?: Balance;
  /** The first day that it is about: the one that it names, or the day on which it closes. */
  readonly from?: string;
  /** The day on which it closes. */
  readonly to?: string;
  /** Entries of all pages, in their order. Only those of status `BOOK` are booked. */
  readonly entries: readonly CreditEntry[];
  readonly unread: readonly UnreadPart[];
  readonly faults: readonly StatementFault[];
  /** SHA-256 of the file in which it begins. */
  readonly sha256: string;
}

/** A page of a statement, and the file that it stands in. */
interface StatementPage extends AccountStatement {
  readonly sha256: string;
  readonly number: number;
}

const signed = (amount: string, creditDebit: CreditDebit): bigint =>
  creditDebit === 'CRDT' ? digitsOf(amount) : -digitsOf(amount);

const isSame = (one: Balance, other: Balance): boolean =>
  one.currency === other.currency &&
  one.date === other.date &&
  signed(one.amount, one.creditDebit) === signed(other.amount, other.creditDebit);

/** The balances of a kind that are not those between two pages, each once. */
function balancesOf(pages: readonly StatementPage[], ...kinds: readonly Balance['kind'][]): readonly Balance[] {
  const found = pages
    .flatMap(({ balances }) => balances)
    .filter(({ kind, isInterim }) => kinds.includes(kind) && !isInterim);
  return found.filter((balance, index) => found.findIndex((other) => isSame(balance, other)) === index);
}

/** What the balances of a statement are, as far as it tells. */
interface Balances {
  readonly opening: readonly Balance[];
  readonly closing: readonly Balance[];
}

const isBooked = ({ status }: CreditEntry): boolean => status === 'BOOK';

/** Whether a statement adds up, or why that cannot be told. */
function faultOfSum({ opening, closing }: Balances, entries: readonly CreditEntry[]): StatementFault | undefined {
  const [[opens, opensAgain], [closes, closesAgain]] = [opening, closing];
  if (opens === undefined || closes === undefined) return 'BALANCE_MISSING';
  if (opensAgain !== undefined || closesAgain !== undefined) return 'BALANCE_REPEATED';
  const booked = entries.filter(isBooked);
  if ([closes, ...booked].some(({ currency }) => currency !== opens.currency)) return 'STATEMENT_CURRENCY';
  const sum = [opens, ...booked].reduce((all, { amount, creditDebit }) => all + signed(amount, creditDebit), 0n);
  return sum === signed(closes.amount, closes.creditDebit) ? undefined : 'BALANCE_DIFFERS';
}

/** The earliest day that pages name; none is later than the day on which the statement closes. */
function beginningOf(pages: readonly StatementPage[], to: string | undefined): string | undefined {
  const named = pages.flatMap(({ from }) => from ?? []);
  return [...named, ...(to === undefined ? [] : [to])].sort()[0];
}

function wholeOf(pages: readonly StatementPage[], isWhole: boolean): WholeStatement {
  const [first] = pages;
  if (first === undefined) throw new Error('a statement has a page');
  const balances = { opening: openingsOf(pages), closing: balancesOf(pages, 'CLBD') };
  const [entries, unread] = [pages.flatMap((page) => page.entries), pages.flatMap((page) => page.unread)];
  // What is missing, or cannot be read, is why the rest does not add up.
  const fault = !isWhole ? 'PAGES_MISSING' : unread.length > 0 ? 'PART_UNREADABLE' : faultOfSum(balances, entries);
  const { account, statementId, sequence, sha256 } = first;
  const to = balances.closing[0]?.date;
  return present<WholeStatement>({
    ...{ account, statementId, sequence, opening: balances.opening[0], closing: balances.closing[0] },
    ...{ from: beginningOf(pages, to), to, entries, unread, faults: fault === undefined ? [] : [fault], sha256 },
  });
}

/** The opening balance is told under one of two names; some banks give both, of which the day's own counts. */
function openingsOf(pages: readonly StatementPage[]): readonly Balance[] {
  const own = balancesOf(pages, 'OPBD');
  return own.length > 0 ? own : balancesOf(pages, 'PRCD');
}

/**
 * The statements of a message, each with its faults. A message of several pages is read whole: give all its pages.
 * @returns one statement for each account and statement id, in the order in which they stand there
 */
export function statementsIn(message: BankStatement | readonly BankStatement[]): readonly WholeStatement[] {
  const messages = 'type' in message ? [message] : message;
  const isWhole = areAllThere(messages);
  const pages = messages.flatMap(({ accounts, page, sha256 }) =>
    accounts.map((each): StatementPage => ({ ...each, sha256, number: (each.page ?? page)?.number ?? 1 })),
  );
  const keyOf = ({ account, statementId }: StatementPage): string => `${accountKey(account)} ${statementId}`;
  return [...new Set(pages.map(keyOf))].map((key) => {
    const own = pages.filter((page) => keyOf(page) === key).sort((one, other) => one.number - other.number);
    return wholeOf(own, isWhole);
  });
}
