/** The registry: founded by several organisations, changed by proposal and approval. Who approves depends on what changes. */
import { dayNumber } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { Change, Policy, PublicRecord } from '../protocol/records/index.js';
import { assertAdministrator, type Caller } from './callers.js';
import { publish, type Write } from './decision.js';
import { departed, departureOf } from './departures.js';

type Proposal = PublicRecord<'proposal'>;
type Approval = Proposal['proposer'];

/** @throws TenorError FOUNDERS_INVALID */
export function assertFounders(founders: readonly string[]): void {
  if (founders.length < 2 || new Set(founders).size !== founders.length) throw new TenorError('FOUNDERS_INVALID');
}

/** The groups that can decide a kind of change. */
type Deciders = 'FOUNDERS' | 'OWN_ADMINS' | 'TWO_OPERATORS';

/** Deciders by kind of change. */
export const DECIDERS = {
  party: 'FOUNDERS',
  policy: 'FOUNDERS',
  calendar: 'FOUNDERS',
  founders: 'FOUNDERS',
  departure: 'FOUNDERS',
  operator: 'OWN_ADMINS',
  businessDate: 'TWO_OPERATORS',
} as const satisfies Record<Change['kind'], Deciders>;

/** All facts that the rules of a proposal need. */
export interface RegistryFacts {
  readonly caller: Caller;
  readonly registry: PublicRecord<'registry'>;
  readonly banks: PublicRecord<'banks'>;
  readonly businessDate: PublicRecord<'businessDate'> | undefined;
  readonly policies: PublicRecord<'policies'>;
  readonly departures: PublicRecord<'departures'>;
  readonly parties: ReadonlyMap<string, PublicRecord<'party'>>;
  readonly calendars: ReadonlyMap<string, PublicRecord<'calendar'>>;
  /** SHA-256 of the records that the changes are about, as they stand. */
  readonly basis: string;
}

/** Whether this caller may take part in such a decision. */
const MAY_TAKE_PART: Record<Deciders, (facts: RegistryFacts) => void> = {
  FOUNDERS: ({ caller, registry }) => {
    assertAdministrator(caller);
    if (!registry.founders.includes(caller.mspId)) throw new TenorError('CALLER_NOT_ALLOWED');
  },
  OWN_ADMINS: ({ caller }) => {
    assertAdministrator(caller);
  },
  TWO_OPERATORS: ({ caller }) => {
    if (caller.operator === undefined) throw new TenorError('CALLER_NOT_REGISTERED');
    if (!caller.operator.duties.some((duty) => duty !== 'viewer')) throw new TenorError('CALLER_NOT_ALLOWED');
  },
};

/** Whether this approval is a new vote, beside the approvals before it. */
const NEW_VOICE: Record<Deciders, (proposal: Proposal, by: Approval) => void> = {
  FOUNDERS: assertOtherOrganization,
  OWN_ADMINS: (proposal, by) => {
    if (proposal.proposer.mspId !== by.mspId) throw new TenorError('CALLER_NOT_ALLOWED');
    if (proposal.approvals.some(({ identity }) => identity === by.identity)) throw new TenorError('SAME_PERSON');
  },
  TWO_OPERATORS: assertOtherOrganization,
};

function assertOtherOrganization(proposal: Proposal, by: Approval): void {
  if (proposal.approvals.some(({ identity }) => identity === by.identity)) throw new TenorError('SAME_PERSON');
  if (proposal.approvals.some(({ mspId }) => mspId === by.mspId)) throw new TenorError('ALREADY_APPROVED');
}

/** Whether these approvals are enough. */
const ENOUGH: Record<Deciders, (approvals: readonly Approval[], facts: RegistryFacts) => boolean> = {
  FOUNDERS: (approvals, { registry, departures }) => {
    // Who has left has no voice, and is not waited for.
    const there = registry.founders.filter((mspId) => departureOf(departures, mspId) !== 'LEFT');
    return approvals.filter(({ mspId }) => there.includes(mspId)).length > there.length / 2;
  },
  OWN_ADMINS: (approvals) => approvals.length >= 2,
  TWO_OPERATORS: (approvals, { banks, departures }) =>
    approvals.length >= 2 &&
    approvals.some(({ mspId }) => banks.mspIds.includes(mspId) && departureOf(departures, mspId) === undefined),
};

function decidersOf(changes: readonly Change[]): Deciders {
  const kinds = new Set(changes.map(({ kind }): Deciders => DECIDERS[kind]));
  const [only] = kinds;
  // Founders and the business date decide who may approve and when, so a change of them must be the only change of its proposal.
  const standsAlone = changes.some(({ kind }) => kind === 'businessDate' || kind === 'founders');
  if (only === undefined || kinds.size > 1 || (standsAlone && changes.length > 1))
    throw new TenorError('PROPOSAL_MIXED');
  return only;
}

/** Proposes changes; the proposer's approval is the first. @throws TenorError PROPOSAL_MIXED, CALLER_NOT_ADMIN, CALLER_NOT_ALLOWED, CALLER_NOT_REGISTERED, PARTY_TAKEN, PARTY_UNKNOWN, PROPOSAL_STALE, REGISTRY_FULL, BUSINESS_DATE_BACKWARDS, FOUNDERS_INVALID */
export function proposed(
  request: { readonly proposalId: string; readonly changes: readonly Change[] },
  facts: RegistryFacts,
): Write[] {
  MAY_TAKE_PART[decidersOf(request.changes)](facts);
  applyAll(request.changes, facts.caller.mspId, facts); // what cannot be applied now is refused before anyone votes on it
  const proposer = { mspId: facts.caller.mspId, identity: facts.caller.identity };
  const proposal: Proposal = {
    ...{ schema: 'tenor.proposal/1', id: request.proposalId, changes: [...request.changes] },
    ...{ proposer, approvals: [proposer], proposedOn: facts.businessDate?.date ?? null, basis: facts.basis },
    state: 'OPEN',
  };
  return [publish('proposal', proposal.id, proposal)];
}

/** Approves a proposal, and applies it when enough have. @throws TenorError PROPOSAL_CLOSED, CALLER_NOT_ADMIN, CALLER_NOT_ALLOWED, CALLER_NOT_REGISTERED, SAME_PERSON, ALREADY_APPROVED, PARTY_TAKEN, PARTY_UNKNOWN, PROPOSAL_STALE, REGISTRY_FULL, BUSINESS_DATE_BACKWARDS, FOUNDERS_INVALID */
export function approved(proposal: Proposal, facts: RegistryFacts): Write[] {
  const deciders = decidersOf(proposal.changes);
  if (proposal.state !== 'OPEN') throw new TenorError('PROPOSAL_CLOSED', { proposalId: proposal.id });
  MAY_TAKE_PART[deciders](facts);
  const by = { mspId: facts.caller.mspId, identity: facts.caller.identity };
  NEW_VOICE[deciders](proposal, by);
  assertFresh(proposal, facts);
  const approvals = [...proposal.approvals, by];
  const enough = ENOUGH[deciders](approvals, facts);
  const next: Proposal = { ...proposal, approvals, state: enough ? 'APPLIED' : 'OPEN' };
  const applied = enough ? applyAll(proposal.changes, proposal.proposer.mspId, facts) : [];
  return [publish('proposal', proposal.id, next), ...applied];
}

/**
 * Votes were given for a change of what stood there then. An old proposal must not come true over what was decided since, nor wait for
 * its last voice for years. @throws TenorError PROPOSAL_STALE
 */
function assertFresh({ id, basis, proposedOn }: Proposal, facts: RegistryFacts): void {
  const today = facts.businessDate?.date ?? null;
  const isOfToday = today === proposedOn;
  const isRecent =
    today !== null && proposedOn !== null && dayNumber(today) - dayNumber(proposedOn) <= LIMITS.proposalDays;
  if (!(isOfToday || isRecent) || basis !== facts.basis) throw new TenorError('PROPOSAL_STALE', { proposalId: id });
}

/** The writes of a list of changes. No record is written twice. */
function applyAll(changes: readonly Change[], proposerMsp: string, facts: RegistryFacts): Write[] {
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
    const record: PublicRecord<'party'> = { schema: 'tenor.party/1', ...party };
    const isNewBank = party.roles.includes('bank') && !facts.banks.mspIds.includes(party.mspId);
    if (isNewBank && facts.banks.mspIds.length >= LIMITS.banks)
      throw new TenorError('REGISTRY_FULL', { kind: 'banks' });
    const banks = isNewBank ? { ...facts.banks, mspIds: [...facts.banks.mspIds, party.mspId].sort() } : facts.banks;
    const writes = [publish('party', party.id, record), ...(isNewBank ? [publish('banks', undefined, banks)] : [])];
    return { writes, facts: { ...facts, banks, parties: new Map([...facts.parties, [party.id, record]]) } };
  },
  operator: ({ operator }, proposerMsp, facts) => {
    const foreign = operator.parties.find((id) => facts.parties.get(id)?.mspId !== proposerMsp);
    if (foreign !== undefined) throw new TenorError('PARTY_UNKNOWN', { party: foreign });
    const record: PublicRecord<'operator'> = { schema: 'tenor.operator/1', mspId: proposerMsp, ...operator };
    return { writes: [publish('operator', `${proposerMsp}/${operator.identity}`, record)], facts };
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
    const expected = (facts.calendars.get(calendar.id)?.version ?? 0) + 1;
    if (calendar.version !== expected) throw new TenorError('PROPOSAL_STALE', { kind: 'calendar' });
    const calendars = new Map([...facts.calendars, [calendar.id, record]]);
    return { writes: [publish('calendar', calendar.id, record)], facts: { ...facts, calendars } };
  },
  businessDate: ({ date }, _proposerMsp, facts) => {
    if (date <= (facts.businessDate?.date ?? '')) throw new TenorError('BUSINESS_DATE_BACKWARDS');
    const businessDate: PublicRecord<'businessDate'> = { schema: 'tenor.businessDate/1', date };
    return { writes: [publish('businessDate', undefined, businessDate)], facts: { ...facts, businessDate } };
  },
  departure: ({ departure }, _proposerMsp, facts) => {
    const departures = departed(facts.departures, departure);
    return { writes: [publish('departures', undefined, departures)], facts: { ...facts, departures } };
  },
  founders: ({ founders }, _proposerMsp, facts) => {
    assertFounders(founders);
    const registry = { ...facts.registry, founders: [...founders].sort() };
    return { writes: [publish('registry', undefined, registry)], facts: { ...facts, registry } };
  },
};

function apply(change: Change, proposerMsp: string, facts: RegistryFacts): Applied {
  const rule = APPLY[change.kind] as (change: Change, proposerMsp: string, facts: RegistryFacts) => Applied;
  return rule(change, proposerMsp, facts);
}
