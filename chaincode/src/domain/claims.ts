/** Trade documents. A document is claimed once, through one bank, and never backs more than it is worth. */
import { canonicalJson } from '../protocol/canonical.js';
import { TenorError } from '../protocol/errors.js';
import { normalisedNumber } from '../protocol/documentNumbers.js';
import { LIMITS } from '../protocol/limits.js';
import type { Claim } from '../protocol/records/index.js';
import { add, isAbove, money, sum, type Money } from './money.js';
import { isSameDeal, type BankAndIssuer } from './parties.js';
import type { Vouched } from './vouched.js';

/** The text whose SHA-256 is the id of a claim. Everybody who knows the document computes the same id, so a second claim is noticed. */
export function claimKey(document: Pick<Claim, 'type' | 'seller' | 'number'>): string {
  return canonicalJson({ number: normalisedNumber(document.number), seller: document.seller, type: document.type });
}

/** A claim backs a certificate only if both have the same parties and currency. @throws TenorError DOCUMENT_FOREIGN */
export function assertClaimOf(
  { id, record }: Vouched<'claim'>,
  certificate: BankAndIssuer & { readonly payee: string; readonly currency: string },
): void {
  const fits =
    isSameDeal(record, certificate) && record.seller === certificate.payee && record.currency === certificate.currency;
  if (!fits) throw new TenorError('DOCUMENT_FOREIGN', { claimId: id });
}

/** The claim with `amount` reserved for a certificate. @throws TenorError CURRENCY_MISMATCH, DOCUMENT_CAPACITY */
export function allocate({ id, record }: Vouched<'claim'>, certificateId: string, amount: Money): Claim {
  const { currency, capacity, allocations } = record;
  const earlier = sum(
    currency,
    allocations.map((each) => money(currency, each.amount)),
  );
  const isFull = isAbove(add(earlier, amount), money(currency, capacity));
  if (isFull || allocations.length >= LIMITS.allocationsPerClaim)
    throw new TenorError('DOCUMENT_CAPACITY', { claimId: id });
  return { ...record, allocations: [...allocations, { certificateId, amount: amount.minor.toString() }] };
}

/** The claim without the amount that a certificate had reserved. */
export function deallocate({ record }: Vouched<'claim'>, certificateId: string): Claim {
  return { ...record, allocations: record.allocations.filter((each) => each.certificateId !== certificateId) };
}
