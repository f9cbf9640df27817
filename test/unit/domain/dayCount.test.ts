/** Which part of a year lies between two dates, by examples that others have published. */
import { describe, expect, it } from '@jest/globals';
import { yearFraction } from '../../../chaincode/src/domain/dayCount.js';
import { DAY_COUNTS, type DayCount } from '../../../chaincode/src/protocol/dayCounts.js';

const counted = (convention: DayCount, from: string, to: string): string => {
  const { numerator, denominator } = yearFraction(convention, from, to);
  return `${String(numerator)}/${String(denominator)}`;
};

/** The examples of ISDA's table "30/360 Day Count Conventions" (30-360-2006ISDADefs.xls, isda.org, December 2008): days by 30/360 and by 30E/360. */
const ISDA_TABLE: readonly (readonly [from: string, to: string, bondBasis: number, eurobondBasis: number])[] = [
  // Example 1: no period ends at the end of February.
  ['2006-08-20', '2007-02-20', 180, 180],
  ['2007-02-20', '2007-08-20', 180, 180],
  ['2007-08-20', '2008-02-20', 180, 180],
  ['2008-02-20', '2008-08-20', 180, 180],
  ['2008-08-20', '2009-02-20', 180, 180],
  ['2009-02-20', '2009-08-20', 180, 180],
  // Example 2: periods that begin or end at the end of February.
  ['2006-08-31', '2007-02-28', 178, 178],
  ['2007-02-28', '2007-08-31', 183, 182],
  ['2007-08-31', '2008-02-29', 179, 179],
  ['2008-02-29', '2008-08-31', 182, 181],
  ['2008-08-31', '2009-02-28', 178, 178],
  ['2009-02-28', '2009-08-31', 183, 182],
  // Example 3: others.
  ['2006-01-31', '2006-02-28', 28, 28],
  ['2006-01-30', '2006-02-28', 28, 28],
  ['2006-02-28', '2006-03-03', 5, 5],
  ['2006-02-14', '2006-02-28', 14, 14],
  ['2006-09-30', '2006-10-31', 30, 30],
  ['2006-10-31', '2006-11-28', 28, 28],
  ['2007-08-31', '2008-02-28', 178, 178],
  ['2008-02-28', '2008-08-28', 180, 180],
  ['2008-02-28', '2008-08-30', 182, 182],
  ['2008-02-28', '2008-08-31', 183, 182],
  ['2007-02-26', '2008-02-28', 362, 362],
  ['2007-02-26', '2008-02-29', 363, 363],
  ['2008-02-29', '2009-02-28', 359, 359],
  ['2008-02-28', '2008-03-30', 32, 32],
  ['2008-02-28', '2008-03-31', 33, 32],
];

/** Periods of certificates, counted by hand: actual days, and days by 30/360 and 30E/360. */
const BY_HAND: readonly (readonly [from: string, to: string, actual: number, bondBasis: number, eurobond: number])[] = [
  ['2026-01-31', '2026-07-31', 181, 180, 180],
  ['2026-01-15', '2026-07-31', 197, 196, 195],
  ['2028-02-29', '2028-08-31', 184, 182, 181],
  ['2026-11-23', '2026-11-23', 0, 0, 0],
  ['2026-11-23', '2026-11-24', 1, 1, 1],
  ['2026-12-31', '2027-01-01', 1, 1, 1],
];

describe('30/360 and 30E/360', () => {
  it.each(ISDA_TABLE)("count %s to %s as ISDA's table does", (from, to, bondBasis, eurobondBasis) => {
    expect(counted('30/360', from, to)).toBe(`${String(bondBasis)}/360`);
    expect(counted('30E/360', from, to)).toBe(`${String(eurobondBasis)}/360`);
  });
});

describe('every convention but ACT/ACT', () => {
  it.each(BY_HAND)('counts %s to %s, the first day and not the last', (from, to, actual, bondBasis, eurobondBasis) => {
    expect(counted('ACT/360', from, to)).toBe(`${String(actual)}/360`);
    expect(counted('ACT/365F', from, to)).toBe(`${String(actual)}/365`);
    expect(counted('30/360', from, to)).toBe(`${String(bondBasis)}/360`);
    expect(counted('30E/360', from, to)).toBe(`${String(eurobondBasis)}/360`);
  });
});

describe('ACT/ACT ISDA', () => {
  /** ISDA, "EMU and Market Conventions: Recent Developments" (1999): its worked examples as days in ordinary years and days in leap years. */
  it.each([
    ['2003-11-01', '2004-05-01', 61, 121],
    ['1999-02-01', '1999-07-01', 150, 0],
    ['1999-07-01', '2000-07-01', 184, 182],
    ['2002-08-15', '2003-07-15', 334, 0],
    ['2003-07-15', '2004-01-15', 170, 14],
    ['1999-07-30', '2000-01-30', 155, 29],
    ['2000-01-30', '2000-06-30', 0, 152],
    ['1999-11-30', '2000-04-30', 32, 120],
  ])('counts %s to %s as %d days over 365 and %d over 366', (from, to, ordinary, leap) => {
    expect(counted('ACT/ACT ISDA', from, to)).toBe(`${String(ordinary * 366 + leap * 365)}/133590`);
  });

  it('counts a whole year as one, whether it is a leap year or not, and the years between two dates', () => {
    expect(counted('ACT/ACT ISDA', '2028-01-01', '2029-01-01')).toBe('133590/133590');
    expect(counted('ACT/ACT ISDA', '2027-01-01', '2028-01-01')).toBe('133590/133590');
    expect(counted('ACT/ACT ISDA', '2026-01-01', '2036-01-01')).toBe('1335900/133590');
  });

  it('counts 31 December with its own year', () => {
    expect(counted('ACT/ACT ISDA', '2028-12-31', '2029-01-01')).toBe('365/133590');
    expect(counted('ACT/ACT ISDA', '2027-12-31', '2028-01-01')).toBe('366/133590');
  });

  it('reaches the last date that the ledger has', () => {
    expect(counted('ACT/ACT ISDA', '2199-12-30', '2199-12-31')).toBe('366/133590');
  });
});

it('has the code of ISO 20022 for every convention', () => {
  expect(DAY_COUNTS).toEqual({
    ...{ 'ACT/360': 'A004', 'ACT/365F': 'A005', 'ACT/ACT ISDA': 'A008', '30/360': 'A001', '30E/360': 'A011' },
  });
});
