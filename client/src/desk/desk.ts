/** The own book as a desk works with it at the end of a day: the rows of every kind that it counts, and who is who. Plain data that can be kept as JSON. */
import type { BookKind } from '../../../chaincode/src/protocol/records/index.js';
import type { Row } from '../../../chaincode/src/protocol/results.js';
import { TenorError } from '../errors.js';
import type { Tenor } from '../tenor.js';

/** Kinds of records that a desk counts. */
export const DESK_KINDS = [
  ...(['line', 'terms', 'face', 'confirmation', 'status', 'totals', 'redeemed', 'slice'] as const),
  ...(['presentment', 'payment', 'attestation', 'return', 'acknowledgement'] as const),
  ...(['leg', 'approval', 'outcome', 'proof'] as const),
] as const satisfies readonly BookKind[];

/** A kind of record that a desk counts. */
export type DeskKind = (typeof DESK_KINDS)[number];

/** Rows by their kind, as the book lists them: also those that count for nothing. */
export type DeskRows = { readonly [Kind in DeskKind]: readonly Row<Kind>[] };

/** The own book on one business date. */
export interface Desk {
  /** The organisation whose book it is. */
  readonly mspId: string;
  readonly businessDate: string;
  /** The organisation to which the registry binds each party that the rows name. A party that it does not know is absent. */
  readonly parties: Readonly<Record<string, string>>;
  readonly rows: DeskRows;
}

/** Fields of records that name a party. */
const PARTY_FIELDS = ['bank', 'issuer', 'payee', 'holder', 'payeeBank', 'payerBank', 'sender', 'receiver'] as const;

const partiesIn = (rows: DeskRows): readonly string[] => {
  const records = DESK_KINDS.flatMap((kind): readonly object[] => rows[kind].flatMap(({ record }) => record ?? []));
  // A leg of money names its banks one level below.
  const parts = [...records, ...rows.leg.flatMap(({ record }) => record?.cash ?? [])];
  const named = parts.flatMap((part) => PARTY_FIELDS.flatMap((field) => textIn(part, field) ?? []));
  return [...new Set(named)].sort();
};

function textIn(record: object, field: string): string | undefined {
  const value = Object.getOwnPropertyDescriptor(record, field)?.value as unknown;
  return typeof value === 'string' ? value : undefined;
}

async function rowsOf(book: Tenor['book'], kind: DeskKind): Promise<readonly Row<DeskKind>[]> {
  const rows: Row<DeskKind>[] = [];
  for await (const row of book[kind].all()) rows.push(row);
  return rows;
}

/** The organisation of a party, or undefined where the registry has no such party. */
async function organizationOf(registry: Tenor['registry'], party: string): Promise<string | undefined> {
  try {
    return (await registry.get('party', party)).mspId;
  } catch (error) {
    if (error instanceof TenorError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Reads the own book. The ledger goes on meanwhile: what changes between two reads may show as a row that is not current, or as a difference.
 * So read it when the day is over, or read it again.
 * @throws TenorError as reads do
 */
export async function readDesk({ mspId, book, registry }: Pick<Tenor, 'mspId' | 'book' | 'registry'>): Promise<Desk> {
  const lists: [DeskKind, readonly Row<DeskKind>[]][] = [];
  for (const kind of DESK_KINDS) lists.push([kind, await rowsOf(book, kind)]);
  const rows = Object.fromEntries(lists) as DeskRows;
  const parties: [string, string][] = [];
  for (const party of partiesIn(rows)) {
    const organization = await organizationOf(registry, party);
    if (organization !== undefined) parties.push([party, organization]);
  }
  const { date } = await registry.get('businessDate');
  return { mspId, businessDate: date, parties: Object.fromEntries(parties), rows };
}
