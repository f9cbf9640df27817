/** What a payment that came back takes away from the slices that it had paid, and what succeeds them. */
import type { BookRecord, Slice } from '../protocol/records/index.js';
import { put, unsalted, type Write } from './decision.js';
import { digitsOf, isAbove, moneyOf, subtract, type Money } from './money.js';

/** How much of a paid slice came back. The rest of it stays paid. */
export interface Portion {
  readonly slice: Slice;
  readonly back: Money;
  readonly kept: Money;
}

/** What succeeds a slice of which something came back. */
export interface Successors {
  /** Id of the slice that is owed again. */
  readonly owed: string;
  /** Id of the slice that stays paid. */
  readonly kept: string;
}

/**
 * Takes an amount from paid slices, the first ones first. Nobody chooses which: the order of the presentment decides. Where the slices come to less,
 * so do the portions.
 */
export function portionsOf(paid: readonly Slice[], amount: Money): readonly Portion[] {
  const portions: Portion[] = [];
  let left = amount;
  for (const slice of paid) {
    const whole = moneyOf(slice);
    const back = isAbove(whole, left) ? left : whole;
    if (back.minor > 0n) portions.push({ slice, back, kept: subtract(whole, back) });
    left = subtract(left, back);
  }
  return portions;
}

/** Why a slice is RETURNED, and whether the issuer's book has it as counted. If so, no successor counts before it was taken out of the count. */
interface Cause extends Omit<NonNullable<Slice['returned']>, 'amount'> {
  readonly isCounted: boolean;
}

/** The slice as what is left of it to read, and what succeeds it. */
export function succeeded(
  { slice, back, kept }: Portion,
  ids: Successors,
  { isCounted, ...cause }: Cause,
  readers: readonly string[],
): readonly Write[] {
  const { id } = slice;
  const isWhole = kept.minor === 0n;
  const children = isWhole ? [ids.owed] : [ids.owed, ids.kept];
  const { awaits: awaited, paidBy, ...rest } = unsalted(slice);
  const awaits = isCounted ? id : awaited;
  const part = { ...rest, parentId: id, ...(awaits === undefined ? {} : { awaits }) };
  const paid = paidBy === undefined ? {} : { paidBy };
  const returned = { ...cause, amount: digitsOf(back) };
  const owed: Omit<Slice, 'salt'> = { ...part, id: ids.owed, amount: digitsOf(back), state: 'FREE', lock: null };
  return [
    put('slice', id, { ...unsalted(slice), state: 'RETURNED', returned, children }, readers),
    put('slice', ids.owed, owed, readers),
    ...(isWhole ? [] : [put('slice', ids.kept, { ...part, ...paid, id: ids.kept, amount: digitsOf(kept) }, readers)]),
  ];
}

/** Whether a return takes away no more than a payment brought, in its currency. */
export const isWithin = (returned: BookRecord<'return'>, payment: BookRecord<'payment'>): boolean =>
  returned.currency === payment.currency && !isAbove(moneyOf(returned), moneyOf(payment));
