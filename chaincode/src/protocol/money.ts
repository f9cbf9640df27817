/** Money is a whole number of minor units in a named currency: a bigint in code, a string of digits on the wire and in records. */
import { CURRENCIES } from './currencies.js';
import { TenorError } from './errors.js';
import { LIMITS } from './limits.js';

/** Number of decimals of an ISO 4217 currency. @throws TenorError CURRENCY_UNKNOWN */
export function exponentOf(currency: string): number {
  const exponent = CURRENCIES.get(currency);
  if (exponent === undefined) throw new TenorError('CURRENCY_UNKNOWN');
  return exponent;
}

/** Parses minor units from the wire. @throws TenorError AMOUNT_MALFORMED, AMOUNT_OUT_OF_RANGE (not above zero, or above 10^18) */
export function parseMinor(wire: unknown): bigint {
  if (typeof wire !== 'string' || !/^(0|[1-9][0-9]{0,24})$/.test(wire)) throw new TenorError('AMOUNT_MALFORMED');
  const minor = BigInt(wire);
  if (minor <= 0n || minor > LIMITS.amountMax) throw new TenorError('AMOUNT_OUT_OF_RANGE');
  return minor;
}

/**
 * Minor units of a decimal amount, for example `34000000.00` USD → `3400000000`. Never rounds.
 * @throws TenorError CURRENCY_UNKNOWN, AMOUNT_MALFORMED, AMOUNT_EXPONENT, AMOUNT_OUT_OF_RANGE
 */
export function minorOf(decimal: string, currency: string): string {
  const exponent = exponentOf(currency);
  const match = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(decimal);
  if (match?.[1] === undefined) throw new TenorError('AMOUNT_MALFORMED');
  const fraction = match[2] ?? '';
  if (fraction.length !== exponent) throw new TenorError('AMOUNT_EXPONENT', { currency, decimals: String(exponent) });
  return parseMinor((match[1] + fraction).replace(/^0+(?=[0-9])/, '')).toString();
}

/** The decimal amount of minor units, for example `3400000000` USD → `34000000.00`. Zero is allowed. @throws TenorError CURRENCY_UNKNOWN, AMOUNT_MALFORMED */
export function decimalOf(minor: string | bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = minor.toString();
  if (!/^(0|[1-9][0-9]*)$/.test(digits)) throw new TenorError('AMOUNT_MALFORMED');
  if (exponent === 0) return digits;
  const padded = digits.padStart(exponent + 1, '0');
  return `${padded.slice(0, -exponent)}.${padded.slice(-exponent)}`;
}
