/** The registry: founded by several organisations, changed by proposal and approval. Who approves depends on what changes. */
import { dayNumber } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { Change, PublicRecord } from '../protocol/records/index.js';
import { hasActiveBank } from './banks.js';
import { isForKeepers } from './businessDate.js';
import { assertAdministrator } from './callers.js';
import { publish, type Write } from './decision.js';
import { departureOf } from './departures.js';
import { applyAll, type RegistryFacts } from './registryChanges.js';

type Proposal = PublicRecord<'proposal'>;
type Approval = Proposal['approvals'][number];

/** The groups that can decide a kind of change. */
type Deciders = 'FOUNDERS' | 'OWN_ADMINS' | 'OPERATORS';

/** Deciders by kind of change. */
export const DECIDERS = {
  party: 'FOUNDERS',
  policy: 'FOUNDERS',
  calendar: 'FOUNDERS',
  founders: 'FOUNDERS',
  departure: 'FOUNDERS',
  operator: 'OWN_ADMINS',
  businessDate: 'OPERATORS',
  businessDateSet: 'FOUNDERS',
} as const satisfies Record<Change['kind'], Deciders>;

/** Whether an operator does more than look. */
const hasDuty = (operator: PublicRecord<'operator'> | undefined): boolean =>
  operator?.duties.some((duty) => duty !== 'viewer') === true;

/** Whether this caller may take part in such a decision. */
const MAY_TAKE_PART: Record<Deciders, (facts: RegistryFacts) => void> = {
  FOUNDERS: ({ caller, registry }) => {
    assertAdministrator(caller);
    if (!registry.founders.includes(caller.mspId)) throw new TenorError('CALLER_NOT_ALLOWED');
  },
  OWN_ADMINS: ({ caller }) => {
    assertAdministrator(caller);
  },
  OPERATORS: ({ caller, isMember }) => {
    if (caller.operator === undefined) throw new TenorError('CALLER_NOT_REGISTERED');
    if (!hasDuty(caller.operator)) throw new TenorError('CALLER_NOT_ALLOWED');
    if (!isMember) throw new TenorError('FOUNDING_MISSING', { mspId: caller.mspId });
  },
};

/** Whether this approval is a new vote, beside the approvals before it. */
const NEW_VOICE: Record<Deciders, (proposal: Proposal, by: Approval) => void> = {
  FOUNDERS: (proposal, by) => {
    assertNewVoice(proposal, by, 1);
  },
  OWN_ADMINS: (proposal, by) => {
    if (proposal.proposer.mspId !== by.mspId) throw new TenorError('CALLER_NOT_ALLOWED');
    assertNewVoice(proposal, by, EYES);
  },
  OPERATORS: (proposal, by) => {
    assertNewVoice(proposal, by, EYES);
  },
};

/** People of an organisation whose word is its word where four eyes are asked of it. */
const EYES = 2;

/** @param most voices that an organisation has */
function assertNewVoice({ approvals }: Proposal, by: Approval, most: number): void {
  // Names in a certificate tell people apart within an organisation. Another organisation's authority can write the same names.
  const own = voicesOf(approvals, by.mspId);
  if (own.some(({ identity }) => identity === by.identity)) throw new TenorError('SAME_PERSON');
  if (own.length >= most) throw new TenorError('ALREADY_APPROVED');
}

/** Whether these approvals are enough for these changes. */
const ENOUGH: Record<
  Deciders,
  (approvals: readonly Approval[], facts: RegistryFacts, changes: readonly Change[]) => boolean
> = {
  FOUNDERS: (approvals, { registry, departures }) => {
    // Who has left has no voice, and is not waited for.
    const there = registry.founders.filter((mspId) => departureOf(departures, mspId) !== 'LEFT');
    return approvals.filter(({ mspId }) => there.includes(mspId)).length > there.length / 2;
  },
  OWN_ADMINS: (approvals) => approvals.length >= EYES,
  OPERATORS: (approvals, facts, changes) => {
    const { banks, departures } = facts;
    const agreed = agreedIn(approvals, facts);
    const isByBank = agreed.some(
      (mspId) => hasActiveBank(banks, mspId) && departureOf(departures, mspId) === undefined,
    );
    if (agreed.length >= 2 && isByBank) return true;
    // Where nobody else does, its keepers do not let the date stand still for ever.
    const keepers = agreed.filter((mspId) => facts.businessDate?.keepers.includes(mspId));
    return keepers.some((mspId) => changes.every((change) => isLate(change, voicesOf(approvals, mspId), facts)));
  },
};

const voicesOf = (approvals: readonly Approval[], of: string): readonly Approval[] =>
  approvals.filter(({ mspId }) => mspId === of);

/** Whether it is late by the clock of each of a keeper's people. One false clock among them is not enough, whoever comes last. */
const isLate = (change: Change, voices: readonly Approval[], facts: RegistryFacts): boolean =>
  voices.every(
    ({ claimedDate }) =>
      change.kind === 'businessDate' &&
      claimedDate !== undefined &&
      isForKeepers(change.date, { ...facts, claimedDate }),
  );

/** The organisations of the founding of which two people have approved. */
function agreedIn(approvals: readonly Approval[], { departures }: RegistryFacts): readonly string[] {
  const voters = new Set(approvals.map(({ mspId }) => mspId));
  return [...voters].filter(
    (mspId) => voicesOf(approvals, mspId).length >= EYES && departureOf(departures, mspId) !== 'LEFT',
  );
}

const ALONE: readonly Change['kind'][] = ['businessDate', 'businessDateSet', 'founders'];

function decidersOf(changes: readonly Change[]): Deciders {
  const kinds = new Set(changes.map(({ kind }): Deciders => DECIDERS[kind]));
  const [only] = kinds;
  // Founders and the business date decide who may approve and when, so a change of them must be the only change of its proposal.
  const standsAlone = changes.some(({ kind }) => ALONE.includes(kind));
  if (only === undefined || kinds.size > 1 || (standsAlone && changes.length > 1))
    throw new TenorError('PROPOSAL_MIXED');
  return only;
}

/** The caller's approval. Other changes than a step of the date do not depend on any clock that would have to be remembered. */
function approvalBy({ caller: { mspId, identity }, claimedDate }: RegistryFacts, deciders: Deciders): Approval {
  return deciders === 'OPERATORS' ? { mspId, identity, claimedDate } : { mspId, identity };
}

/** Proposes changes; the proposer's approval is the first, and where it is enough the changes are applied. @throws TenorError PROPOSAL_MIXED, CALLER_NOT_ADMIN, CALLER_NOT_ALLOWED, CALLER_NOT_REGISTERED, FOUNDING_MISSING, and what the changes refuse */
export function proposed(
  request: { readonly proposalId: string; readonly changes: readonly Change[] },
  facts: RegistryFacts,
): Write[] {
  const deciders = decidersOf(request.changes);
  MAY_TAKE_PART[deciders](facts);
  const applied = applyAll(request.changes, facts.caller.mspId, facts); // what cannot be applied now is refused before anyone votes on it
  const { mspId, identity } = facts.caller;
  const first = approvalBy(facts, deciders);
  // The last founder that is there decides alone: nobody else could approve.
  const enough = ENOUGH[deciders]([first], facts, request.changes);
  const proposal: Proposal = {
    ...{ schema: 'tenor.proposal/1', id: request.proposalId, changes: [...request.changes] },
    ...{
      proposer: { mspId, identity },
      approvals: [first],
      proposedOn: facts.businessDate?.date ?? null,
      basis: facts.basis,
    },
    state: enough ? 'APPLIED' : 'OPEN',
  };
  return [publish('proposal', proposal.id, proposal), ...(enough ? applied : [])];
}

/** Approves a proposal, and applies it when enough have. @throws TenorError PROPOSAL_CLOSED, CALLER_NOT_ADMIN, CALLER_NOT_ALLOWED, CALLER_NOT_REGISTERED, SAME_PERSON, ALREADY_APPROVED, FOUNDING_MISSING, and what the changes refuse */
export function approved(proposal: Proposal, facts: RegistryFacts): Write[] {
  const deciders = decidersOf(proposal.changes);
  if (proposal.state !== 'OPEN') throw new TenorError('PROPOSAL_CLOSED', { proposalId: proposal.id });
  MAY_TAKE_PART[deciders](facts);
  const by = approvalBy(facts, deciders);
  const before = proposal.approvals.filter((each) => stillCounts(each, facts, deciders));
  NEW_VOICE[deciders]({ ...proposal, approvals: before }, by);
  assertFresh(proposal, facts);
  const approvals = [...before, by];
  // How far a date may step is measured by the clock of each who approves it, here and when it is proposed.
  const applied = applyAll(proposal.changes, proposal.proposer.mspId, facts);
  const enough = ENOUGH[deciders](approvals, facts, proposal.changes);
  const next: Proposal = { ...proposal, approvals, state: enough ? 'APPLIED' : 'OPEN' };
  return [publish('proposal', proposal.id, next), ...(enough ? applied : [])];
}

/**
 * Whether an approval of somebody in the caller's organisation counts, or lapsed with the duties of who gave it. An organisation has spoken
 * when the second of its people approves, so that is when it is asked. What others said before is theirs.
 */
const stillCounts = ({ mspId, identity }: Approval, facts: RegistryFacts, deciders: Deciders): boolean =>
  deciders !== 'OPERATORS' || mspId !== facts.caller.mspId || hasDuty(facts.operators.get(identity));

/** The date can go back, so a proposal of a later day is as old as one of long ago. */
const isWithin = (days: number): boolean => days >= 0 && days <= LIMITS.proposalDays;

/**
 * Votes were given for a change of what stood there then. An old proposal must not come true over what was decided since, nor wait for
 * its last voice for years. @throws TenorError PROPOSAL_STALE
 */
function assertFresh({ id, basis, proposedOn }: Proposal, facts: RegistryFacts): void {
  const today = facts.businessDate?.date ?? null;
  const isOfToday = today === proposedOn;
  const isRecent = today !== null && proposedOn !== null && isWithin(dayNumber(today) - dayNumber(proposedOn));
  if (!(isOfToday || isRecent) || basis !== facts.basis) throw new TenorError('PROPOSAL_STALE', { proposalId: id });
}
