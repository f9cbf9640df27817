/** Amounts of a currency. Two amounts of different currencies are never added or compared. */
import { TenorError } from '../protocol/errors.js';

/** Whole minor units of a currency. */
export interface Money {
  readonly currency: string;
  readonly minor: bigint;
}

/** An amount as records and requests hold it: minor units as digits, and their currency. */
export interface Stated {
  readonly currency: string;
  readonly amount: string;
}

/** Money of an amount as stated. */
export const moneyOf = ({ currency, amount }: Stated): Money => ({ currency, minor: BigInt(amount) });

/** Money of digits in a currency. */
export const money = (currency: string, digits: string): Money => ({ currency, minor: BigInt(digits) });

function assertAlike(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new TenorError('CURRENCY_MISMATCH');
}

/** @throws TenorError CURRENCY_MISMATCH */
export function add(a: Money, b: Money): Money {
  assertAlike(a, b);
  return { currency: a.currency, minor: a.minor + b.minor };
}

/** The result may be below zero. @throws TenorError CURRENCY_MISMATCH */
export function subtract(a: Money, b: Money): Money {
  assertAlike(a, b);
  return { currency: a.currency, minor: a.minor - b.minor };
}

/** @throws TenorError CURRENCY_MISMATCH */
export const sum = (currency: string, parts: readonly Money[]): Money => parts.reduce(add, { currency, minor: 0n });

/** @throws TenorError CURRENCY_MISMATCH */
export function isAbove(a: Money, b: Money): boolean {
  assertAlike(a, b);
  return a.minor > b.minor;
}

/** @throws TenorError CURRENCY_MISMATCH */
export function isEqual(a: Money, b: Money): boolean {
  assertAlike(a, b);
  return a.minor === b.minor;
}

/** Minor units as digits, for a record. */
export const digitsOf = ({ minor }: Money): string => minor.toString();
