/** The frozen table of ISO 4217. */
import { expect, it } from '@jest/globals';
import { CURRENCIES } from '../../../chaincode/src/protocol/currencies.js';

it.each([
  ['CNY', 2],
  ['USD', 2],
  ['AUD', 2],
  ['EUR', 2],
  ['GBP', 2],
  ['HKD', 2],
  ['CHF', 2],
  ['SGD', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['VND', 0],
  ['CLP', 0],
  ['ISK', 0],
  ['UGX', 0],
  ['KWD', 3],
  ['BHD', 3],
  ['OMR', 3],
  ['TND', 3],
  ['IQD', 3],
  ['CLF', 4],
  ['UYW', 4],
])('%s has %i decimals', (currency, decimals) => {
  expect(CURRENCIES.get(currency)).toBe(decimals);
});

it.each([
  ['XXX', 'no currency'],
  ['XTS', 'for tests'],
  ['XAU', 'gold'],
  ['XDR', 'without minor units'],
  ['BGN', 'the euro since 2026-01-01'],
  ['HRK', 'the euro since 2023'],
  ['ANG', 'XCG since 2025'],
  ['ZWL', 'ZWG since 2024'],
  ['SLL', 'SLE since 2022'],
  ['CNH', 'no ISO code'],
  ['RMB', 'no ISO code'],
  ['toString', 'no code, but a property of every object'],
])('%s is not in it (%s)', (currency) => {
  expect(CURRENCIES.has(currency)).toBe(false);
});

it('has three capitals a code', () => {
  expect([...CURRENCIES.keys()].filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
  const count = (decimals: number): number => [...CURRENCIES.values()].filter((each) => each === decimals).length;
  expect([0, 1, 2, 3, 4].map(count)).toEqual([17, 0, 139, 7, 2]);
});
