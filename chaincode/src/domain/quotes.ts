/** Financing before the payment date: which slices a bank can take over together, and what it pays for them. */
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { BookRecord } from '../protocol/records/index.js';
import { assertAlike, totalOf } from './together.js';
import { eachItem, firstOf } from './items.js';
import { assertBeforeDue, assertSlice, assertTier } from './lifecycle.js';
import { interestOn, shareOut } from './interest.js';
import { digitsOf, type Money } from './money.js';
import { assertRole, type Party } from './parties.js';
import type { HeldSlice, VouchedFinancingRequest, VouchedQuote } from './vouched.js';

/** As which step the slices are looked at: whether they could be offered, or pass to their funder now. */
type Step = 'offer' | 'settle';

/**
 * What slices come to that are financed together. Each of them could be offered to the funder now, and interest is counted for all of them
 * to the same day. @throws TenorError BATCH_MIXED, STATE, TIER_EXCEEDED, AMOUNT_OUT_OF_RANGE, DUE_REACHED
 */
export function assertFinanceable(slices: readonly HeldSlice[], businessDate: string, step: Step = 'offer'): Money {
  const first = firstOf(slices);
  const { paymentDate } = first.certificate.terms.record;
  const financed = eachItem(slices, (held) => {
    const terms = held.certificate.terms.record;
    assertAlike(held, first);
    if (terms.paymentDate !== paymentDate) throw new TenorError('BATCH_MIXED');
    assertSlice(step, held.slice.record, businessDate);
    assertTier(held.slice.record, terms);
    return held.slice.record;
  });
  const total = totalOf(financed);
  assertBeforeDue(first.certificate.terms.record, businessDate);
  return total;
}

/** Who asks for financing must still hold what it asks for. @throws TenorError STATE */
export function assertAsked({ slice }: HeldSlice, { record }: VouchedFinancingRequest | VouchedQuote): void {
  const { holder, holderMsp, state } = slice.record;
  const isHolders = holder === record.holder && holderMsp === record.holderMsp;
  if (!isHolders) throw new TenorError('STATE', { state, sliceId: slice.id });
}

/**
 * What a quote offers can be taken up: by its holder, who accepts it, and by its funder, who settles what was accepted.
 * @throws TenorError QUOTE_LAPSED, PARTY_ROLE, STATE, FINANCING_MISMATCH, and as {@link assertFinanceable}
 */
export function assertTakenUp(
  quote: VouchedQuote,
  { payeeBank, slices }: { readonly payeeBank: Party; readonly slices: readonly HeldSlice[] },
  businessDate: string,
  step: Step = 'offer',
): void {
  if (quote.record.validUntil < businessDate) throw new TenorError('QUOTE_LAPSED');
  assertRole(payeeBank, 'bank');
  eachItem(slices, (held) => {
    assertAsked(held, quote);
  });
  assertPriced(quote.record, slices, businessDate, step);
}

type Quote = BookRecord<'quote'>;

/**
 * The money is paid before the slices are. A quote ends on the value date at the latest: whoever accepted it afterwards would be paid later
 * than interest was counted from. @throws TenorError QUOTE_VALUE_DATE, QUOTE_EXPIRY
 */
export function assertQuoteDates(
  { valueDate, validUntil, paymentDate }: Pick<Quote, 'valueDate' | 'validUntil' | 'paymentDate'>,
  requestExpiresOn: string,
  businessDate: string,
): void {
  if (valueDate < businessDate || valueDate >= paymentDate) throw new TenorError('QUOTE_VALUE_DATE');
  const isInTime = validUntil >= businessDate && validUntil <= valueDate && validUntil <= requestExpiresOn;
  if (!isInTime) throw new TenorError('QUOTE_EXPIRY');
}

/** What decides on a price. */
type Priced = Pick<Quote, 'rate' | 'dayCount' | 'valueDate' | 'paymentDate' | 'fee' | 'interestPayer'>;

/** The part of the interest that the issuer pays, in basis points. */
function issuerPart(payer: Quote['interestPayer']): number {
  if (payer.kind === 'SHARED') return payer.issuerBasisPoints;
  return payer.kind === 'ISSUER' ? LIMITS.basisPoints : 0;
}

/**
 * What a funder pays for slices, in minor units. Interest is rounded once, on the whole amount. All else is shared out of whole sums. So
 * nobody gains by splitting slices before, and the parts add up. The cost is below the amount whoever pays it. @throws TenorError QUOTE_COST
 */
export function priceOf(
  slices: readonly { readonly id: string; readonly amount: string }[],
  { rate, dayCount, valueDate, paymentDate, fee, interestPayer }: Priced,
): Pick<Quote, 'interest' | 'sellerInterest' | 'issuerInterest' | 'net' | 'slices'> {
  const amounts = slices.map(({ amount }) => BigInt(amount));
  const whole = amounts.reduce((total, amount) => total + amount, 0n);
  const interest = interestOn(whole, rate, { from: valueDate, to: paymentDate, dayCount });
  if (interest + BigInt(fee) >= whole) throw new TenorError('QUOTE_COST');
  const part = issuerPart(interestPayer);
  const [bySeller = 0n, byIssuer = 0n] = shareOut(interest, [BigInt(LIMITS.basisPoints - part), BigInt(part)]);
  const net = whole - bySeller - BigInt(fee);
  const shares = shareOut(net, amounts);
  return {
    ...{ interest: String(interest), sellerInterest: String(bySeller), issuerInterest: String(byIssuer) },
    net: String(net),
    slices: slices.map(({ id }, index) => ({ sliceId: id, net: String(shares[index] ?? 0n) })),
  };
}

/** The slices can still be financed together, and cost what the quote says: its funder alone wrote it. @throws TenorError FINANCING_MISMATCH, and as {@link assertFinanceable} */
function assertPriced(quote: Quote, slices: readonly HeldSlice[], businessDate: string, step: Step): void {
  const amount = assertFinanceable(slices, businessDate, step);
  const { paymentDate } = firstOf(slices).certificate.terms.record;
  const price = priceOf(
    slices.map(({ slice }) => slice.record),
    { ...quote, paymentDate },
  );
  const isOnce = new Set(slices.map(({ slice }) => slice.id)).size === slices.length;
  const said = { ...quote, ...price, amount: digitsOf(amount), currency: amount.currency, paymentDate };
  if (!isOnce || canonicalJson(said) !== canonicalJson(quote)) throw new TenorError('FINANCING_MISMATCH');
}
