/** Trade documents: claimed once through one bank, and never backing more than they are worth. */
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import { normalisedNumber } from '../protocol/identifiers.js';
import type { Claim, PublicRecord } from '../protocol/records.js';
import { sumMinor } from '../protocol/money.js';
import { LIMITS } from '../protocol/limits.js';
import type { ParsedPrivate, ParsedRequest } from '../protocol/transactions.js';
import { ANY_HAND, assertActsFor, put, type Caller, type Decision, type Write } from './decision.js';
import { assertApart, assertRole } from './parties.js';

/** What a claim depends on. That every registered bank's book lacks it, the ledger has checked. */
export interface ClaimFacts {
  readonly caller: Caller;
  readonly issuer: PublicRecord<'party'>;
  readonly bank: PublicRecord<'party'>;
  readonly seller: PublicRecord<'party'>;
  /** SHA-256 of {@link claimKey} of what is claimed. */
  readonly expectedId: string;
}

/** What the id of a claim is the SHA-256 of: whoever knows a document can compute it, so that two claims of it meet. */
export function claimKey(document: Pick<Claim, 'type' | 'seller' | 'number'>): string {
  return canonicalJson({ number: normalisedNumber(document.number), seller: document.seller, type: document.type });
}

/** Claims a document. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, PARTY_ROLE, SAME_ORGANIZATION, REQUEST_MALFORMED (the id is not that of the document) */
export function claim(
  request: ParsedRequest<'certificate:claim'>,
  secret: ParsedPrivate<'certificate:claim'>,
  facts: ClaimFacts,
): Decision {
  assertActsFor(facts.caller, facts.issuer.id, facts.issuer.mspId, ANY_HAND);
  assertRole(facts.issuer, 'issuer');
  assertRole(facts.bank, 'bank');
  assertRole(facts.seller, 'supplier');
  assertApart(facts.issuer, facts.bank);
  if (request.claimId !== facts.expectedId) throw new TenorError('REQUEST_MALFORMED', { path: 'claimId' });
  const record: Omit<Claim, 'salt'> = {
    ...secret,
    schema: 'tenor.claim/1',
    id: request.claimId,
    issuerMsp: facts.issuer.mspId,
    bankMsp: facts.bank.mspId,
    allocations: [],
  };
  return { writes: [putClaim(record)] };
}

/** Writes a claim into the bank's book, its register, and the issuer's. */
export function putClaim(record: Omit<Claim, 'salt'>): Write {
  return put('claim', record.id, record, [{ mspId: record.bankMsp }, { mspId: record.issuerMsp }]);
}

/**
 * A claim names its own register, as a line does: it backs a certificate, and is freed by one, only where parties and organisations
 * are the same. @throws TenorError DOCUMENT_FOREIGN
 */
export function assertClaimOf(
  claim: Claim,
  certificate: Pick<Claim, 'issuer' | 'issuerMsp' | 'bank' | 'bankMsp' | 'currency'> & { readonly payee: string },
): void {
  const fits =
    claim.issuer === certificate.issuer &&
    claim.issuerMsp === certificate.issuerMsp &&
    claim.bank === certificate.bank &&
    claim.bankMsp === certificate.bankMsp &&
    claim.seller === certificate.payee &&
    claim.currency === certificate.currency;
  if (!fits) throw new TenorError('DOCUMENT_FOREIGN', { claimId: claim.id });
}

/** The claim with `amount` reserved for a certificate. @throws TenorError DOCUMENT_CAPACITY */
export function allocate(record: Claim, certificateId: string, amount: string): Claim {
  const allocated = sumMinor(record.allocations.map((each) => each.amount)) + BigInt(amount);
  if (allocated > BigInt(record.capacity) || record.allocations.length >= LIMITS.allocationsPerClaim) {
    throw new TenorError('DOCUMENT_CAPACITY', { claimId: record.id });
  }
  return { ...record, allocations: [...record.allocations, { certificateId, amount }] };
}

/** The claim without what a certificate had reserved. */
export function deallocate(record: Claim, certificateId: string): Claim {
  return { ...record, allocations: record.allocations.filter((each) => each.certificateId !== certificateId) };
}
