/** The own book against the statements of accounts: what matches, what is missing, what is extra, what differs, and what to do about each. */
import { AMOUNT_FAULTS, digitsOf, moneyOf } from '../documents/bookings.js';
import type { UnreadPart } from '../documents/iso20022.js';
import { isReference } from '../documents/paymentName.js';
import type { BankStatement } from '../documents/statement.js';
import type { Account } from '../documents/values.js';
import { countedOf, type SetAside } from './counted.js';
import type { Desk } from './desk.js';
import { OUTCOME_OF, type FindingCode, type Outcome } from './findings.js';
import { creditsOfLegs, debitsOfLegs } from './legMovements.js';
import { stagedLegs } from './legStages.js';
import { creditsIn, debitsIn, type ExpectedCredit, type ExpectedDebit } from './movements.js';
import { numberOf, statementBookOf, type Booked, type StatementBook, type StatementCheck } from './statementBook.js';

/** Where money stands on a statement. */
export interface OnStatement {
  readonly account: Account;
  readonly statementId: string;
  /** The bank's reference of the entry, where it gives one. */
  readonly reference?: string;
  readonly creditDebit: 'CRDT' | 'DBIT';
  readonly currency: string;
  /** Minor units; that of the whole entry where it tells no other. */
  readonly amount: bigint;
  readonly valueDate?: string;
}

/** What the book expects. */
export interface InBook {
  readonly side: 'CREDIT' | 'DEBIT';
  /** What is paid: a presentment, or a leg of a batch. */
  readonly presentmentId?: string;
  readonly legId?: string;
  readonly paymentId?: string;
  readonly account: Account;
  readonly currency: string;
  readonly amount: bigint;
  readonly valueDate?: string;
}

/** One finding. `FINDINGS[code]` says what to do. */
export interface Finding {
  readonly outcome: Outcome;
  readonly code: FindingCode;
  /** Absent where nothing in the book is about it. */
  readonly book?: InBook;
  /** Absent where no statement shows it. */
  readonly statement?: OnStatement;
}

/** What the comparison of a book with statements comes to. */
export interface Reconciliation {
  readonly findings: readonly Finding[];
  /** How many findings there are of each kind. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Movements of the book of which no statement tells: of other accounts, or of other days. */
  readonly notCovered: readonly InBook[];
  readonly statements: readonly StatementCheck[];
  /** Parts of statements that cannot be read. */
  readonly unread: readonly UnreadPart[];
  readonly setAside: readonly SetAside[];
  /** Whether book and statements tell the same, and every statement can be relied on as a whole. */
  readonly isClean: boolean;
}

/** Options of {@link reconcile}. */
export interface ReconcileOptions {
  /** Accounts from which own banks pay. Debits are missed only where this names accounts. */
  readonly paysFrom?: readonly Account[];
}

type Expected = ExpectedCredit | ExpectedDebit;

const isBookedAs = ({ entry, detail }: Booked, direction: 'CRDT' | 'DBIT'): boolean =>
  (detail.creditDebit ?? entry.creditDebit) === direction && entry.creditDebit === direction;

/** A booking that takes away what another one brought. */
const takesAway = (booking: Booked): boolean => isBookedAs(booking, 'DBIT') || booking.entry.reversal;

/** UETRs and references by which a booking, or a part that cannot be read, is known. */
interface Names {
  readonly uetrs: readonly string[];
  readonly endToEndIds: readonly string[];
}

/** Whether names are those of an expected payment: its UETR, or the reference, unless both sides have a UETR, which then decides. */
function isNamed({ uetrs, endToEndId }: Expected, by: Names): boolean {
  if (by.uetrs.some((uetr) => uetrs.includes(uetr))) return true;
  if (by.uetrs.length > 0 && uetrs.length > 0) return false;
  return endToEndId !== undefined && isReference(endToEndId) && by.endToEndIds.includes(endToEndId);
}

const namesOf = ({
  detail: { uetr, endToEndId },
}: Booked): { uetrs: readonly string[]; endToEndIds: readonly string[] } => ({
  uetrs: uetr === undefined ? [] : [uetr],
  endToEndIds: endToEndId === undefined ? [] : [endToEndId],
});

const amountOn = (booking: Booked): bigint => digitsOf(moneyOf(booking).amount);

const totalOf = (bookings: readonly Booked[]): bigint => bookings.reduce((sum, each) => sum + amountOn(each), 0n);

const onStatement = (booking: Booked): OnStatement => {
  const { account, statementId, entry, detail } = booking;
  const reference = detail.servicerReference ?? entry.servicerReference ?? entry.reference;
  return {
    ...{ account, statementId, creditDebit: entry.creditDebit, currency: entry.currency, amount: amountOn(booking) },
    ...(reference === undefined ? {} : { reference }),
    ...(entry.valueDate === undefined ? {} : { valueDate: entry.valueDate }),
  };
};

const inBook = (expected: Expected): InBook => {
  const { side, presentmentId, legId, paymentId, account, currency, amount } = expected;
  const valueDate = expected.side === 'CREDIT' ? expected.valueDate : undefined;
  return {
    ...{ side, account, currency, amount },
    ...(presentmentId === undefined ? {} : { presentmentId }),
    ...(legId === undefined ? {} : { legId }),
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(valueDate === undefined ? {} : { valueDate }),
  };
};

const found = (code: FindingCode, expected?: Expected, booking?: Booked): Finding => ({
  ...{ outcome: OUTCOME_OF[code], code },
  ...(expected === undefined ? {} : { book: inBook(expected) }),
  ...(booking === undefined ? {} : { statement: onStatement(booking) }),
});

/** What book and statement can tell differently, in the order in which it is told. */
const DIFFERENCES: readonly (readonly [
  code: FindingCode,
  differs: (expected: Expected, booking: Booked) => boolean,
])[] = [
  ['AMOUNT_NOT_TOLD', (_expected, booking) => AMOUNT_FAULTS.some(([, holds]) => holds(booking))],
  ['CURRENCY_DIFFERS', ({ currency }, { entry }) => currency !== entry.currency],
  ['AMOUNT_DIFFERS', ({ amount }, booking) => amount !== amountOn(booking)],
  ['ACCOUNT_DIFFERS', ({ side, account }, { on }) => side === 'CREDIT' && numberOf(account) !== on],
  ['VALUE_DATE_DIFFERS', (expected, { entry }) => hasOtherValueDate(expected, entry.valueDate)],
];

/** An amount that is not told, or is in another currency, cannot be compared. */
const UNTOLD: readonly FindingCode[] = ['AMOUNT_NOT_TOLD', 'CURRENCY_DIFFERS'];

const hasOtherValueDate = (expected: Expected, told: string | undefined): boolean =>
  expected.side === 'CREDIT' && expected.valueDate !== undefined && told !== undefined && expected.valueDate !== told;

/** One booking against what the book expects. */
function compared(expected: Expected, booking: Booked, matched: FindingCode = 'MATCHED'): readonly Finding[] {
  const codes = DIFFERENCES.filter(([, differs]) => differs(expected, booking)).map(([code]) => code);
  const isUntold = codes.some((code) => UNTOLD.includes(code));
  const told = isUntold ? codes.filter((code) => code !== 'AMOUNT_DIFFERS') : codes;
  return (told.length === 0 ? [matched] : told).map((code) => found(code, expected, booking));
}

/** A booked credit that brings money, and no money back. */
const isPlainCredit = (each: Booked): boolean =>
  each.isFinal && isBookedAs(each, 'CRDT') && !takesAway(each) && !each.detail.isReturn;

const moneyKey = ({
  on,
  currency,
  amount,
}: {
  readonly on: string;
  readonly currency: string;
  readonly amount: bigint;
}): string => [on, currency, amount.toString()].join(' ');

/** Bookings under each of their keys, in their order. */
function indexed(
  bookings: readonly Booked[],
  keysOf: (booking: Booked) => readonly string[],
): ReadonlyMap<string, readonly Booked[]> {
  const index = new Map<string, Booked[]>();
  for (const booking of bookings)
    for (const key of keysOf(booking)) {
      const found = index.get(key);
      if (found === undefined) index.set(key, [booking]);
      else found.push(booking);
    }
  return index;
}

/** Compares step by step. A booking is used once; what is left at the end is unknown to the book. */
class Comparison {
  readonly findings: Finding[] = [];
  readonly notCovered: InBook[] = [];
  readonly #statements: StatementBook;
  readonly #paysFrom: ReadonlySet<string>;
  readonly #used = new Set<Booked>();
  /** Credits that nobody counts on and that came. */
  readonly #answered = new Set<ExpectedCredit>();
  /** Bookings by each UETR and reference that they name. */
  readonly #byName: ReadonlyMap<string, readonly Booked[]>;
  /** Credits by account, currency and amount. */
  readonly #byMoney: ReadonlyMap<string, readonly Booked[]>;

  constructor(statements: StatementBook, paysFrom: readonly Account[]) {
    this.#statements = statements;
    this.#paysFrom = new Set(paysFrom.map(numberOf));
    const { bookings } = statements;
    this.#byName = indexed(bookings, (each) => Object.values(namesOf(each)).flat());
    this.#byMoney = indexed(bookings.filter(isPlainCredit), (each) => [
      moneyKey({ on: each.on, currency: each.entry.currency, amount: amountOn(each) }),
    ]);
  }

  /** Bookings that name a payment and are not used yet. */
  #named(expected: Expected, isMeant: (booking: Booked) => boolean): readonly Booked[] {
    const { uetrs, endToEndId } = expected;
    const names = [...uetrs, ...(endToEndId === undefined ? [] : [endToEndId])];
    const candidates = new Set(names.flatMap((name) => this.#byName.get(name) ?? []));
    return [...candidates].filter(
      (booking) => !this.#used.has(booking) && isNamed(expected, namesOf(booking)) && isMeant(booking),
    );
  }

  #use(...bookings: readonly Booked[]): void {
    for (const booking of bookings) this.#used.add(booking);
  }

  #add(...findings: readonly Finding[]): void {
    this.findings.push(...findings);
  }

  credit(expected: ExpectedCredit): void {
    const account = numberOf(expected.account);
    const named = this.#named(expected, ({ on }) => !this.#paysFrom.has(on));
    const back = named.filter((each) => each.on === account && each.isFinal && takesAway(each));
    const credits = named.filter((each) => isBookedAs(each, 'CRDT') && !takesAway(each) && !each.detail.isReturn);
    const booked = credits.filter(({ isFinal }) => isFinal);
    this.#use(...credits);
    if (expected.state !== 'COUNTED') {
      this.#unasked(expected, booked);
      return;
    }
    this.#use(...back);
    if (booked.length === 0) this.#missed(expected, credits);
    else this.#came(expected, booked);
    // What is taken back may have come on a day of which no statement was given.
    if (booked.length > 0 || back.length > 0) this.#takenBack(expected, back);
  }

  /** The book relies on a credit, and there is one or more. */
  #came(expected: ExpectedCredit, [first, ...more]: readonly Booked[]): void {
    if (first === undefined) return;
    this.#add(...compared(expected, first), ...more.map((each) => found('CREDIT_REPEATED', expected, each)));
  }

  /** Credits for which nobody asks, or of which nobody has said that they came. What differs from what is asked for is not to be attested. */
  #unasked(expected: ExpectedCredit, credits: readonly Booked[]): void {
    const { unasked } = expected.codes;
    if (credits.length > 0) this.#answered.add(expected);
    if (expected.state === 'OPEN') this.#add(...credits.flatMap((each) => compared(expected, each, unasked)));
    else this.#add(...credits.map((each) => found(unasked, expected, each)));
  }

  /** No credit that is booked names the payment. */
  #missed(expected: ExpectedCredit, [pending]: readonly Booked[]): void {
    const fitting = expected.paymentId === undefined ? this.#fitting(expected) : undefined;
    if (fitting !== undefined) this.#use(fitting);
    if (pending !== undefined) this.#add(found('CREDIT_PENDING', expected, pending));
    else if (this.#isUnread(expected)) this.#add(found('ENTRY_UNREADABLE', expected));
    else if (fitting !== undefined) this.#add(...compared(expected, fitting, 'MATCHED_BY_AMOUNT'));
    else this.#lack(expected.codes.missing, expected, [numberOf(expected.account)]);
  }

  /** What the book expects and no statement shows, where a statement tells of the day. */
  #lack(code: FindingCode, expected: Expected, accounts: readonly string[]): void {
    const { day, until = day } = expected;
    const isTold = (account: string): boolean => [day, until].every((each) => this.#statements.covers(account, each));
    if (accounts.some(isTold)) this.#add(found(code, expected));
    else this.notCovered.push(inBook(expected));
  }

  #isUnread(expected: Expected): boolean {
    return this.#statements.unread.some((part) => isNamed(expected, part));
  }

  /** A credit that names no payment of the book, and has the account, the currency and the amount. */
  #fitting({ account, currency, amount }: ExpectedCredit): Booked | undefined {
    const fitting = this.#byMoney.get(moneyKey({ on: numberOf(account), currency, amount })) ?? [];
    return fitting.find((each) => !this.#used.has(each));
  }

  #takenBack(expected: ExpectedCredit, back: readonly Booked[]): void {
    const { returned } = expected;
    if (totalOf(back) === (returned?.amount ?? 0n)) return;
    if (back.length === 0 && returned !== undefined) {
      const going = { ...expected, day: returned.on, amount: returned.amount };
      this.#lack('RETURN_MISSING', going, [numberOf(expected.account)]);
    }
    this.#add(...back.map((each) => found('CREDIT_TAKEN_BACK', expected, each)));
  }

  /** What is open and no credit names may still be paid by one that fits. From its last day on it is missed. */
  fit(expected: ExpectedCredit): void {
    if (this.#answered.has(expected)) return;
    const fitting = this.#fitting(expected);
    if (fitting !== undefined) {
      this.#use(fitting);
      this.#unasked(expected, [fitting]);
    } else if (expected.until !== undefined) this.#lack(expected.codes.missing, expected, [numberOf(expected.account)]);
  }

  debit(expected: ExpectedDebit): void {
    const named = this.#named(expected, ({ isFinal, on }) => isFinal && on !== numberOf(expected.account));
    const back = named.filter((each) => isBookedAs(each, 'CRDT') && this.#paysFrom.has(each.on));
    const debits = named.filter((each) => isBookedAs(each, 'DBIT'));
    this.#use(...debits, ...back);
    if (debits.length === 0) this.#unpaid(expected);
    else if (expected.state !== 'UNPAID' || totalOf(debits) !== totalOf(back)) this.#paid(expected, debits);
    // What was rejected comes back, as the book has it, and so does what it knows to have been sent back. Anything else is taken for paid, or for on its way.
    const isExplained = expected.state === 'UNPAID' || totalOf(back) === expected.returned;
    if (!isExplained) this.#add(...back.map((each) => found(expected.cameBack, expected, each)));
  }

  #unpaid(expected: ExpectedDebit): void {
    if (expected.state !== 'PAID') return;
    if (this.#isUnread(expected)) this.#add(found('ENTRY_UNREADABLE', expected));
    else this.#lack('DEBIT_MISSING', expected, [...this.#paysFrom]);
  }

  #paid(expected: ExpectedDebit, [first, ...more]: readonly Booked[]): void {
    if (first === undefined) return;
    const codes = { UNPAID: 'DEBIT_OF_UNPAID', UNDER_WAY: 'DEBIT_NOT_REPORTED', EARLY: 'LEG_PAID_EARLY' } as const;
    const findings =
      expected.state === 'PAID' ? compared(expected, first) : [found(codes[expected.state], expected, first)];
    this.#add(...findings, ...more.map((each) => found('DEBIT_REPEATED', expected, each)));
  }

  /** What is booked and nobody in the book asks for. */
  rest(): void {
    const left = this.#statements.bookings.filter((each) => each.isFinal && !this.#used.has(each));
    this.#add(...left.map((each) => found('UNKNOWN', undefined, each)));
  }
}

const SURENESS: readonly ExpectedCredit['state'][] = ['COUNTED', 'OPEN', 'EARLY', 'WITHDRAWN'];
/** What the book relies on and names comes first, so that no other credit is taken for it by its reference or its amount. */
const bySureness = (one: ExpectedCredit, other: ExpectedCredit): number =>
  SURENESS.indexOf(one.state) - SURENESS.indexOf(other.state) || other.uetrs.length - one.uetrs.length;

/** How many findings there are of each kind. */
function countsOf(findings: readonly Finding[]): Readonly<Record<Outcome, number>> {
  const counts: Record<Outcome, number> = { MATCHED: 0, MISSING: 0, EXTRA: 0, DIFFERENT: 0, UNKNOWN: 0 };
  for (const { outcome } of findings) counts[outcome] += 1;
  return counts;
}

/**
 * Compares the own book with statements. What one of them lacks, or tells otherwise, is found, and asks for the remedy that `FINDINGS` names.
 * @param desk the own book, as `readDesk` reads it
 * @param statements messages as `readBankStatement` reads them; of a message of several pages, the list of its pages
 */
export function reconcile(
  desk: Desk,
  statements: readonly (BankStatement | readonly BankStatement[])[],
  { paysFrom = [] }: ReconcileOptions = {},
): Reconciliation {
  const counted = countedOf(desk);
  const { records, setAside } = counted;
  const { mspId, businessDate } = desk;
  const legs = stagedLegs(counted, businessDate);
  const book = statementBookOf(statements);
  const comparison = new Comparison(book, paysFrom);
  const credits = [...creditsIn(records, mspId), ...creditsOfLegs(legs, mspId, businessDate)];
  for (const expected of [...credits].sort(bySureness)) comparison.credit(expected);
  for (const expected of [...debitsIn(records), ...debitsOfLegs(legs, mspId)]) comparison.debit(expected);
  for (const expected of credits.filter(({ state }) => state === 'OPEN')) comparison.fit(expected);
  comparison.rest();
  const { findings, notCovered } = comparison;
  const counts = countsOf(findings);
  const isWhole = book.unread.length === 0 && book.checks.every(({ faults }) => faults.length === 0);
  const isClean = isWhole && counts.MISSING + counts.EXTRA + counts.DIFFERENT === 0;
  return { findings, counts, notCovered, statements: book.checks, unread: book.unread, setAside, isClean };
}
