/** Checks of registered parties. A rule may rely on a record only if the registry agrees with the parties that it names. */
import { TenorError } from '../protocol/errors.js';
import type { PublicRecord, Role } from '../protocol/records/index.js';

/** A registered party. */
export type Party = PublicRecord<'party'>;

/** @throws TenorError PARTY_ROLE when the party is suspended or lacks the role */
export function assertRole(party: Party, ...anyOf: readonly Role[]): void {
  if (party.status === 'ACTIVE' && anyOf.some((role) => party.roles.includes(role))) return;
  throw new TenorError('PARTY_ROLE', { role: anyOf.join('|') });
}

/** Bank and issuer each endorse what the other writes, so they must be two organisations. @throws TenorError SAME_ORGANIZATION */
export function assertApart({ bankMsp, issuerMsp }: { readonly bankMsp: string; readonly issuerMsp: string }): void {
  if (issuerMsp === bankMsp) throw new TenorError('SAME_ORGANIZATION', { mspId: bankMsp });
}

/**
 * The registry must bind a party to the organisation that a record names for it, and give it that role. A party that is suspended
 * later stays bound by what it signed. @throws TenorError PARTY_ROLE
 */
export function assertBound(party: Party, id: string, mspId: string, role: Role | undefined): void {
  assertLives(party, id, mspId, role ?? 'holder');
  if (role !== undefined && !party.roles.includes(role)) throw new TenorError('PARTY_ROLE', { role });
}

/** The registry must bind a party to the organisation that a record names for it. @param as what the party is in that record @throws TenorError PARTY_ROLE */
export function assertLives(party: Party, id: string, mspId: string, as: Role | 'holder'): void {
  if (party.id !== id || party.mspId !== mspId) throw new TenorError('PARTY_ROLE', { role: as });
}

/** Bank and issuer as a record names them. */
export interface BankAndIssuer {
  readonly bank: string;
  readonly bankMsp: string;
  readonly issuer: string;
  readonly issuerMsp: string;
}

/** Bank and issuer must be two organisations, and the registry must name the same ones for these parties. @throws TenorError SAME_ORGANIZATION, PARTY_ROLE */
export function assertBankAndIssuer(named: BankAndIssuer, bank: Party, issuer: Party): void {
  assertApart(named);
  assertBound(bank, named.bank, named.bankMsp, 'bank');
  assertBound(issuer, named.issuer, named.issuerMsp, 'issuer');
}

/**
 * The same where they only end what they began. Then nobody relies on a role, and whoever has lost one must not be kept in what it
 * would leave. @throws TenorError SAME_ORGANIZATION, PARTY_ROLE
 */
export function assertFormerBankAndIssuer(named: BankAndIssuer, bank: Party, issuer: Party): void {
  assertApart(named);
  assertLives(bank, named.bank, named.bankMsp, 'bank');
  assertLives(issuer, named.issuer, named.issuerMsp, 'issuer');
}

/** Whether two records name the same bank and the same issuer, in the same organisations. */
export const isSameDeal = (a: BankAndIssuer, b: BankAndIssuer): boolean =>
  a.bank === b.bank && a.bankMsp === b.bankMsp && a.issuer === b.issuer && a.issuerMsp === b.issuerMsp;
