/** Exchange of two currencies: exact, rounded down once, and what remains is booked. Worked out by hand. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertExchanged, assertLegOf, exchanged } from '../../../chaincode/src/domain/exchange.js';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import type { Exchange, Leg } from '../../../chaincode/src/protocol/records/index.js';

const RATE: Exchange = {
  ...{ baseLegId: 'base', quoteLegId: 'quote', numerator: '71387', denominator: '10000', residual: '8700' },
  ...{ source: 'CFETS', quotedAt: '2026-11-23T01:15:00Z', validUntil: '2026-11-23' },
};
const TODAY = '2026-11-23';

const leg = (id: string, changes: Partial<Leg>, exchange: Exchange = RATE): Opened<'leg'> =>
  ({ id, record: { currency: 'USD', sender: 'A', receiver: 'B', ...changes, cash: { exchange } } }) as Opened<'leg'>;
const base = (changes: Partial<Leg> = {}, exchange = RATE): Opened<'leg'> =>
  leg('base', { amount: '100', ...changes }, exchange);
const quote = (changes: Partial<Leg> = {}, exchange = RATE): Opened<'leg'> =>
  leg('quote', { amount: '713', currency: 'CNY', sender: 'B', receiver: 'A', ...changes }, exchange);

const outcomeOf = (check: () => void): string => {
  try {
    check();
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const approved = (legs: readonly Opened<'leg'>[], today = TODAY): string =>
  outcomeOf(() => {
    assertExchanged(legs, today);
  });

describe('exchanged', () => {
  it.each([
    // USD 1.00 at 7.1387 is CNY 7.1387: 713 fen and 0.87 of one.
    ['100', '71387', '10000', 713n, 8700n],
    // USD 34,000,000.00 at 7.1387 is CNY 242,715,800.00 exactly.
    ['3400000000', '71387', '10000', 24271580000n, 0n],
    // JPY 100 at 0.0483 CNY: a yen is one minor unit, a yuan a hundred: 483 fen.
    ['100', '483', '100', 483n, 0n],
    // One cent of a currency worth less than one of the other: nothing, and all of it remains.
    ['1', '1', '3', 0n, 1n],
  ])('%s minor units at %s to %s', (amount, numerator, denominator, result, residual) => {
    expect(exchanged(amount, { numerator, denominator })).toEqual({ amount: result, residual });
  });

  it('never loses a whole minor unit, whatever is exchanged', () => {
    const whole = fc.bigInt({ min: 1n, max: 10n ** 18n });
    fc.assert(
      fc.property(whole, whole, whole, (amount, numerator, denominator) => {
        const rate = { numerator: numerator.toString(), denominator: denominator.toString() };
        const { amount: got, residual } = exchanged(amount.toString(), rate);
        expect(got * denominator + residual).toBe(amount * numerator);
        expect(residual >= 0n && residual < denominator).toBe(true);
      }),
    );
  });
});

describe('assertExchanged', () => {
  it('takes both legs of an exchange on its last day, and legs without one', () => {
    expect(approved([base(), quote()])).toBe('taken');
    expect(approved([])).toBe('taken');
  });

  it.each([
    ['a cent more', [base(), quote({ amount: '714' })]],
    ['a cent less', [base(), quote({ amount: '712' })]],
    ['another rest', [base({}, { ...RATE, residual: '8701' }), quote({}, { ...RATE, residual: '8701' })]],
    ['two rates', [base(), quote({}, { ...RATE, source: 'Reuters' })]],
    ['one currency', [base(), quote({ currency: 'USD' })]],
    ['both to the same side', [base(), quote({ sender: 'A', receiver: 'B' })]],
    ['to a third', [base(), quote({ receiver: 'C' })]],
    ['one leg alone', [base()]],
  ])('refuses %s', (_, legs) => {
    expect(approved(legs)).toBe('EXCHANGE_MISMATCH');
  });

  it('refuses a rate that expired yesterday', () => {
    expect(approved([base(), quote()], '2026-11-24')).toBe('EXCHANGE_EXPIRED');
  });
});

describe('assertLegOf', () => {
  const named = (legId: string, exchange: Exchange = RATE, legIds = ['base', 'quote', 'slice']): string =>
    outcomeOf(() => {
      assertLegOf(exchange, { legId, legIds });
    });

  it('takes the two legs that the exchange names', () => {
    expect([named('base'), named('quote')]).toEqual(['taken', 'taken']);
  });

  it.each([
    ['another leg', 'slice', RATE, ['base', 'quote', 'slice']],
    ['a leg of another batch', 'base', RATE, ['base', 'slice']],
    ['one leg against itself', 'base', { ...RATE, quoteLegId: 'base' }, ['base', 'quote']],
  ])('refuses %s', (_, legId, exchange, legIds) => {
    expect(named(legId, exchange, legIds)).toBe('EXCHANGE_MISMATCH');
  });
});
