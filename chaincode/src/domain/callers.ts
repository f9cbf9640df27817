/** Who may do what: operators act for parties, with duties. */
import { TenorError } from '../protocol/errors.js';
import type { Duty, PublicRecord } from '../protocol/records/index.js';
import type { Identity } from '../protocol/results.js';
import type { Party } from './parties.js';

/** The caller, with its operator record if its organisation has registered it. */
export interface Caller extends Identity {
  readonly operator: PublicRecord<'operator'> | undefined;
}

/** The party for which a command acts, and the organisation that the records of the command name for this party. */
export interface Actor {
  readonly party: Party;
  readonly mspId: string;
}

/**
 * @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED (another organisation or party, or none of the duties), PARTY_SUSPENDED
 * (the party takes on something new)
 */
export function assertActsFor(caller: Caller, actor: Actor, duties: readonly Duty[], commits: boolean): void {
  const { party, mspId } = actor;
  assertDuty(caller, duties);
  const isOwn = caller.mspId === mspId && caller.mspId === party.mspId;
  if (!isOwn || caller.operator?.parties.includes(party.id) !== true) throw new TenorError('CALLER_NOT_ALLOWED');
  if (commits && party.status !== 'ACTIVE') throw new TenorError('PARTY_SUSPENDED', { party: party.id });
}

/** @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED */
export function assertDuty({ operator }: Caller, duties: readonly Duty[]): void {
  if (operator === undefined) throw new TenorError('CALLER_NOT_REGISTERED');
  if (!duties.some((duty) => operator.duties.includes(duty))) throw new TenorError('CALLER_NOT_ALLOWED');
}

/** @throws TenorError CALLER_NOT_ADMIN */
export function assertAdministrator(caller: Caller): void {
  if (!caller.admin) throw new TenorError('CALLER_NOT_ADMIN');
}
