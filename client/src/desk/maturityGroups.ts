/** Puts due slices together into transactions: what is shown to one audience, and paid by one payment. */
import { LIMITS } from '../../../chaincode/src/protocol/limits.js';
import type { BookRecord, Slice } from '../../../chaincode/src/protocol/records/index.js';
import { groupsBy } from './groups.js';
import type { DueBook } from './maturityBook.js';

type Mandate = BookRecord<'mandate'>;

/** Slices that one call presents: one holder, issuer and currency, by one mandate. */
export interface Presentable {
  readonly mandate: Mandate;
  readonly sliceIds: readonly string[];
  /** The same by certificate, in the order in which the certificates come first: the call makes one slice of each. */
  readonly merges: readonly OfCertificate[];
  readonly currency: string;
  /** What they come to, in minor units. */
  readonly amount: string;
}

/** Slices of one holder for which no mandate is there. */
export interface Unmandated {
  readonly holder: string;
  readonly sliceIds: readonly string[];
}

/** Slices of one certificate. */
export interface OfCertificate {
  readonly certificateId: string;
  readonly sliceIds: readonly string[];
}

/** Paid slices that one call counts: of certificates of one issuer. */
export type Redeemable = readonly OfCertificate[];

/** Slices of one call: fewer than it takes, so that several calls are worked on side by side. */
const PRESENTED_TOGETHER = 100;

/** Slices of one call that counts what is paid. */
const REDEEMED_TOGETHER = 25;

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
    // Slices for which others are liable are not merged with those for which nobody is, or somebody else.
    return [mandate.id, slice.holder, issuer, slice.currency, JSON.stringify(slice.liable ?? [])].join(' ');
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

/**
 * Calls that follow each other, because each changes what is said of the same holder's slices of a certificate. Two of them side by side would only lose the race to
 * each other. The lists have nothing in common.
 */
export function inTurn(presentables: readonly Presentable[]): Presentable[][] {
  let lists: Presentable[][] = [];
  for (const each of presentables) {
    const certificates = new Set(each.merges.map(({ certificateId }) => certificateId));
    const isBeside = (list: readonly Presentable[]): boolean =>
      list.every(
        ({ mandate, merges }) =>
          mandate.holder !== each.mandate.holder ||
          !merges.some(({ certificateId }) => certificates.has(certificateId)),
      );
    const before = lists.filter((list) => !isBeside(list)).flat();
    lists = [...lists.filter(isBeside), [...before, each]];
  }
  return lists;
}

/**
 * As many slices and certificates as one call takes, and no more than one payment can carry. Slices of one certificate follow each other, so that they are merged,
 * and all are in one call if one call takes them.
 */
function payableTogether(group: readonly { readonly slice: Slice; readonly mandate: Mandate }[]): Presentable[] {
  const calls: { readonly mandate: Mandate; readonly slices: Slice[]; sum: bigint }[] = [];
  for (const ofOne of grouped(group, ({ slice: { certificateId } }) => certificateId)) {
    const together = ofOne.length > PRESENTED_TOGETHER ? 1 : ofOne.length;
    for (const [index, { slice, mandate }] of ofOne.entries()) {
      const last = calls.at(-1);
      if (last === undefined || !hasRoom(last, slice, index === 0 ? together : 1))
        calls.push({ mandate, slices: [slice], sum: BigInt(slice.amount) });
      else {
        last.slices.push(slice);
        last.sum += BigInt(slice.amount);
      }
    }
  }
  return calls.map(({ mandate, slices, sum }) => ({
    mandate,
    sliceIds: slices.map(({ id }) => id),
    merges: byCertificate(slices),
    ...{ currency: slices[0]?.currency ?? '', amount: String(sum) },
  }));
}

const byCertificate = (slices: readonly Countable[]): OfCertificate[] =>
  grouped(slices, ({ certificateId }) => certificateId).map((group) => ({
    certificateId: group[0]?.certificateId ?? '',
    sliceIds: group.map(({ id }) => id),
  }));

function hasRoom(
  { slices, sum }: { readonly slices: readonly Slice[]; readonly sum: bigint },
  slice: Slice,
  together: number,
): boolean {
  const isPayable = sum + BigInt(slice.amount) <= LIMITS.amountMax;
  const certificates = new Set([...slices, slice].map(({ certificateId }) => certificateId));
  return isPayable && slices.length + together <= PRESENTED_TOGETHER && certificates.size <= LIMITS.bulkItems;
}

/** What of a slice tells whether it is to be counted. */
export type Countable = Pick<Slice, 'id' | 'certificateId' | 'state' | 'awaits'>;

/** Slices, and what was counted before. */
type Counting = Pick<DueBook, 'terms' | 'lines' | 'redeemed' | 'inCount'> & { readonly slices: readonly Countable[] };

/**
 * What is paid and not counted yet. Calls of one list follow each other, because each changes the same line; the lists do not touch each other's lines.
 * @param paid slices that were paid since the book was read
 */
export function redeemablesOf(counting: Counting, paid: ReadonlySet<string>): Redeemable[][] {
  const { slices, terms, lines, redeemed, inCount } = counting;
  // What succeeds a slice waits until this one is taken out of the count.
  const counted = slices.filter(
    ({ id, state, awaits = '' }) => (state === 'PAID' || paid.has(id)) && !redeemed.has(id) && !inCount.has(awaits),
  );
  const byIssuer = grouped(counted, ({ certificateId }) => terms.get(certificateId)?.issuer ?? '');
  return byIssuer.flatMap((group) => {
    const byLine = grouped(group, ({ certificateId }) => lines.get(certificateId) ?? '');
    return packed(byLine).map((together) => chunks(together).map(byCertificate));
  });
}

/** Lists that one call takes together, each of them whole. One that is longer stays alone. */
function packed(lists: readonly (readonly Countable[])[]): Countable[][] {
  const calls: Countable[][] = [];
  for (const list of lists) {
    const last = calls.at(-1);
    if (last === undefined || last.length + list.length > REDEEMED_TOGETHER) calls.push([...list]);
    else last.push(...list);
  }
  return calls;
}

const chunks = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / REDEEMED_TOGETHER) }, (_, index) =>
    items.slice(index * REDEEMED_TOGETHER, (index + 1) * REDEEMED_TOGETHER),
  );

/** How many due slices each slice stands for: those that were merged into it count as themselves. */
export function weightsOf({
  slices,
  consolidations,
}: Pick<DueBook, 'slices' | 'consolidations'>): ReadonlyMap<string, number> {
  const wholes = consolidations.flatMap((each) => each.wholes);
  const parts = new Map(wholes.map(({ id, sliceIds }) => [id, [...sliceIds]]));
  for (const { id, state, children } of slices) {
    const [whole, ...others] = children;
    if (state === 'SPENT' && whole !== undefined && others.length === 0)
      parts.set(whole, [...(parts.get(whole) ?? []), id]);
  }
  const weightOf = (id: string): number => (parts.get(id) ?? []).reduce((sum, part) => sum + weightOf(part), 0) || 1;
  return new Map(slices.map(({ id }) => [id, weightOf(id)]));
}

/** Items with one key together, in the order in which their keys come first. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  return [...groupsBy(items, keyOf).values()];
}
