/** Statements that are written in pages: read in any order they are the one that was given, and with one element changed never another one that adds up. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decimalOf,
  DocumentError,
  readBankStatement,
  statementsIn,
  writeStatement,
  type StatementInput,
} from '../../../client/src/index.js';
import { mutantsOf, parse, print } from '../documents/mutants.js';

const SEED = 20_053;
const ACCOUNT = { scheme: 'IBAN' as const, id: 'DE89370400440532013000' };
const CURRENCY = 'USD';

interface Booking {
  readonly minor: bigint;
  readonly creditDebit: 'CRDT' | 'DBIT';
  readonly status: 'BOOK' | 'PDNG';
}

const booking = fc.record({
  minor: fc.bigInt({ min: 1n, max: 10n ** 9n }),
  creditDebit: fc.constantFrom('CRDT' as const, 'DBIT' as const),
  status: fc.constantFrom('BOOK' as const, 'BOOK' as const, 'PDNG' as const),
});

const signed = ({ minor, creditDebit }: Booking): bigint => (creditDebit === 'CRDT' ? minor : -minor);

type Balance = StatementInput['statements'][number]['balances'][number];
const balanceOf = (balance: string, amount: bigint): Balance => ({
  ...{ balance, date: '2027-03-23', creditDebit: amount < 0n ? 'DBIT' : 'CRDT' },
  amount: { minor: (amount < 0n ? -amount : amount).toString(), currency: CURRENCY },
});

/** What an account opens with, the bookings of each page, and what it closes with: what is booked alone. */
function pagesOf(opening: bigint, bookings: readonly (readonly Booking[])[]): string[] {
  const booked = bookings.flat().filter(({ status }) => status === 'BOOK');
  const closing = booked.reduce((sum, each) => sum + signed(each), opening);
  const last = bookings.length - 1;
  return bookings.map((entries, index) =>
    writeStatement({
      ...{ messageId: `M-${String(index)}`, createdAt: '2027-03-24T06:00:00Z' },
      page: { number: index + 1, last: index === last },
      statements: [
        {
          ...{ statementId: 'S-1', account: ACCOUNT, number: 82 },
          // Between its ends a page tells what is booked so far, which nothing is checked by.
          balances: [
            ...(index === 0 ? [balanceOf('OPBD', opening)] : []),
            ...(index === last ? [balanceOf('CLBD', closing)] : [balanceOf('ITBD', 0n)]),
          ],
          entries: entries.map(({ minor, creditDebit, status }) => ({
            ...{ amount: { minor: minor.toString(), currency: CURRENCY }, creditDebit, status },
            transactionCode: { own: { code: 'NTRF' } },
          })),
        },
      ],
    }),
  );
}

const told = ({ minor, creditDebit, status }: Booking): string =>
  `${status} ${creditDebit} ${decimalOf(minor.toString(), CURRENCY)}`;
const opening = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n });
const bookings = (minLength: number): fc.Arbitrary<Booking[][]> =>
  fc.array(fc.array(booking, { maxLength: 4 }), { minLength, maxLength: 4 });

/** What is read from pages: entries, balances, and what is wrong. */
function readFrom(pages: readonly string[]): { readonly entries: string[]; readonly faults: readonly string[] } {
  const [statement, ...others] = statementsIn(pages.map((page) => readBankStatement(page)));
  if (statement === undefined || others.length > 0) throw new Error('there is one statement');
  const { entries, faults } = statement;
  return { entries: entries.map((each) => `${each.status} ${each.creditDebit} ${each.amount}`), faults };
}

describe('A statement that is written in pages', () => {
  it('is the one that was given, in whatever order its pages come, and adds up', () => {
    const property = fc.property(opening, bookings(1), fc.boolean(), (opens, given, isTurned) => {
      const pages = pagesOf(opens, given);
      const read = readFrom(isTurned ? [...pages].reverse() : pages);
      expect(read).toEqual({ entries: given.flat().map(told), faults: [] });
    });
    fc.assert(property, { seed: SEED, numRuns: 60 });
  });

  it('is not whole without any one of its pages', () => {
    const property = fc.property(opening, bookings(2), fc.nat({ max: 3 }), (opens, given, without) => {
      const pages = pagesOf(opens, given);
      const left = pages.filter((_page, index) => index !== without % pages.length);
      expect(readFrom(left).faults).toEqual(['PAGES_MISSING']);
    });
    fc.assert(property, { seed: SEED, numRuns: 30 });
  });

  it('does not add up when a booked entry is one minor unit more or less', () => {
    const property = fc.property(opening, bookings(1), fc.nat({ max: 20 }), (opens, given, which) => {
      const booked = given.flat().filter(({ status }) => status === 'BOOK');
      const chosen = booked[which % Math.max(booked.length, 1)];
      fc.pre(chosen !== undefined);
      const pages = pagesOf(opens, given);
      const more = pagesOf(
        opens,
        given.map((page) => page.map((each) => (each === chosen ? { ...each, minor: each.minor + 1n } : each))),
      );
      // The entries of the one, between the balances of the other.
      const mixed = more.map((page, index) => withBalancesOf(page, pages[index] ?? ''));
      expect(readFrom(mixed).faults).toEqual(['BALANCE_DIFFERS']);
    });
    fc.assert(property, { seed: SEED, numRuns: 30 });
  });

  it('never books anything else without a fault, whatever element of whatever page is changed', () => {
    const given: Booking[][] = [
      [
        { minor: 3_000_000_000n, creditDebit: 'CRDT', status: 'BOOK' },
        { minor: 700n, creditDebit: 'CRDT', status: 'PDNG' },
      ],
      [{ minor: 5_000n, creditDebit: 'DBIT', status: 'BOOK' }],
    ];
    const pages = pagesOf(100n, given);
    const isBooked = (each: string): boolean => each.startsWith('BOOK');
    const wanted = given.flat().map(told).filter(isBooked);
    const counts = new Map<string, number>();
    for (const [index, page] of pages.entries())
      for (const { node } of mutantsOf(parse(page))) {
        const outcome = outcomeOf(pages.map((each, at) => (at === index ? print(node) : each)));
        if (Array.isArray(outcome)) expect(outcome.filter(isBooked).sort()).toEqual([...wanted].sort());
        const name = Array.isArray(outcome) ? 'read' : outcome;
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    for (const each of ['read', 'BALANCE_DIFFERS', 'BALANCE_MISSING', 'PAGES_MISSING', 'PART_UNREADABLE'])
      expect([each, (counts.get(each) ?? 0) > 0]).toEqual([each, true]);
  });
});

/** What is read, or why nothing is. */
function outcomeOf(pages: readonly string[]): string[] | string {
  try {
    const statements = statementsIn(pages.map((page) => readBankStatement(page)));
    const fault = statements.flatMap(({ faults }) => faults)[0];
    if (fault !== undefined) return fault;
    return statements.flatMap(({ entries }) =>
      entries.map((each) => `${each.status} ${each.creditDebit} ${each.amount}`),
    );
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.code;
  }
}

/** A page with the balances of another one. */
function withBalancesOf(page: string, other: string): string {
  const balances = other.slice(other.indexOf('<Bal>'), other.lastIndexOf('</Bal>'));
  return page.slice(0, page.indexOf('<Bal>')) + balances + page.slice(page.lastIndexOf('</Bal>'));
}
