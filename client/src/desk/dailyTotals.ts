/**
 * How many certificates and slices of each issuer came to which step in a day, and for how much: the difference between the book at the end of a
 * day and the book at the end of the day before. Records tell no day on which they were written, so the two books do.
 */
import type { BookRecord } from '../../../chaincode/src/protocol/records/index.js';
import { byId, countedOf, type CountedRecords } from './counted.js';
import type { Desk } from './desk.js';

/** Steps that are counted, and what is counted of each. */
export const DAILY_STEPS = {
  ISSUED: 'Certificates that the bank confirmed, by their face.',
  SPLIT: 'Slices that were split, by their amount.',
  PRESENTED: 'Slices in presentments that stand, by their amount.',
  PAID: 'Slices that were discharged, by their amount.',
  REDEEMED: 'Slices that were counted against the face, by their amount.',
  RETURNED: 'Slices of which the payment came back after the discharge, by what came back.',
} as const;

/** A step that is counted. */
export type DailyStep = keyof typeof DAILY_STEPS;

/** How much of one issuer came to one step. */
export interface DailyTotal {
  readonly issuer: string;
  readonly currency: string;
  readonly step: DailyStep;
  readonly count: number;
  readonly amount: bigint;
}

/** A total that two books do not tell alike. */
export interface DailyDifference {
  readonly issuer: string;
  readonly currency: string;
  readonly step: DailyStep;
  /** Absent where the book has none. */
  readonly own?: DailyTotal;
  readonly other?: DailyTotal;
}

/** One thing that came to a step. */
interface Item {
  readonly certificateId: string;
  readonly id: string;
  readonly amount: string;
}

const inState = (slices: CountedRecords['slice'], state: BookRecord<'slice'>['state']): readonly Item[] =>
  slices.filter((each) => each.state === state);

function issued({ confirmation, face }: CountedRecords): readonly Item[] {
  const faces = byId(face);
  return confirmation
    .filter(({ outcome }) => outcome === 'CONFIRMED')
    .flatMap(({ id }) => {
      const found = faces.get(id);
      return found === undefined ? [] : [{ certificateId: id, id, amount: found.amount }];
    });
}

/** A slice that is presented again is presented twice, so that it is counted by its presentment. */
function presented({ presentment, slice }: CountedRecords): readonly Item[] {
  const slices = byId(slice);
  return presentment
    .filter(({ state }) => state === 'OPEN')
    .flatMap(({ id, sliceIds }) =>
      sliceIds.flatMap((sliceId) => {
        const found = slices.get(sliceId);
        return found === undefined ? [] : [{ ...found, id: `${id} ${sliceId}` }];
      }),
    );
}

/** A slice that was discharged. What stayed paid of it when a part came back was discharged with it. */
function discharged({ slice }: CountedRecords): readonly Item[] {
  const kept = new Set(slice.flatMap(({ returned, children }) => (returned === undefined ? [] : children.slice(1))));
  return slice.filter(({ id, state }) => (state === 'PAID' || state === 'RETURNED') && !kept.has(id));
}

const STEPS: { readonly [Step in DailyStep]: (records: CountedRecords) => readonly Item[] } = {
  ISSUED: issued,
  // What was merged as it was presented is counted there.
  SPLIT: ({ slice }) =>
    inState(
      slice.filter(({ children }) => children.length !== 1),
      'SPENT',
    ),
  PRESENTED: presented,
  PAID: discharged,
  // What stayed paid of a slice was counted with it.
  REDEEMED: ({ redeemed }) => redeemed.filter(({ partOf }) => partOf === undefined),
  RETURNED: ({ slice }) =>
    slice.flatMap(({ returned, ...rest }) => (returned === undefined ? [] : [{ ...rest, ...returned }])),
};

const keyOf = ({ issuer, currency, step }: Pick<DailyTotal, 'issuer' | 'currency' | 'step'>): string =>
  [issuer, currency, step].join(' ');

/** Totals by their keys, in the order of these. */
function addedUp(items: readonly DailyTotal[]): readonly DailyTotal[] {
  const totals = new Map<string, DailyTotal>();
  for (const item of items) {
    const before = totals.get(keyOf(item));
    const [count, amount] = [(before?.count ?? 0) + item.count, (before?.amount ?? 0n) + item.amount];
    totals.set(keyOf(item), { ...item, count, amount });
  }
  return [...totals.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, total]) => total);
}

/**
 * What came to each step since the day before, by issuer and currency.
 * @param today the book at the end of the day
 * @param before the book at the end of the day before; without it, everything in the book is counted
 */
export function dailyTotals(today: Desk, before?: Desk): readonly DailyTotal[] {
  const { records } = countedOf(today);
  const earlier = before === undefined ? undefined : countedOf(before).records;
  const terms = byId(records.terms);
  const steps = Object.entries(STEPS) as [DailyStep, (typeof STEPS)[DailyStep]][];
  return addedUp(
    steps.flatMap(([step, itemsIn]) => {
      const known = new Set(earlier === undefined ? [] : itemsIn(earlier).map(({ id }) => id));
      return itemsIn(records).flatMap(({ id, certificateId, amount }): DailyTotal[] => {
        const promise = terms.get(certificateId);
        if (known.has(id) || promise === undefined) return [];
        const { issuer, currency } = promise;
        return [{ issuer, currency, step, count: 1, amount: BigInt(amount) }];
      });
    }),
  );
}

/**
 * Where two organisations count a day differently.
 * @param steps those that both books tell: bank and issuer both know what was issued and what was redeemed
 */
export function dailyDifferences(
  own: readonly DailyTotal[],
  other: readonly DailyTotal[],
  steps: readonly DailyStep[],
): readonly DailyDifference[] {
  const [mine, theirs] = [own, other].map((totals) => new Map(totals.map((total) => [keyOf(total), total])));
  const all = addedUp([...own, ...other]).filter(({ step }) => steps.includes(step));
  return all.flatMap(({ issuer, currency, step }): DailyDifference[] => {
    const key = keyOf({ issuer, currency, step });
    const [one, two] = [mine?.get(key), theirs?.get(key)];
    if (one !== undefined && two !== undefined && one.count === two.count && one.amount === two.amount) return [];
    return [
      {
        issuer,
        currency,
        step,
        ...(one === undefined ? {} : { own: one }),
        ...(two === undefined ? {} : { other: two }),
      },
    ];
  });
}
