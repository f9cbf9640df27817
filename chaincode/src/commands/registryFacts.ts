/** What proposing and approving look at. */
import { NO_DEPARTURES } from '../domain/departures.js';
import type { RegistryFacts } from '../domain/registry.js';
import { sha256 } from '../ledger/codec.js';
import { operatorId } from '../ledger/keys.js';
import type { PublicRef } from '../ledger/pending.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import type { Change } from '../protocol/records/index.js';
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import { assertAdopted } from './founding.js';

/** Loads the records on which changes depend. @throws TenorError REGISTRY_NOT_FOUNDED, FOUNDING_MISSING, MSP_UNKNOWN */
export async function loadRegistry(
  tx: LedgerTransaction,
  changes: readonly Change[],
): Promise<{ readonly registry: Omit<RegistryFacts, 'caller'> }> {
  const partyIds = changes.flatMap(partiesIn);
  const calendarIds = changes.flatMap((change) => (change.kind === 'calendar' ? [change.calendar.id] : []));
  const changed = changes.map((change) => CHANGED[change.kind](change as never, tx.mspId));
  await tx.prefetch([
    ...(['registry', 'banks', 'businessDate', 'policies', 'departures'] as const).map((kind): PublicRef => [kind]),
    ...partyIds.map((id): PublicRef => ['party', id]),
    ...changed,
  ]);
  const view = tx.registry;
  const registry = view.find('registry');
  if (registry === undefined) throw new TenorError('REGISTRY_NOT_FOUNDED');
  await assertAdopted(tx, changes.flatMap(organizationsIn), registry.founding);
  return {
    registry: {
      registry,
      basis: sha256(canonicalJson(changed.map((ref) => view.find(...ref) ?? null))),
      parties: found(partyIds, (id) => view.find('party', id)),
      calendars: found(calendarIds, (id) => view.find('calendar', id)),
      banks: view.find('banks') ?? { schema: 'tenor.banks/1', mspIds: [] },
      businessDate: view.find('businessDate'),
      departures: view.find('departures') ?? NO_DEPARTURES,
      policies: view.find('policies') ?? { schema: 'tenor.policies/1', versions: [] },
    },
  };
}

function found<Found>(ids: readonly string[], find: (id: string) => Found | undefined): ReadonlyMap<string, Found> {
  const records = new Map<string, Found>();
  for (const id of ids) {
    const record = find(id);
    if (record !== undefined) records.set(id, record);
  }
  return records;
}

function organizationsIn(change: Change): readonly string[] {
  if (change.kind === 'party') return [change.party.mspId];
  return change.kind === 'founders' ? change.founders : [];
}

function partiesIn(change: Change): readonly string[] {
  if (change.kind === 'party') return [change.party.id];
  if (change.kind === 'policy') return change.policy.standIns.map(({ party }) => party);
  return change.kind === 'operator' ? change.operator.parties : [];
}

/** The registry record that each kind of change is about. An operator is one of the proposer's organisation, which approves alone. */
const CHANGED: {
  readonly [Kind in Change['kind']]: (change: Extract<Change, { kind: Kind }>, mspId: string) => PublicRef;
} = {
  party: ({ party }) => ['party', party.id],
  operator: ({ operator }, mspId) => ['operator', operatorId(mspId, operator.identity)],
  policy: () => ['policies'],
  calendar: ({ calendar }) => ['calendar', calendar.id],
  businessDate: () => ['businessDate'],
  founders: () => ['registry'],
  departure: () => ['departures'],
};
