/** Puts due slices together into transactions: what is shown to one audience, and paid by one payment. */
import { LIMITS } from '../../../chaincode/src/protocol/limits.js';
import type { BookRecord, Slice } from '../../../chaincode/src/protocol/records/index.js';
import type { DueBook } from './maturityBook.js';

type Mandate = BookRecord<'mandate'>;

/** Slices that one call presents: one holder, issuer and currency, by one mandate. */
export interface Presentable {
  readonly mandate: Mandate;
  readonly sliceIds: readonly string[];
}

/** Slices of one holder for which no mandate is there. */
export interface Unmandated {
  readonly holder: string;
  readonly sliceIds: readonly string[];
}

/** Paid slices of one certificate that one call counts. Calls that give back to one line follow each other, because each changes it. */
export interface Redeemable {
  readonly lineId: string;
  readonly certificateId: string;
  readonly sliceIds: readonly string[];
}

/** A slice whose offer has lapsed is free again. An offer ends before the slice is due. */
const isFree = ({ state }: Slice): boolean => state === 'FREE' || state === 'OFFERED';

/** What can be presented on a business date, and what its holders have to present themselves. */
export function presentablesOf(
  { slices, terms, mandates }: DueBook,
  businessDate: string,
): { readonly presentables: readonly Presentable[]; readonly unmandated: readonly Unmandated[] } {
  const valid = mandates.filter(({ until }) => until >= businessDate);
  // The money came back from the account that the mandate names. Its holder presents this itself, into one that works.
  const cameBack = new Set(slices.flatMap(({ returned, children }) => (returned === undefined ? [] : children)));
  const mandateOf = (slice: Slice): Mandate | undefined =>
    cameBack.has(slice.id) ? undefined : mandateFor(slice, terms, valid);
  const free = slices.filter(isFree).map((slice) => ({ slice, mandate: mandateOf(slice) }));
  const mandated = free.flatMap(({ slice, mandate }) => (mandate === undefined ? [] : [{ slice, mandate }]));
  const groups = grouped(mandated, ({ slice, mandate }) => {
    const issuer = terms.get(slice.certificateId)?.issuer ?? '';
    return [mandate.id, slice.holder, issuer, slice.currency].join(' ');
  });
  const without = free.filter(({ mandate }) => mandate === undefined).map(({ slice }) => slice);
  return {
    presentables: groups.flatMap((group) => payableTogether(group)),
    unmandated: grouped(without, ({ holder }) => holder).map((group) => ({
      holder: group[0]?.holder ?? '',
      sliceIds: group.map(({ id }) => id),
    })),
  };
}

/** A mandate for the very certificate comes before one for all, and of several the one that lasts longest. */
function mandateFor(slice: Slice, terms: DueBook['terms'], mandates: readonly Mandate[]): Mandate | undefined {
  const root = terms.get(slice.certificateId);
  const fits = mandates.filter(
    ({ holder, holderMsp, bank, bankMsp, certificateId }) =>
      holder === slice.holder &&
      holderMsp === slice.holderMsp &&
      bank === root?.bank &&
      bankMsp === root.bankMsp &&
      (certificateId === undefined || certificateId === slice.certificateId),
  );
  return [...fits].sort(byPreference)[0];
}

const byPreference = (one: Mandate, other: Mandate): number =>
  Number(one.certificateId === undefined) - Number(other.certificateId === undefined) ||
  compare(other.until, one.until) ||
  compare(one.id, other.id);

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** As many slices as one call takes, and no more than one payment can carry. */
function payableTogether(group: readonly { readonly slice: Slice; readonly mandate: Mandate }[]): Presentable[] {
  const calls: { readonly mandate: Mandate; readonly sliceIds: string[]; sum: bigint }[] = [];
  for (const { slice, mandate } of group) {
    const amount = BigInt(slice.amount);
    const last = calls.at(-1);
    const hasRoom =
      last !== undefined && last.sliceIds.length < LIMITS.bulkItems && last.sum + amount <= LIMITS.amountMax;
    if (!hasRoom) calls.push({ mandate, sliceIds: [slice.id], sum: amount });
    else {
      last.sliceIds.push(slice.id);
      last.sum += amount;
    }
  }
  return calls.map(({ mandate, sliceIds }) => ({ mandate, sliceIds }));
}

/** What is paid and not counted yet. `paid` are slices that were paid since the book was read. */
export function redeemablesOf({ slices, lines, redeemed, inCount }: DueBook, paid: ReadonlySet<string>): Redeemable[] {
  // What succeeds a slice waits until this one is taken out of the count.
  const counted = slices.filter(
    ({ id, state, awaits = '' }) => (state === 'PAID' || paid.has(id)) && !redeemed.has(id) && !inCount.has(awaits),
  );
  return grouped(counted, ({ certificateId }) => certificateId).flatMap((group) => {
    const { certificateId = '' } = group[0] ?? {};
    const lineId = lines.get(certificateId) ?? '';
    const ids = group.map(({ id }) => id);
    return chunks(ids).map((sliceIds) => ({ lineId, certificateId, sliceIds }));
  });
}

const chunks = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / LIMITS.bulkItems) }, (_, index) =>
    ids.slice(index * LIMITS.bulkItems, (index + 1) * LIMITS.bulkItems),
  );

/** Items with one key together, in the order in which their keys come first. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
