/** Financing before the payment date: which slices a bank can take over together. */
import { TenorError } from '../protocol/errors.js';
import { assertAlike, totalOf } from './batch.js';
import { eachItem, firstOf } from './items.js';
import { assertBeforeDue, assertSlice, assertTier } from './lifecycle.js';
import type { Money } from './money.js';
import type { HeldSlice } from './vouched.js';

/**
 * What slices come to that are financed together. Each of them could be offered to the funder now, and interest is counted for all of them
 * to the same day. @throws TenorError BATCH_MIXED, STATE, TIER_EXCEEDED, AMOUNT_OUT_OF_RANGE, DUE_REACHED
 */
export function assertFinanceable(slices: readonly HeldSlice[], businessDate: string): Money {
  const first = firstOf(slices);
  const { paymentDate } = first.certificate.terms.record;
  const financed = eachItem(slices, (held) => {
    const terms = held.certificate.terms.record;
    assertAlike(held, first);
    if (terms.paymentDate !== paymentDate) throw new TenorError('BATCH_MIXED');
    assertSlice('offer', held.slice.record, businessDate);
    assertTier(held.slice.record, terms);
    return held.slice.record;
  });
  const total = totalOf(financed);
  assertBeforeDue(first.certificate.terms.record, businessDate);
  return total;
}
