/** What the books hold and how a call ended, as the suites compare them. */
import { TenorError, type BookKind, type BookRecord, type Page, type Row, type Tenor, type View } from '@tenor/client';
import type { PartyName, World } from '../support/world.js';

/** How a call ended: `ok`, or the code of its refusal. Anything that is no refusal of ours is thrown on. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof TenorError) return error.code;
    throw error;
  }
}

/** The refusal that a call must meet. */
export async function refusal(call: Promise<unknown>): Promise<TenorError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TenorError) return error;
    throw error;
  }
  throw new Error('the call was not refused');
}

/** Every record of one kind in the caller's own book that can be read. */
export async function viewsOf<Kind extends BookKind>(tenor: Tenor, kind: Kind): Promise<View<Kind>[]> {
  const rows = await rowsOf(tenor, kind);
  return rows.filter((row): row is View<Kind> => row.record !== undefined);
}

/** Whatever stands in the caller's own book under keys of one kind, read by pages of `limit` rows. */
export async function rowsOf<Kind extends BookKind>(tenor: Tenor, kind: Kind, limit?: number): Promise<Row<Kind>[]> {
  const rows: Row<Kind>[] = [];
  let bookmark: string | undefined;
  do {
    const request = {
      kind,
      ...(bookmark === undefined ? {} : { bookmark }),
      ...(limit === undefined ? {} : { limit }),
    };
    const page: Page<Kind> = await tenor.sender.evaluate<Page<Kind>>('book:list', request);
    rows.push(...page.items);
    bookmark = page.bookmark;
  } while (bookmark !== undefined);
  return rows;
}

/** Bytes by key of several kinds in several books: equal before and after means that nothing was written. */
export async function snapshot(world: World, names: readonly PartyName[], kinds: readonly BookKind[]): Promise<object> {
  const books: Record<string, string> = {};
  for (const name of names) {
    for (const kind of kinds) {
      const rows = await rowsOf(world.people(name).checker, kind);
      for (const { id, register, opening } of rows) books[`${name}: ${register}/${kind}/${id}`] = opening;
    }
  }
  return books;
}

/** A slice as a position: what, in which state, and whether this copy still proves anything. */
export interface Position {
  readonly amount: string;
  readonly state: string;
  readonly holder: string;
  readonly current: boolean;
}

const byAmount = (a: Position, b: Position): number =>
  a.amount.length - b.amount.length || (a.amount < b.amount ? -1 : 1) || a.state.localeCompare(b.state);

/** The slices of one certificate as one party's book shows them, by amount. */
export async function positions(world: World, name: PartyName, certificateId: string): Promise<Position[]> {
  const views = await viewsOf(world.people(name).checker, 'slice');
  return views
    .filter(({ record }) => record.certificateId === certificateId)
    .map(({ record: { amount, state, holder }, current }) => ({ amount, state, holder, current }))
    .sort(byAmount);
}

/** One record as a party's own book has it. */
export async function recordOf<Kind extends BookKind>(
  world: World,
  name: PartyName,
  kind: Kind,
  id: string,
  register?: PartyName,
): Promise<BookRecord<Kind>> {
  return (await viewOf(world, name, kind, id, register)).record;
}

/** Who keeps the kinds whose ids do not say so, in the deals of the suites. */
const KEEPERS: Partial<Record<BookKind, PartyName>> = {
  claim: 'bank',
  payment: 'bank',
  attestation: 'bank',
  credit: 'bank',
  creditSecret: 'bank',
  return: 'bank',
  totals: 'issuer',
  redeemed: 'issuer',
};

/** One view of a record in a party's own book. `register`: who keeps it, where that is another than in {@link KEEPERS}. */
export function viewOf<Kind extends BookKind>(
  world: World,
  name: PartyName,
  kind: Kind,
  id: string,
  register: PartyName | undefined = KEEPERS[kind],
): Promise<View<Kind>> {
  const keptBy = register === undefined ? {} : { register: world.people(register).mspId };
  return world.people(name).checker.sender.evaluate<View<Kind>>('book:get', { kind, id, ...keptBy });
}

/** How much of a line is drawn, in the book of a party. */
export const utilised = async (world: World, name: PartyName, lineId: string): Promise<string> =>
  (await recordOf(world, name, 'line', lineId)).utilised;

/** How much of a document is spoken for, in the bank's book. */
export async function allocated(world: World, claimId: string): Promise<string[]> {
  return (await recordOf(world, 'bank', 'claim', claimId)).allocations.map(({ amount }) => amount);
}

/** Whether two parties live in different organisations: in small networks one hosts several. */
export const areApart = (world: World, one: PartyName, other: PartyName): boolean =>
  world.people(one).mspId !== world.people(other).mspId;
