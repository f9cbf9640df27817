/**
 * Organisations leave a channel, and their books leave with them. The founders say so in the registry beforehand: first an
 * organisation is LEAVING, so that it takes on nothing new while what it vouched for is preserved, then it has LEFT.
 */
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { Change, PublicRecord } from '../protocol/records/index.js';

type Departures = PublicRecord<'departures'>;
type State = Departures['organizations'][number]['state'];

/** Where nobody has left yet. */
export const NO_DEPARTURES: Departures = { schema: 'tenor.departures/1', version: 0, organizations: [] };

/** How far an organisation is; undefined for a member. */
export const departureOf = ({ organizations }: Departures, mspId: string): State | undefined =>
  organizations.find((each) => each.mspId === mspId)?.state;

/** MSP ids of those that have left. */
export const leftIn = ({ organizations }: Departures): ReadonlySet<string> =>
  new Set(organizations.filter(({ state }) => state === 'LEFT').map(({ mspId }) => mspId));

/** Applies a change. @throws TenorError PROPOSAL_STALE (that is so already), REGISTRY_FULL */
export function departed(
  departures: Departures,
  { mspId, state }: Extract<Change, { kind: 'departure' }>['departure'],
): Departures {
  if ((departureOf(departures, mspId) ?? 'MEMBER') === state)
    throw new TenorError('PROPOSAL_STALE', { kind: 'departure' });
  const others = departures.organizations.filter((each) => each.mspId !== mspId);
  const organizations = state === 'MEMBER' ? others : [...others, { mspId, state }];
  if (organizations.length > LIMITS.departures) throw new TenorError('REGISTRY_FULL', { kind: 'departures' });
  const version = departures.version + 1;
  return { ...departures, version, organizations: organizations.sort((a, b) => (a.mspId < b.mspId ? -1 : 1)) };
}
