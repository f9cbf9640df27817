/** Money: decimals to minor units and back, never rounded, by the exponent that ISO 4217 gives the currency. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CURRENCIES } from '../../../chaincode/src/protocol/currencies.js';
import { decimalOf, exponentOf, minorOf, parseMinor } from '../../../chaincode/src/protocol/money.js';
import { codeOf } from './support.js';

const MAX = '1000000000000000000';

describe('minorOf', () => {
  it.each([
    ['34000000.00', 'USD', '3400000000'],
    ['39000000.00', 'CNY', '3900000000'],
    ['0.01', 'EUR', '1'],
    ['0.10', 'EUR', '10'],
    ['1', 'JPY', '1'],
    ['260000000', 'KRW', '260000000'],
    ['0.001', 'KWD', '1'],
    ['12.345', 'BHD', '12345'],
    ['0.0001', 'CLF', '1'],
    ['10.0000', 'UYW', '100000'],
    ['10000000000000000.00', 'USD', MAX],
    [MAX, 'JPY', MAX],
  ])('%s %s is %s minor units', (decimal, currency, minor) => {
    expect(minorOf(decimal, currency)).toBe(minor);
    expect(decimalOf(minor, currency)).toBe(decimal);
  });

  it.each([
    ['1.00', 'USX', 'CURRENCY_UNKNOWN'],
    ['1.00', 'usd', 'CURRENCY_UNKNOWN'],
    ['1.00', '', 'CURRENCY_UNKNOWN'],
    ['1.00', 'XAU', 'CURRENCY_UNKNOWN'],
    ['x', 'USX', 'CURRENCY_UNKNOWN'],
    ['', 'USD', 'AMOUNT_MALFORMED'],
    ['.01', 'USD', 'AMOUNT_MALFORMED'],
    ['1.', 'USD', 'AMOUNT_MALFORMED'],
    ['01.00', 'USD', 'AMOUNT_MALFORMED'],
    ['-1.00', 'USD', 'AMOUNT_MALFORMED'],
    ['+1.00', 'USD', 'AMOUNT_MALFORMED'],
    ['1,000.00', 'USD', 'AMOUNT_MALFORMED'],
    ['1e2', 'JPY', 'AMOUNT_MALFORMED'],
    [' 1.00', 'USD', 'AMOUNT_MALFORMED'],
    ['1.00\n', 'USD', 'AMOUNT_MALFORMED'],
    ['１.00', 'USD', 'AMOUNT_MALFORMED'],
    ['1.0.0', 'USD', 'AMOUNT_MALFORMED'],
    ['1', 'USD', 'AMOUNT_EXPONENT'],
    ['1.0', 'USD', 'AMOUNT_EXPONENT'],
    ['1.000', 'USD', 'AMOUNT_EXPONENT'],
    ['1.0', 'JPY', 'AMOUNT_EXPONENT'],
    ['1.00', 'KWD', 'AMOUNT_EXPONENT'],
    ['1.000', 'CLF', 'AMOUNT_EXPONENT'],
    ['0.00', 'USD', 'AMOUNT_OUT_OF_RANGE'],
    ['0', 'JPY', 'AMOUNT_OUT_OF_RANGE'],
    ['10000000000000000.01', 'USD', 'AMOUNT_OUT_OF_RANGE'],
    ['1000000000000000001', 'JPY', 'AMOUNT_OUT_OF_RANGE'],
    ['9'.repeat(26), 'JPY', 'AMOUNT_MALFORMED'],
  ])('refuses %j %s with %s', (decimal, currency, code) => {
    expect(codeOf(() => minorOf(decimal, currency))).toBe(code);
  });

  it('names the decimals that the currency has', () => {
    expect(codeOf(() => minorOf('1.0', 'KWD'), true)).toEqual(['AMOUNT_EXPONENT', { currency: 'KWD', decimals: '3' }]);
  });
});

describe('parseMinor', () => {
  it.each([
    ['1', 1n],
    ['3400000000', 3_400_000_000n],
    [MAX, 10n ** 18n],
  ])('reads %s', (wire, minor) => {
    expect(parseMinor(wire)).toBe(minor);
  });

  it.each([
    ['0', 'AMOUNT_OUT_OF_RANGE'],
    ['1000000000000000001', 'AMOUNT_OUT_OF_RANGE'],
    ['9'.repeat(25), 'AMOUNT_OUT_OF_RANGE'],
    ['9'.repeat(26), 'AMOUNT_MALFORMED'],
    ['', 'AMOUNT_MALFORMED'],
    ['00', 'AMOUNT_MALFORMED'],
    ['01', 'AMOUNT_MALFORMED'],
    ['-1', 'AMOUNT_MALFORMED'],
    ['1.0', 'AMOUNT_MALFORMED'],
    ['0x10', 'AMOUNT_MALFORMED'],
    ['1n', 'AMOUNT_MALFORMED'],
    ['1\n', 'AMOUNT_MALFORMED'],
    [1, 'AMOUNT_MALFORMED'],
    [1n, 'AMOUNT_MALFORMED'],
    [null, 'AMOUNT_MALFORMED'],
    [undefined, 'AMOUNT_MALFORMED'],
    [['1'], 'AMOUNT_MALFORMED'],
  ])('refuses %p with %s', (wire, code) => {
    expect(codeOf(() => parseMinor(wire))).toBe(code);
  });
});

describe('decimalOf', () => {
  it.each([
    ['0', 'USD', '0.00'],
    ['0', 'JPY', '0'],
    ['0', 'CLF', '0.0000'],
    ['5', 'USD', '0.05'],
    ['99', 'USD', '0.99'],
    ['100', 'USD', '1.00'],
    [3_400_000_000n, 'USD', '34000000.00'],
    ['999', 'KWD', '0.999'],
  ])('%s of %s is %s', (minor, currency, decimal) => {
    expect(decimalOf(minor, currency)).toBe(decimal);
  });

  it.each([
    ['1', 'XXX', 'CURRENCY_UNKNOWN'],
    ['-1', 'USD', 'AMOUNT_MALFORMED'],
    [-1n, 'USD', 'AMOUNT_MALFORMED'],
    ['01', 'USD', 'AMOUNT_MALFORMED'],
    ['', 'USD', 'AMOUNT_MALFORMED'],
    ['1.0', 'USD', 'AMOUNT_MALFORMED'],
  ])('refuses %p %s with %s', (minor, currency, code) => {
    expect(codeOf(() => decimalOf(minor, currency))).toBe(code);
  });
});

it('parsing undoes printing, for any amount in any currency', () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 18n });
  fc.assert(
    fc.property(amount, fc.constantFrom(...CURRENCIES.keys()), (minor, currency) => {
      expect(minorOf(decimalOf(minor, currency), currency)).toBe(minor.toString());
    }),
    { seed: 20261123, numRuns: 500 },
  );
});

it('knows the exponent of a currency', () => {
  expect(['JPY', 'USD', 'KWD', 'CLF'].map(exponentOf)).toEqual([0, 2, 3, 4]);
});
