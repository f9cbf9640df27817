/** Money: two currencies are never added and never compared. */
import { describe, expect, it } from '@jest/globals';
import { add, digitsOf, isAbove, isEqual, money, moneyOf, subtract, sum } from '../../../chaincode/src/domain/money.js';
import { codeOf } from '../protocol/support.js';

const [one, two, fils] = [money('USD', '1'), money('USD', '2'), money('KWD', '2')];

it('is what is stated, beyond what a float holds', () => {
  expect(moneyOf({ currency: 'USD', amount: '9007199254740993' })).toEqual({
    currency: 'USD',
    minor: 9_007_199_254_740_993n,
  });
  expect(digitsOf(add(money('USD', '9007199254740992'), one))).toBe('9007199254740993');
});

it('adds, subtracts and compares within one currency', () => {
  expect([digitsOf(add(one, two)), digitsOf(subtract(one, two)), digitsOf(sum('USD', [one, two, two]))]).toEqual([
    '3',
    '-1',
    '5',
  ]);
  expect([isAbove(two, one), isAbove(one, one), isEqual(one, one), isEqual(one, two)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(sum('KWD', [])).toEqual({ currency: 'KWD', minor: 0n });
});

describe('with another currency', () => {
  it.each<[string, () => unknown]>([
    ['add', () => add(two, fils)],
    ['subtract', () => subtract(two, fils)],
    ['sum', () => sum('USD', [two, fils])],
    ['sum of another', () => sum('KWD', [two])],
    ['isAbove', () => isAbove(two, fils)],
    ['isEqual', () => isEqual(two, fils)],
  ])('%s refuses, although the digits are the same', (_what, rule) => {
    expect(codeOf(rule)).toBe('CURRENCY_MISMATCH');
  });
});
