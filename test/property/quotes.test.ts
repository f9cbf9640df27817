/** Whatever a bank quotes: the figures add up to the unit, no slice is paid with more than it is worth, and splitting before gains nothing. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { priceOf } from '../../chaincode/src/domain/quotes.js';
import { addDays } from '../../chaincode/src/protocol/dates.js';
import { DAY_COUNTS, type DayCount } from '../../chaincode/src/protocol/dayCounts.js';
import { TenorError } from '../../chaincode/src/protocol/errors.js';

type Asked = Parameters<typeof priceOf>[1];

const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 16n }), { minLength: 1, maxLength: 50 });
const interestPayer = fc.oneof(
  fc.constantFrom({ kind: 'SELLER' as const }, { kind: 'ISSUER' as const }),
  fc.record({ kind: fc.constant('SHARED' as const), issuerBasisPoints: fc.integer({ min: 1, max: 9999 }) }),
);
const asked: fc.Arbitrary<Asked> = fc
  .record({
    rate: fc.integer({ min: 1, max: 99_999_999 }),
    dayCount: fc.constantFrom(...(Object.keys(DAY_COUNTS) as DayCount[])),
    offset: fc.nat({ max: 2000 }),
    length: fc.integer({ min: 1, max: 400 }),
    fee: fc.bigInt({ min: 0n, max: 10n ** 6n }),
    interestPayer,
  })
  .map(({ rate, dayCount, offset, length, fee, interestPayer: payer }) => {
    const valueDate = addDays('2026-01-01', offset);
    const perCent = `${String(Math.floor(rate / 1_000_000))}.${String(rate % 1_000_000).padStart(6, '0')}`;
    const dates = { valueDate, paymentDate: addDays(valueDate, length) };
    return { rate: perCent, dayCount, ...dates, fee: String(fee), interestPayer: payer };
  });

const slicesOf = (parts: readonly bigint[]): Parameters<typeof priceOf>[0] =>
  parts.map((amount, index) => ({ id: String(index), amount: String(amount) }));
const sumOf = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);

/** The figures as numbers. */
interface Figures {
  readonly interest: bigint;
  readonly bySeller: bigint;
  readonly byIssuer: bigint;
  readonly net: bigint;
  readonly nets: readonly bigint[];
}

/** What is quoted, or undefined where the cost eats up all. */
function priced(parts: readonly bigint[], terms: Asked): Figures | undefined {
  try {
    const { interest, sellerInterest, issuerInterest, net, slices } = priceOf(slicesOf(parts), terms);
    return {
      ...{ interest: BigInt(interest), bySeller: BigInt(sellerInterest), byIssuer: BigInt(issuerInterest) },
      ...{ net: BigInt(net), nets: slices.map((each) => BigInt(each.net)) },
    };
  } catch (error) {
    if (error instanceof TenorError && error.code === 'QUOTE_COST') return undefined;
    throw error;
  }
}

describe('a quote', () => {
  it('adds up: interest of two parts, net of all slices, and all of it to the amount', () => {
    fc.assert(
      fc.property(amounts, asked, (parts, terms) => {
        const figures = priced(parts, terms);
        fc.pre(figures !== undefined);
        const { interest, bySeller, byIssuer, net, nets } = figures;
        expect(bySeller + byIssuer).toBe(interest);
        expect(net + bySeller + BigInt(terms.fee)).toBe(sumOf(parts));
        expect(sumOf(nets)).toBe(net);
        expect(net > 0n).toBe(true);
        expect(nets.every((each, index) => each >= 0n && each <= (parts[index] ?? 0n))).toBe(true);
      }),
    );
  });

  it('is the same for the parts of a slice as for the slice, so that splitting it before gains nothing', () => {
    fc.assert(
      fc.property(amounts, asked, (parts, terms) => {
        const [apart, whole] = [priced(parts, terms), priced([sumOf(parts)], terms)];
        const figuresOf = (figures: Figures | undefined): unknown => figures && { ...figures, nets: undefined };
        expect(figuresOf(apart)).toEqual(figuresOf(whole));
      }),
    );
  });

  it('is the same whoever is asked first, and for the slices in every order but for the last unit', () => {
    fc.assert(
      fc.property(amounts, asked, (parts, terms) => {
        const [one, other] = [priced(parts, terms), priced([...parts].reverse(), terms)];
        fc.pre(one !== undefined && other !== undefined);
        expect(other.net).toBe(one.net);
        for (const [index, net] of [...other.nets].reverse().entries()) {
          const off = net - (one.nets[index] ?? 0n);
          expect(off >= -1n && off <= 1n).toBe(true);
        }
      }),
    );
  });

  it('is refused only where interest and fee are the whole amount or more', () => {
    fc.assert(
      fc.property(amounts, asked, (parts, terms) => {
        const free = priced(parts, { ...terms, fee: '0' });
        const most = free === undefined ? -1n : sumOf(parts) - free.interest;
        expect(priced(parts, terms) === undefined).toBe(BigInt(terms.fee) >= most);
      }),
    );
  });
});
