/** What proposing and approving look at. */
import { NO_BANKS } from '../domain/banks.js';
import { leftIn, NO_DEPARTURES } from '../domain/departures.js';
import type { RegistryFacts } from '../domain/registryChanges.js';
import { sha256 } from '../ledger/codec.js';
import { operatorId } from '../ledger/keys.js';
import type { PublicRef } from '../ledger/pending.js';
import type { LedgerTransaction } from '../ledger/transaction.js';
import type { Change, PublicRecord } from '../protocol/records/index.js';
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import { adoptedAmong, assertAdopted } from './founding.js';

/**
 * Loads the records on which changes depend, and the operators of the caller's organisation who have approved them before.
 * @throws TenorError REGISTRY_NOT_FOUNDED, FOUNDING_MISSING, MSP_UNKNOWN, DATE_MALFORMED
 */
export async function loadRegistry(
  tx: LedgerTransaction,
  changes: readonly Change[],
  approvals: PublicRecord<'proposal'>['approvals'] = [],
): Promise<{ readonly registry: Omit<RegistryFacts, 'caller'> }> {
  const { claimedDate } = tx;
  const partyIds = changes.flatMap(partiesIn);
  const isAboutDate = changes.some(({ kind }) => kind === 'businessDate');
  // Those of other organisations are not asked again: one of these could make every later vote invalid, by changing its operators.
  const before = isAboutDate ? approvals.filter(({ mspId }) => mspId === tx.mspId) : [];
  const operators = [
    ...changes.flatMap((change) => (change.kind === 'operator' ? [change.operator.identity] : [])),
    ...before.map(({ identity }) => identity),
  ];
  const changed = changes.map((change) => CHANGED[change.kind](change as never, tx.mspId));
  await tx.prefetch([
    ...(['registry', 'banks', 'businessDate', 'policies', 'departures'] as const).map((kind): PublicRef => [kind]),
    ...partyIds.flatMap((id): PublicRef[] => [
      ['party', id],
      ['partyId', id],
    ]),
    ...changed,
    ...before.map(({ mspId, identity }): PublicRef => ['operator', operatorId(mspId, identity)]),
  ]);
  const view = tx.registry;
  const registry = view.find('registry');
  if (registry === undefined) throw new TenorError('REGISTRY_NOT_FOUNDED');
  // Whoever is in it has adopted the founding. To ask again would let an organisation forbid changes of its own parties.
  const isKnown = (id: string): boolean => view.find('party', id) !== undefined;
  const joining = changes.flatMap((change) => organizationsJoining(change, registry.founders, isKnown));
  await assertAdopted(tx, joining, registry.founding);
  const businessDate = view.find('businessDate');
  const departures = view.find('departures') ?? NO_DEPARTURES;
  const calendarIds = changes.flatMap((change) => calendarsOf(change, businessDate?.calendar));
  await tx.prefetch(calendarIds.map((id) => ['calendar', id]));
  // Each who votes is asked when it votes. To ask those before it again would let one of them make every later vote invalid, by writing
  // its founding anew between endorsement and commit.
  const asked = isAboutDate && !leftIn(departures).has(tx.mspId) ? [tx.mspId] : [];
  return {
    registry: {
      ...{ registry, claimedDate, businessDate, departures },
      basis: sha256(canonicalJson(changed.map((ref) => view.find(...ref) ?? null))),
      parties: found(partyIds, (id) => view.find('party', id)),
      partyIds: found(partyIds, (id) => view.find('partyId', id)),
      operators: found(operators, (identity) => view.find('operator', operatorId(tx.mspId, identity))),
      calendars: found(calendarIds, (id) => view.find('calendar', id)),
      isMember: (await adoptedAmong(tx, asked, registry.founding)).has(tx.mspId),
      banks: view.find('banks') ?? NO_BANKS,
      policies: view.find('policies') ?? { schema: 'tenor.policies/1', versions: [] },
    },
  };
}

/** Calendars that a change is about, or by which the date steps. */
function calendarsOf(change: Change, current: string | undefined): readonly string[] {
  if (change.kind === 'calendar') return [change.calendar.id];
  if (change.kind === 'businessDateSet') return [change.calendar];
  return change.kind === 'businessDate' && current !== undefined ? [current] : [];
}

function found<Found>(ids: readonly string[], find: (id: string) => Found | undefined): ReadonlyMap<string, Found> {
  const records = new Map<string, Found>();
  for (const id of ids) {
    const record = find(id);
    if (record !== undefined) records.set(id, record);
  }
  return records;
}

function organizationsJoining(
  change: Change,
  founders: readonly string[],
  isKnown: (party: string) => boolean,
): readonly string[] {
  if (change.kind === 'party') return isKnown(change.party.id) ? [] : [change.party.mspId];
  if (change.kind === 'businessDateSet') return change.keepers;
  return change.kind === 'founders' ? change.founders.filter((mspId) => !founders.includes(mspId)) : [];
}

function partiesIn(change: Change): readonly string[] {
  if (change.kind === 'party') return [change.party.id, change.party.otherId].filter((id) => id !== undefined);
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
  businessDateSet: () => ['businessDate'],
  founders: () => ['registry'],
  departure: () => ['departures'],
};
