/** Slices that one call takes together. */
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { Slice } from '../protocol/records/index.js';
import { firstOf } from './items.js';
import { moneyOf, sum, type Money } from './money.js';
import type { HeldSlice } from './vouched.js';

/** One payment pays all these slices, so they must have the same payer, payee and currency. @throws TenorError BATCH_MIXED */
export function assertAlike({ slice, certificate }: HeldSlice, first: HeldSlice): void {
  const alike =
    slice.record.holder === first.slice.record.holder &&
    slice.record.holderMsp === first.slice.record.holderMsp &&
    slice.record.currency === first.slice.record.currency &&
    certificate.bank.id === first.certificate.bank.id &&
    certificate.issuer.id === first.certificate.issuer.id;
  if (!alike) throw new TenorError('BATCH_MIXED');
}

/** What slices of one currency come to. No payment message could carry more than the limit. @throws TenorError AMOUNT_OUT_OF_RANGE */
export function totalOf(slices: readonly Slice[]): Money {
  const total = sum(firstOf(slices).currency, slices.map(moneyOf));
  if (total.minor > LIMITS.amountMax) throw new TenorError('AMOUNT_OUT_OF_RANGE');
  return total;
}
