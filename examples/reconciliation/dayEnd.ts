/** The statement of an account at the end of a day, camt.053.001.08, as a bank would send it. Examples and tests have no bank that does. */
import { writeStatement, type Account, type StatementInput } from '@tenor/client';

/** One booking. */
export interface DayEndEntry {
  readonly creditDebit: 'CRDT' | 'DBIT';
  /** Minor units. */
  readonly amount: bigint;
  readonly currency?: string;
  readonly uetr?: string;
  readonly endToEndId?: string;
  /** The bank's reference of the entry. */
  readonly reference: string;
  /** Default: the day of the statement. */
  readonly valueDate?: string;
  readonly reversal?: true;
  /** Default: `BOOK`. */
  readonly status?: 'BOOK' | 'PDNG';
}

/** One account at the end of one day. */
export interface DayEnd {
  readonly statementId: string;
  readonly account: Account;
  readonly currency: string;
  readonly day: string;
  /** Minor units, below zero when the account is overdrawn. */
  readonly opening: bigint;
  readonly entries: readonly DayEndEntry[];
}

type Statement = StatementInput['statements'][number];
type Balance = Statement['balances'][number];
type Entry = NonNullable<Statement['entries']>[number];

const balanceOf = (balance: 'OPBD' | 'CLBD', minor: bigint, { currency, day }: DayEnd): Balance => ({
  ...{ balance, amount: { minor: String(minor < 0n ? -minor : minor), currency }, date: day },
  creditDebit: minor < 0n ? 'DBIT' : 'CRDT',
});

function entryOf(entry: DayEndEntry, { currency, day }: DayEnd): Entry {
  const { creditDebit, uetr, endToEndId, reference, valueDate = day, reversal, status = 'BOOK' } = entry;
  const money = { amount: { minor: String(entry.amount), currency: entry.currency ?? currency }, creditDebit };
  const names = { ...(endToEndId === undefined ? {} : { endToEndId }), ...(uetr === undefined ? {} : { uetr }) };
  return {
    ...{ ...money, status, bookingDate: day, valueDate, servicerReference: reference },
    ...(reversal === undefined ? {} : { reversal }),
    transactionCode: { own: { code: 'PMNT' } },
    details: [{ ...names, ...money }],
  };
}

/** What a booking adds to the account, once it is booked. */
const added = ({ creditDebit, amount, status = 'BOOK' }: DayEndEntry): bigint => {
  if (status !== 'BOOK') return 0n;
  return creditDebit === 'CRDT' ? amount : -amount;
};

/** The balance of an account at the end of its day. */
const closingOf = ({ opening, entries }: DayEnd): bigint =>
  entries.reduce((balance, entry) => balance + added(entry), opening);

/** The statement as XML. */
export function dayEndText(dayEnd: DayEnd): string {
  const { statementId, account, day, opening, entries } = dayEnd;
  const createdAt = `${day}T23:30:00Z`;
  const balances = [balanceOf('OPBD', opening, dayEnd), balanceOf('CLBD', closingOf(dayEnd), dayEnd)];
  const statement = {
    statementId,
    createdAt,
    account,
    balances,
    entries: entries.map((each) => entryOf(each, dayEnd)),
  };
  return writeStatement({ messageId: statementId, createdAt, statements: [statement] });
}
