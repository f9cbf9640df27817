/** Drawing on a credit line, and giving back what was drawn. */
import { TenorError } from '../protocol/errors.js';
import type { Line } from '../protocol/records/index.js';
import { add, digitsOf, isAbove, money, subtract, type Money } from './money.js';
import { isSameDeal, type BankAndIssuer } from './parties.js';
import type { Vouched } from './vouched.js';

/** @throws TenorError LINE_FOREIGN when the line belongs to another bank or issuer than the certificate */
export function assertLineOf({ id, record }: Vouched<'line'>, certificate: BankAndIssuer): void {
  if (!isSameDeal(record, certificate)) throw new TenorError('LINE_FOREIGN', { lineId: id });
}

/** A line, and the amount that one decision has drawn on it so far. */
export interface Drawing {
  readonly line: Vouched<'line'>;
  readonly utilised: Money;
}

/** A line before a decision draws on it. */
export const drawingOf = (line: Vouched<'line'>): Drawing => ({
  line,
  utilised: money(line.record.currency, line.record.utilised),
});

/** Draws `amount` for a certificate. @throws TenorError LINE_FOREIGN, CURRENCY_MISMATCH, LINE_EXPIRED, LINE_EXCEEDED */
export function draw(
  { line, utilised }: Drawing,
  certificate: BankAndIssuer & { readonly dueDate: string },
  amount: Money,
): Drawing {
  assertLineOf(line, certificate);
  const { currency, limit, expiresOn } = line.record;
  const drawn = { line, utilised: add(utilised, amount) };
  if (expiresOn < certificate.dueDate) throw new TenorError('LINE_EXPIRED', { lineId: line.id });
  if (isAbove(drawn.utilised, money(currency, limit))) throw new TenorError('LINE_EXCEEDED', { lineId: line.id });
  return drawn;
}

/**
 * Draws `amount` again that was given back for a payment that came back. It is owed whether or not there is room: the line may be in EXCESS then.
 * @throws TenorError CURRENCY_MISMATCH, LINE_UNDRAWN
 */
export function drawAgain({ line, utilised }: Drawing, amount: Money): Drawing {
  const drawn = add(utilised, amount);
  // Less than nothing is drawn only where a bank with changed chaincode says that it drew more before.
  if (drawn.minor < 0n) throw new TenorError('LINE_UNDRAWN', { lineId: line.id });
  return { line, utilised: drawn };
}

/** Gives `amount` back, because a certificate was unwound or, on a revolving line, paid. @throws TenorError CURRENCY_MISMATCH, LINE_UNDRAWN */
export function giveBack({ line, utilised }: Drawing, amount: Money): Drawing {
  const left = subtract(utilised, amount);
  // This never happens in an honest book. But a bank with changed chaincode can write such a line into its own book.
  if (left.minor < 0n) throw new TenorError('LINE_UNDRAWN', { lineId: line.id });
  return { line, utilised: left };
}

/** The line's record after a drawing. */
export const drawnLine = ({ line, utilised }: Drawing): Line => ({ ...line.record, utilised: digitsOf(utilised) });
