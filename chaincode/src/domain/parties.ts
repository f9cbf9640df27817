/** Checks on registered parties. */
import { TenorError } from '../protocol/errors.js';
import type { PublicRecord, Role, Terms } from '../protocol/records.js';

type Party = PublicRecord<'party'>;

/** @throws TenorError PARTY_ROLE when the party is suspended or lacks the role */
export function assertRole(party: Party, ...anyOf: readonly Role[]): void {
  if (party.status === 'ACTIVE' && anyOf.some((role) => party.roles.includes(role))) return;
  throw new TenorError('PARTY_ROLE', { role: anyOf.join('|') });
}

/** Terms stand in two books so that neither organisation's word is enough; one organisation in both roles would undo that. @throws TenorError SAME_ORGANIZATION */
export function assertApart(issuer: Pick<Party, 'mspId'>, bank: Pick<Party, 'mspId'>): void {
  if (issuer.mspId === bank.mspId) throw new TenorError('SAME_ORGANIZATION', { mspId: bank.mspId });
}

/**
 * The same for a record that names both: one organisation can write at home whatever it likes about itself in both roles, so
 * nobody relies on such a record, however it came to be. @throws TenorError SAME_ORGANIZATION
 */
export function assertTwoVoices({ issuerMsp, bankMsp }: Pick<Terms, 'issuerMsp' | 'bankMsp'>): void {
  assertApart({ mspId: issuerMsp }, { mspId: bankMsp });
}

/**
 * What everyone checks who comes to rely on a slice: that the two organisations which vouch for the terms are the ones that
 * the registry binds to the bank and the issuer, and that they are two. Terms in two other books would be nobody's promise.
 * A party suspended later stays bound by what it signed. @throws TenorError PARTY_ROLE, SAME_ORGANIZATION
 */
export function assertVouched(
  terms: Pick<Terms, 'bank' | 'bankMsp' | 'issuer' | 'issuerMsp'>,
  bank: Party,
  issuer: Party,
): void {
  if (bank.id !== terms.bank || bank.mspId !== terms.bankMsp || !bank.roles.includes('bank')) {
    throw new TenorError('PARTY_ROLE', { role: 'bank' });
  }
  if (issuer.id !== terms.issuer || issuer.mspId !== terms.issuerMsp || !issuer.roles.includes('issuer')) {
    throw new TenorError('PARTY_ROLE', { role: 'issuer' });
  }
  assertTwoVoices(terms);
}
