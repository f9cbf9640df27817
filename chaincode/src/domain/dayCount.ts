/**
 * Which part of a year lies between two dates, as an exact fraction. The first day counts and the last one does not. Sections are those of
 * the 2006 ISDA Definitions.
 */
import { dayNumber, isLeap, partsOf } from '../protocol/dates.js';
import type { DayCount } from '../protocol/dayCounts.js';

/** An exact number that is not below zero. It is not reduced to lowest terms, because it is only multiplied, and rounded once. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const fraction = (numerator: number, denominator: number): Fraction => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** Days of a period if each month had 30, after days of the month were counted as the convention says. */
function monthsOf30(
  from: string,
  to: string,
  daysOf: (first: number, last: number) => readonly [number, number],
): number {
  const [start, end] = [partsOf(from), partsOf(to)];
  const [first, last] = daysOf(start.day, end.day);
  return (end.year - start.year) * 360 + (end.month - start.month) * 30 + last - first;
}

/** Days of a period that lie in leap years. */
function leapDays(from: string, to: string): number {
  const [first, last] = [partsOf(from).year, partsOf(to).year];
  let days = 0;
  for (let year = first; year <= last; year++) {
    const [begins, ends] = [`${String(year)}-01-01`, `${String(year + 1)}-01-01`];
    if (isLeap(year)) days += daysBetween(from > begins ? from : begins, to < ends ? to : ends);
  }
  return days;
}

/** The conventions. */
const COUNTS: { readonly [Convention in DayCount]: (from: string, to: string) => Fraction } = {
  /** (e) */
  'ACT/360': (from, to) => fraction(daysBetween(from, to), 360),
  /** (d) */
  'ACT/365F': (from, to) => fraction(daysBetween(from, to), 365),
  /** (b): days in leap years over 366, and the others over 365. */
  'ACT/ACT ISDA': (from, to) => {
    const leap = leapDays(from, to);
    return fraction(leap * 365 + (daysBetween(from, to) - leap) * 366, 365 * 366);
  },
  /** (f): a 31st at the end is a 30th only if the period begins on a 30th or 31st. The end of February stays what it is. */
  '30/360': (from, to) =>
    fraction(
      monthsOf30(from, to, (first, last) => [Math.min(first, 30), first >= 30 ? Math.min(last, 30) : last]),
      360,
    ),
  /** (g): every 31st is a 30th. The end of February stays what it is. */
  '30E/360': (from, to) =>
    fraction(
      monthsOf30(from, to, (first, last) => [Math.min(first, 30), Math.min(last, 30)]),
      360,
    ),
};

/** The part of a year from one date to another one that is not before it. */
export const yearFraction = (convention: DayCount, from: string, to: string): Fraction => COUNTS[convention](from, to);
