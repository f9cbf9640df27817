/** Interest is exact until it is rounded once, and shares of a sum add up to it. */
import { describe, expect, it } from '@jest/globals';
import { interestOn, shareOut } from '../../../chaincode/src/domain/interest.js';
import type { DayCount } from '../../../chaincode/src/protocol/dayCounts.js';

const H1_2026 = { from: '2026-01-31', to: '2026-07-31' };
/** A period of exactly one part in so many of a year of 360 days. */
const days = (count: number): { readonly from: string; readonly to: string; readonly dayCount: DayCount } => ({
  ...{ from: '2026-03-01', to: `2026-03-${String(1 + count).padStart(2, '0')}`, dayCount: 'ACT/360' },
});

describe('interest', () => {
  it.each([
    ['ACT/360', '3725583.33', 372558333n],
    ['ACT/365F', '3674547.95', 367454795n],
    ['30/360', '3705000.00', 370500000n],
    ['30E/360', '3705000.00', 370500000n],
    ['ACT/ACT ISDA', '3674547.95', 367454795n],
  ] as const)('on CNY 260,000,000.00 at 2.85 %% for half a year by %s is %s', (dayCount, _text, minor) => {
    expect(interestOn(26_000_000_000n, '2.85', { ...H1_2026, dayCount })).toBe(minor);
  });

  it('is rounded half up: 0.5 to 1, and less to 0', () => {
    expect(interestOn(18_000n, '1', days(1))).toBe(1n); // 0.5
    expect(interestOn(17_999n, '1', days(1))).toBe(0n);
    expect(interestOn(54_000n, '1', days(1))).toBe(2n); // 1.5
    expect(interestOn(53_999n, '1', days(1))).toBe(1n);
  });

  it('takes a rate to its last decimal', () => {
    expect(interestOn(36_000_000_000_000n, '0.000001', days(1))).toBe(1000n);
    expect(interestOn(36_000_000_000_000n, '99.999999', days(1))).toBe(99_999_999_000n);
    expect(interestOn(3_600_000n, '3.4500', days(10))).toBe(interestOn(3_600_000n, '3.45', days(10)));
  });

  it('is exact for the largest amount, of which a float knows the first sixteen digits', () => {
    expect(interestOn(10n ** 18n, '2.85', { ...H1_2026, dayCount: 'ACT/360' })).toBe(14_329_166_666_666_667n);
  });

  it('is nothing for no time', () => {
    expect(interestOn(10n ** 18n, '99.999999', days(0))).toBe(0n);
  });

  it('is counted on the whole: whoever has it counted on small parts can lose all of it', () => {
    expect(interestOn(17_999n * 50n, '1', days(1))).toBe(25n);
    expect(interestOn(17_999n, '1', days(1)) * 50n).toBe(0n);
  });
});

describe('a sum that is shared out', () => {
  it.each([
    ['goes to one', 7n, [3n], [7n]],
    ['is shared by weight', 100n, [1n, 3n], [25n, 75n]],
    ['gives what is left to whoever lost most', 100n, [1n, 1n, 4n], [17n, 17n, 66n]],
    ['gives it to the first of those who lost the same', 100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    ['gives one unit to the first', 1n, [1n, 1n, 1n], [1n, 0n, 0n]],
    ['gives nothing for no weight', 10n, [0n, 2n, 0n, 1n], [0n, 7n, 0n, 3n]],
    ['is nothing for everybody where there is nothing', 0n, [5n, 6n], [0n, 0n]],
  ])('%s', (_what, sum, weights, shares) => {
    expect(shareOut(sum, weights)).toEqual(shares);
  });
});
