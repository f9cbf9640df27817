/** What a funder finances in all, in its own book: counted when it approves a batch, and given back when slices are paid or nothing came of the batch. */
import { TenorError } from '../protocol/errors.js';
import type { BookRecord, Slice } from '../protocol/records/index.js';
import { put, remove, unsalted, type Opened, type Write } from './decision.js';
import type { Accepted } from './financing.js';
import { add, digitsOf, isAbove, money, subtract, type Money } from './money.js';

type Limit = Opened<'fundingLimit'>;

/** The limits that a financing counts on, and what was counted for it before. */
export interface Funding {
  readonly limits: readonly Limit[];
  readonly financed: Opened<'financed'> | undefined;
}

const withUtilised = ({ id, record }: Limit, utilised: Money): Write =>
  put('fundingLimit', id, { ...unsalted(record), utilised: digitsOf(utilised) });

/** @throws TenorError FUNDING_EXCEEDED */
function drawn(limit: Limit, price: string): Write {
  const { currency, utilised, limit: most, kind } = limit.record;
  const after = add(money(currency, utilised), money(currency, price));
  if (isAbove(after, money(currency, most))) throw new TenorError('FUNDING_EXCEEDED', { what: kind });
  return withUtilised(limit, after);
}

/**
 * Counts the price of an accepted quote on the funder's limits. A quote is counted once: whoever approves a second batch for it does so because nothing came of
 * the first, whose slices are locked for the second now. @throws TenorError FUNDING_EXCEEDED
 */
export function counted(
  funding: Funding | undefined,
  accepted: Accepted | undefined,
  batch: Pick<BookRecord<'financed'>, 'legIds' | 'expiresOn'>,
): Write[] {
  if (funding === undefined || accepted === undefined) return [];
  const isLimited = funding.financed !== undefined || funding.limits.length > 0;
  return isLimited ? reserved(funding, accepted.quote, batch) : [];
}

/** As {@link counted}, and leaves the count also where there is no limit for these, so that its being there says nothing of them. @throws TenorError FUNDING_EXCEEDED */
export function reserved(
  { limits, financed }: Funding,
  { id, record }: Opened<'quote'>,
  { legIds, expiresOn }: Pick<BookRecord<'financed'>, 'legIds' | 'expiresOn'>,
): Write[] {
  if (financed !== undefined) return [put('financed', id, { ...unsalted(financed.record), legIds, expiresOn })];
  const { funder, funderMsp, currency, net, slices } = record;
  const limitIds = limits.map((limit) => limit.id);
  return [
    ...limits.map((limit) => drawn(limit, net)),
    put('financed', id, {
      ...{ schema: 'tenor.financed/1', id, funder, funderMsp, currency, limitIds },
      ...{ legIds, expiresOn, slices },
    }),
  ];
}

/** This never falls below zero in an honest book. @throws TenorError FINANCING_MISMATCH */
function lowered({ record }: Limit, sum: Money): Money {
  const left = subtract(money(record.currency, record.utilised), sum);
  if (left.minor < 0n) throw new TenorError('FINANCING_MISMATCH');
  return left;
}

/** Gives the price of these slices back. Of the record, what is still counted is left. */
export function givenBack(
  { id, record }: Opened<'financed'>,
  limits: readonly Limit[],
  ended: readonly BookRecord<'financed'>['slices'][number][],
): Write[] {
  const { currency, slices, funderMsp } = record;
  const sum = ended.reduce((total, { net }) => add(total, money(currency, net)), money(currency, '0'));
  const left = slices.filter(({ sliceId }) => !ended.some((each) => each.sliceId === sliceId));
  return [
    ...limits.map((limit) => withUtilised(limit, lowered(limit, sum))),
    left.length === 0 ? remove('financed', id, funderMsp) : put('financed', id, { ...unsalted(record), slices: left }),
  ];
}

/**
 * Whether a slice is paid, or became others that all are. @param above those that became this one: a bank with changed chaincode can say that one became itself
 * @throws TenorError STATE of the first that is not
 */
export function assertPaidOff(sliceId: string, known: ReadonlyMap<string, Slice>, above: readonly string[] = []): void {
  const slice = known.get(sliceId);
  if (slice?.state === 'PAID') return;
  if (slice?.state !== 'SPENT' || above.includes(sliceId))
    throw new TenorError('STATE', { ...(slice && { state: slice.state }), sliceId });
  for (const part of slice.children) assertPaidOff(part, known, [...above, sliceId]);
}
