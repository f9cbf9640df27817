/** Interest, and how a sum is shared out. Everything is exact until the one place where it is rounded, and no part of a sum is lost or made up. */
import { yearFraction, type Fraction } from './dayCount.js';
import type { DayCount } from '../protocol/dayCounts.js';

/** For which time interest is counted, and how. */
export interface Period {
  /** The first day that counts. */
  readonly from: string;
  /** The first day that does not count any more. */
  readonly to: string;
  readonly dayCount: DayCount;
}

/** A rate in per cent a year, as a fraction of one: `2.85` is 285 of 10,000. */
function rateOf(perCent: string): Fraction {
  const [whole = '', decimals = ''] = perCent.split('.');
  return { numerator: BigInt(whole + decimals), denominator: 100n * 10n ** BigInt(decimals.length) };
}

/** The nearest whole number, and the upper one of two that are as near. */
const rounded = ({ numerator, denominator }: Fraction): bigint => (2n * numerator + denominator) / (2n * denominator);

/** Simple interest on an amount in minor units, rounded half up to a whole one. @param perCent the rate a year, as digits with a point */
export function interestOn(amount: bigint, perCent: string, { from, to, dayCount }: Period): bigint {
  const [rate, time] = [rateOf(perCent), yearFraction(dayCount, from, to)];
  return rounded({
    numerator: amount * rate.numerator * time.numerator,
    denominator: rate.denominator * time.denominator,
  });
}

/**
 * Shares a sum out in proportion to weights. Each share is first rounded down. What is then left over goes, one unit each, to the shares
 * that lost most by this, and of two that lost the same to the earlier one. So the shares always add up to the sum.
 * @param weights not below zero, and not all of them zero
 */
export function shareOut(sum: bigint, weights: readonly bigint[]): readonly bigint[] {
  const whole = weights.reduce((total, weight) => total + weight, 0n);
  const shares = weights.map((weight, index) => ({
    index,
    share: (sum * weight) / whole,
    lost: (sum * weight) % whole,
  }));
  const left = shares.reduce((rest, { share }) => rest - share, sum);
  const byLoss = [...shares].sort((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1));
  const raised = new Set(byLoss.slice(0, Number(left)).map(({ index }) => index));
  return shares.map(({ index, share }) => (raised.has(index) ? share + 1n : share));
}
