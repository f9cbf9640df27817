/** Who holds what in the end, by holder, gathered from every organisation's own book. */
import { decimalOf, type Tenor } from '@tenor/client';
import type { DealParty } from '../readDeal.js';
import type { Holdings } from './issuance.js';
import { nameOf } from '../../scene/names.js';
import type { Stage } from './stage.js';

/** What somebody holds, and in whose books it can be read. */
export interface Position {
  readonly holder: string;
  readonly company: string;
  readonly kind: 'line' | 'slice';
  readonly id: string;
  /** Key of a slice's certificate in the deal, if it is one of the deal's. */
  readonly certificate?: string;
  readonly currency: string;
  readonly amount: string;
  readonly state: string;
  /** Organisations whose book shows it as it stands. */
  readonly books: readonly string[];
  /** Organisations that keep a copy which the register has moved past. */
  readonly superseded: readonly string[];
}

/** One record in one organisation's book, as its own reader shows it. */
interface Entry extends Pick<Position, 'kind' | 'id' | 'currency' | 'amount' | 'state'> {
  readonly organization: string;
  /** Id of a slice's certificate. */
  readonly certificateId?: string;
  /** The party that it belongs to, by its id on the ledger. */
  readonly holder: string;
  readonly current: boolean;
}

/** Lines and slices in one organisation's book. */
export async function entriesOf(organization: string, client: Tenor): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const { id, record, current } of client.book.line.all()) {
    if (record === undefined) continue;
    const { currency, limit, utilised, issuer } = record;
    entries.push({
      ...{ kind: 'line', id, organization, current, holder: issuer, currency, amount: decimalOf(limit, currency) },
      state: `${decimalOf(utilised, currency)} drawn`,
    });
  }
  for await (const { id, record, current } of client.book.slice.all()) {
    if (record === undefined) continue;
    const { currency, amount, state, holder, certificateId } = record;
    entries.push({
      ...{
        kind: 'slice',
        id,
        certificateId,
        organization,
        current,
        holder,
        currency,
        amount: decimalOf(amount, currency),
        state,
      },
    });
  }
  return entries;
}

const organizationsIn = (entries: readonly Entry[]): string[] => entries.map(({ organization }) => organization);

/** One record from all the books that hold it. What is current is the same everywhere; a superseded copy only tells that it is there. */
function positionOf(
  entries: readonly Entry[],
  parties: readonly DealParty[],
  certificates: ReadonlyMap<string, string>,
): Position | undefined {
  const current = entries.filter((entry) => entry.current);
  const [shown] = current;
  if (shown === undefined) return undefined;
  const { kind, id, currency, amount, state, holder, certificateId = '' } = shown;
  const party = parties.find(({ lei }) => lei === holder);
  const certificate = certificates.get(certificateId);
  return {
    ...{ holder: party === undefined ? holder : nameOf(party), company: party?.name ?? holder },
    ...{ kind, id, currency, amount, state, books: organizationsIn(current) },
    ...(certificate === undefined ? {} : { certificate }),
    superseded: organizationsIn(entries.filter((entry) => !entry.current)),
  };
}

/** Reads every organisation's book and answers what each party holds, in the order of the deal's parties. */
export async function readPositions(stage: Stage, holdings: Holdings): Promise<Position[]> {
  const { parties } = stage.deal;
  const certificates = new Map([...holdings].map(([key, { certificateId }]) => [certificateId, key]));
  const byRecord = new Map<string, Entry[]>();
  for (const { key, organization } of parties) {
    for (const entry of await entriesOf(organization, stage.as(key, 'Checker'))) {
      const record = `${entry.kind} ${entry.id}`;
      byRecord.set(record, [...(byRecord.get(record) ?? []), entry]);
    }
  }
  const positions = [...byRecord.values()].map((entries) => positionOf(entries, parties, certificates));
  const order = new Map(parties.map((party, index) => [nameOf(party), index]));
  const placeOf = ({ holder }: Position): number => order.get(holder) ?? parties.length;
  return positions.filter((position) => position !== undefined).sort((a, b) => placeOf(a) - placeOf(b));
}
