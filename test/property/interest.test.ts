/** Whatever is financed, in however many parts: no unit is lost or made up, and nothing depends on the order of the calculation. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { interestOn, shareOut, type Period } from '../../chaincode/src/domain/interest.js';
import { addDays } from '../../chaincode/src/protocol/dates.js';
import { DAY_COUNTS, type DayCount } from '../../chaincode/src/protocol/dayCounts.js';

const sumOf = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);
const amount = fc.bigInt({ min: 1n, max: 10n ** 18n });
const amounts = fc.array(amount, { minLength: 1, maxLength: 50 });
const millionths = fc.integer({ min: 1, max: 99_999_999 });
const rateOf = (parts: number): string =>
  `${String(Math.floor(parts / 1_000_000))}.${String(parts % 1_000_000).padStart(6, '0')}`;
const period = fc.record({
  offset: fc.nat({ max: 5000 }),
  length: fc.nat({ max: 800 }),
  dayCount: fc.constantFrom(...(Object.keys(DAY_COUNTS) as DayCount[])),
});
const periodOf = ({ offset, length, dayCount }: { offset: number; length: number; dayCount: DayCount }): Period => {
  const from = addDays('2026-01-01', offset);
  return { from, to: addDays(from, length), dayCount };
};

describe('a sum that is shared out', () => {
  it('adds up to itself, whatever the weights', () => {
    fc.assert(
      fc.property(amount, amounts, (sum, weights) => {
        expect(sumOf(shareOut(sum, weights))).toBe(sum);
      }),
    );
  });

  it('gives nobody a whole unit more or less than the exact share', () => {
    fc.assert(
      fc.property(amount, amounts, (sum, weights) => {
        const whole = sumOf(weights);
        for (const [index, share] of shareOut(sum, weights).entries()) {
          const off = share * whole - sum * (weights[index] ?? 0n);
          expect(off < whole && off > -whole).toBe(true);
        }
      }),
    );
  });

  it('gives no part more than its amount, where the sum is not above all of them', () => {
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: 10n ** 18n }), (parts, less) => {
        const whole = sumOf(parts);
        const shares = shareOut(whole > less ? whole - less : whole, parts);
        expect(shares.every((share, index) => share >= 0n && share <= (parts[index] ?? 0n))).toBe(true);
      }),
    );
  });

  it('gives equal weights shares that differ by one at most, the earlier ones no less', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 50 }), (sum, count) => {
        const shares = shareOut(sum, Array<bigint>(count).fill(1n));
        const [first = 0n, last = 0n] = [shares[0], shares.at(-1)];
        expect(first - last === 0n || first - last === 1n).toBe(true);
        expect(shares.every((share, index) => index === 0 || (shares[index - 1] ?? 0n) >= share)).toBe(true);
      }),
    );
  });
});

describe('interest', () => {
  it('is the same on the whole, however its holder split the whole before', () => {
    fc.assert(
      fc.property(amounts, millionths, period, (parts, rate, drawn) => {
        const whole = interestOn(sumOf(parts), rateOf(rate), periodOf(drawn));
        expect(sumOf(shareOut(whole, parts))).toBe(whole);
      }),
    );
  });

  it('is less than one unit off for each part that is financed by itself', () => {
    fc.assert(
      fc.property(amounts, millionths, period, (parts, rate, drawn) => {
        const of = (minor: bigint): bigint => interestOn(minor, rateOf(rate), periodOf(drawn));
        const apart = sumOf(parts.map(of));
        const off = apart - of(sumOf(parts));
        expect(2n * (off < 0n ? -off : off) <= BigInt(parts.length) + 1n).toBe(true);
      }),
    );
  });

  it('never falls when amount, rate or time grow', () => {
    fc.assert(
      fc.property(amount, millionths, period, (minor, rate, drawn) => {
        const least = interestOn(minor, rateOf(rate), periodOf(drawn));
        expect(interestOn(minor + 1n, rateOf(rate), periodOf(drawn)) >= least).toBe(true);
        expect(interestOn(minor, rateOf(rate + 1), periodOf(drawn)) >= least).toBe(true);
        expect(interestOn(minor, rateOf(rate), periodOf({ ...drawn, length: drawn.length + 40 })) >= least).toBe(true);
      }),
    );
  });
});
