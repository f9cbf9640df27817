/** Exchange of two currencies at a rate that both sides accept. Exact: the amount is rounded down once, and what remains is booked. */
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import type { Exchange, Leg } from '../protocol/records/index.js';
import type { Opened } from './decision.js';

/** What an amount of the base currency comes to, in minor units of the quote currency, and the rest in parts of the rate's denominator. */
export function exchanged(
  amount: string,
  { numerator, denominator }: Pick<Exchange, 'numerator' | 'denominator'>,
): { readonly amount: bigint; readonly residual: bigint } {
  const product = BigInt(amount) * BigInt(numerator);
  return { amount: product / BigInt(denominator), residual: product % BigInt(denominator) };
}

/** The exchange is of two legs of the batch, and this is one of them. @throws TenorError EXCHANGE_MISMATCH */
export function assertLegOf(
  { baseLegId, quoteLegId }: Exchange,
  { legId, legIds }: { readonly legId: string; readonly legIds: readonly string[] },
): void {
  const isPair = baseLegId !== quoteLegId && [baseLegId, quoteLegId].every((id) => legIds.includes(id));
  if (!isPair || (legId !== baseLegId && legId !== quoteLegId)) throw new TenorError('EXCHANGE_MISMATCH');
}

/**
 * Every exchange that a party approves is whole: both legs are before it, opposite to each other, of two currencies, and say the same rate, and their
 * amounts follow from it. @throws TenorError EXCHANGE_MISMATCH, EXCHANGE_EXPIRED
 */
export function assertExchanged(legs: readonly Opened<'leg'>[], businessDate: string): void {
  for (const { record } of legs) {
    const exchange = record.cash?.exchange;
    if (exchange === undefined) continue;
    const [base, quote] = [exchange.baseLegId, exchange.quoteLegId].map(
      (legId) => legs.find(({ id }) => id === legId)?.record,
    );
    if (base === undefined || quote === undefined || !isWhole(exchange, base, quote))
      throw new TenorError('EXCHANGE_MISMATCH');
    if (exchange.validUntil < businessDate) throw new TenorError('EXCHANGE_EXPIRED');
  }
}

function isWhole(exchange: Exchange, base: Leg, quote: Leg): boolean {
  const isSame = [base, quote].every(({ cash }) => canonicalJson(cash?.exchange ?? null) === canonicalJson(exchange));
  const isOpposite = base.sender === quote.receiver && base.receiver === quote.sender;
  const { amount, residual } = exchanged(base.amount, exchange);
  const isExact = amount.toString() === quote.amount && residual.toString() === exchange.residual;
  return isSame && isOpposite && isExact && base.currency !== quote.currency;
}
