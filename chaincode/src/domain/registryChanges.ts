/** What a change makes of the registry, and where it cannot be applied. */
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { Change, Policy, PublicRecord } from '../protocol/records/index.js';
import { banksAfter } from './banks.js';
import { assertSettable, assertStep } from './businessDate.js';
import type { Caller } from './callers.js';
import { publish, type Write } from './decision.js';
import { departed } from './departures.js';

/** All facts that the rules of a proposal need. */
export interface RegistryFacts {
  readonly caller: Caller;
  readonly registry: PublicRecord<'registry'>;
  readonly banks: PublicRecord<'banks'>;
  readonly businessDate: PublicRecord<'businessDate'> | undefined;
  readonly policies: PublicRecord<'policies'>;
  readonly departures: PublicRecord<'departures'>;
  readonly parties: ReadonlyMap<string, PublicRecord<'party'>>;
  /** Second ids of parties. */
  readonly partyIds: ReadonlyMap<string, PublicRecord<'partyId'>>;
  /** Operators of the caller's organisation, by identity: whom a change is about, and who approved a step of the date before. */
  readonly operators: ReadonlyMap<string, PublicRecord<'operator'>>;
  readonly calendars: ReadonlyMap<string, PublicRecord<'calendar'>>;
  /** Whether the caller's own book holds this registry's founding. Looked up where a step of the date is voted on. */
  readonly isMember: boolean;
  /** The day on which the client says that it made the transaction. */
  readonly claimedDate: string;
  /** SHA-256 of the records that the changes are about, as they stand. */
  readonly basis: string;
}

/** @throws TenorError FOUNDERS_INVALID */
export function assertFounders(founders: readonly string[]): void {
  if (founders.length < 2 || new Set(founders).size !== founders.length) throw new TenorError('FOUNDERS_INVALID');
}

/** The writes of a list of changes. No record is written twice. @throws TenorError what the changes refuse */
export function applyAll(changes: readonly Change[], proposerMsp: string, facts: RegistryFacts): Write[] {
  const writes: Write[] = [];
  let current = facts;
  for (const change of changes) {
    const applied = apply(change, proposerMsp, current);
    writes.push(...applied.writes);
    current = applied.facts;
  }
  const byKey = new Map(
    writes.map((write) => [write.op === 'publish' ? `${write.kind}/${write.id ?? ''}` : '', write]),
  );
  return [...byKey.values()];
}

/** A presentment takes them from the policy as they are. @throws TenorError PARTY_UNKNOWN */
function assertStandIns({ standIns }: Policy, { parties }: RegistryFacts): void {
  const unknown = standIns.find(({ party, mspId }) => parties.get(party)?.mspId !== mspId);
  if (unknown !== undefined) throw new TenorError('PARTY_UNKNOWN', { party: unknown.party });
}

type PartyChange = Extract<Change, { kind: 'party' }>['party'];

/** An id names one party for good, whether as its first id or as its second. @throws TenorError PARTY_ID_TAKEN */
function assertIdsFree({ id, otherId }: PartyChange, { parties, partyIds }: RegistryFacts): void {
  const taken = (party: string): TenorError => new TenorError('PARTY_ID_TAKEN', { party });
  const bearer = partyIds.get(id)?.party;
  if (bearer !== undefined) throw taken(bearer);
  if (otherId === undefined) return;
  if (parties.has(otherId)) throw taken(otherId);
  const other = partyIds.get(otherId)?.party ?? id;
  if (other !== id) throw taken(other);
}

/**
 * The second id that a change gives to a party. One that it replaces goes on naming the party: were it free, the same seller could be
 * registered under it again, and one document claimed a second time.
 */
function idsAfter({ id, otherId }: PartyChange, before: string | undefined): readonly PublicRecord<'partyId'>[] {
  return otherId === undefined || otherId === before ? [] : [{ schema: 'tenor.partyId/1', id: otherId, party: id }];
}

/** The party after a change. One that does not repeat the second id is about something else. */
function partyAfter(change: PartyChange, before: PublicRecord<'party'> | undefined): PublicRecord<'party'> {
  const otherId = change.otherId ?? before?.otherId;
  const named = otherId === undefined ? change : { ...change, otherId };
  return { schema: 'tenor.party/1', ...named, ...next(before) };
}

/** How often the record was written, with this time. */
const next = (before: { readonly version: number } | undefined): { readonly version: number } => ({
  version: (before?.version ?? 0) + 1,
});

interface Applied {
  readonly writes: readonly Write[];
  readonly facts: RegistryFacts;
}

type Apply = {
  [Kind in Change['kind']]: (
    change: Extract<Change, { kind: Kind }>,
    proposerMsp: string,
    facts: RegistryFacts,
  ) => Applied;
};

const APPLY: Apply = {
  party: ({ party }, _proposerMsp, facts) => {
    const known = facts.parties.get(party.id);
    if (known !== undefined && known.mspId !== party.mspId) throw new TenorError('PARTY_TAKEN', { mspId: known.mspId });
    assertIdsFree(party, facts);
    const record = partyAfter(party, known);
    const ids = idsAfter(party, known?.otherId);
    const banks = banksAfter(facts.banks, known, record);
    const writes = [
      publish('party', party.id, record),
      ...ids.map((each) => publish('partyId', each.id, each)),
      ...(banks === facts.banks ? [] : [publish('banks', undefined, banks)]),
    ];
    const parties = new Map([...facts.parties, [party.id, record]]);
    const partyIds = new Map([...facts.partyIds, ...ids.map((each) => [each.id, each] as const)]);
    return { writes, facts: { ...facts, banks, parties, partyIds } };
  },
  operator: ({ operator }, proposerMsp, facts) => {
    const foreign = operator.parties.find((id) => facts.parties.get(id)?.mspId !== proposerMsp);
    if (foreign !== undefined) throw new TenorError('PARTY_UNKNOWN', { party: foreign });
    const { identity } = operator;
    const version = next(facts.operators.get(identity));
    const record: PublicRecord<'operator'> = {
      ...{ schema: 'tenor.operator/1', mspId: proposerMsp },
      ...{ ...operator, ...version },
    };
    const operators = new Map([...facts.operators, [identity, record]]);
    return { writes: [publish('operator', `${proposerMsp}/${identity}`, record)], facts: { ...facts, operators } };
  },
  policy: ({ policy }, _proposerMsp, facts) => {
    const last = facts.policies.versions.at(-1);
    const follows = policy.version === (last?.version ?? 0) + 1 && policy.effectiveFrom >= (last?.effectiveFrom ?? '');
    if (!follows) throw new TenorError('PROPOSAL_STALE', { kind: 'policy' });
    assertStandIns(policy, facts);
    if (facts.policies.versions.length >= LIMITS.policies) throw new TenorError('REGISTRY_FULL', { kind: 'policies' });
    const policies = { ...facts.policies, versions: [...facts.policies.versions, policy] };
    return { writes: [publish('policies', undefined, policies)], facts: { ...facts, policies } };
  },
  calendar: ({ calendar }, _proposerMsp, facts) => {
    const record: PublicRecord<'calendar'> = { schema: 'tenor.calendar/1', ...calendar };
    const { version } = next(facts.calendars.get(calendar.id));
    if (calendar.version !== version) throw new TenorError('PROPOSAL_STALE', { kind: 'calendar' });
    const calendars = new Map([...facts.calendars, [calendar.id, record]]);
    return { writes: [publish('calendar', calendar.id, record)], facts: { ...facts, calendars } };
  },
  businessDate: ({ date }, _proposerMsp, facts) => {
    const before = assertStep(date, facts);
    return dated({ ...before, date, ...next(before) }, facts);
  },
  businessDateSet: ({ kind: _kind, ...set }, _proposerMsp, facts) => {
    assertSettable(set, facts);
    return dated({ schema: 'tenor.businessDate/1', ...set, ...next(facts.businessDate) }, facts);
  },
  departure: ({ departure }, _proposerMsp, facts) => {
    const departures = departed(facts.departures, departure);
    return { writes: [publish('departures', undefined, departures)], facts: { ...facts, departures } };
  },
  founders: ({ founders }, _proposerMsp, facts) => {
    assertFounders(founders);
    const registry = { ...facts.registry, founders: [...founders].sort(), ...next(facts.registry) };
    return { writes: [publish('registry', undefined, registry)], facts: { ...facts, registry } };
  },
};

const dated = (businessDate: PublicRecord<'businessDate'>, facts: RegistryFacts): Applied => ({
  writes: [publish('businessDate', undefined, businessDate)],
  facts: { ...facts, businessDate },
});

function apply(change: Change, proposerMsp: string, facts: RegistryFacts): Applied {
  const rule = APPLY[change.kind] as (change: Change, proposerMsp: string, facts: RegistryFacts) => Applied;
  return rule(change, proposerMsp, facts);
}
