/** Trade documents. A document is claimed once, through one bank, and never backs more than it is worth. */
import { dayNumber } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import { firstIssueDate } from '../protocol/issueDates.js';
import { LIMITS } from '../protocol/limits.js';
import type { Claim } from '../protocol/records/index.js';
import { put, unsalted, type Unsalted, type Write } from './decision.js';
import { add, digitsOf, isAbove, money, subtract, sum, type Money } from './money.js';
import { isSameDeal, type BankAndIssuer } from './parties.js';
import type { Endable, Vouched, VouchedReservation } from './vouched.js';

/** A document that is to be issued later is none yet, and a very old one backs nothing. @throws TenorError DOCUMENT_DATE */
export function assertIssued(issuedOn: string, businessDate: string): void {
  if (issuedOn > businessDate || issuedOn < firstIssueDate(businessDate)) throw new TenorError('DOCUMENT_DATE');
}

/** A reservation is confirmed or rejected once. @throws TenorError STATE */
export function assertOpen({ record: { state } }: VouchedReservation | Endable<'reservation'>): void {
  if (state !== 'OPEN') throw new TenorError('STATE', { state });
}

/** The reservation at its end. Its copies stay as they are: whoever has one sees that it is superseded. */
export const ended = (
  { id, record }: VouchedReservation | Endable<'reservation'>,
  state: 'CONFIRMED' | 'REJECTED',
): Write => put('reservation', id, { ...unsalted(record), state }, []);

/** @throws TenorError RESERVATION_LAPSED */
export function assertTimely({ record }: VouchedReservation, businessDate: string): void {
  const days = dayNumber(businessDate) - dayNumber(record.reservedOn);
  if (days < 0 || days > LIMITS.reservationDays) throw new TenorError('RESERVATION_LAPSED');
}

/** The claim that a reservation becomes when it is confirmed. */
export function claimOf({ record }: VouchedReservation, id: string, confirmedBy: string): Unsalted<'claim'> {
  const { id: reservationId, sellerMsp: _seller, reservedOn: _date, state: _state, salt: _salt, ...document } = record;
  return { ...document, schema: 'tenor.claim/1', id, reservationId, confirmedBy, allocations: [], credits: [] };
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

/** What the certificates of a claim have of it. */
const used = ({ currency, allocations }: Claim): Money =>
  sum(
    currency,
    allocations.map(({ amount }) => money(currency, amount)),
  );

/** What the document can back after its credit notes. */
const worth = ({ currency, capacity, credits }: Claim): Money =>
  subtract(
    money(currency, capacity),
    sum(
      currency,
      credits.map(({ amount }) => money(currency, amount)),
    ),
  );

/** Whether a claim has `amount` left. @throws TenorError CURRENCY_MISMATCH */
const hasLeft = (claim: Claim, amount: Money): boolean => !isAbove(add(used(claim), amount), worth(claim));

/** The claim with `amount` reserved for a certificate. @throws TenorError CURRENCY_MISMATCH, DOCUMENT_CAPACITY */
export function allocate({ id, record }: Vouched<'claim'>, certificateId: string, amount: Money): Claim {
  if (!hasLeft(record, amount) || record.allocations.length >= LIMITS.allocationsPerClaim)
    throw new TenorError('DOCUMENT_CAPACITY', { claimId: id });
  return { ...record, allocations: [...record.allocations, { certificateId, amount: digitsOf(amount) }] };
}

/** The claim without the amount that a certificate had reserved. */
export function deallocate({ record }: Vouched<'claim'>, certificateId: string): Claim {
  return { ...record, allocations: record.allocations.filter((each) => each.certificateId !== certificateId) };
}

/** The claim of a document after one more credit note. A note counts once for a document. @throws TenorError DOCUMENT_KNOWN, CURRENCY_MISMATCH, DOCUMENT_CAPACITY */
export function credited({ id, record }: Vouched<'claim'>, amount: Money, documentHash: string): Claim {
  if (record.credits.some((each) => each.documentHash === documentHash))
    throw new TenorError('DOCUMENT_KNOWN', { claimId: id });
  if (!hasLeft(record, amount) || record.credits.length >= LIMITS.creditsPerClaim)
    throw new TenorError('DOCUMENT_CAPACITY', { claimId: id });
  return { ...record, credits: [...record.credits, { documentHash, amount: digitsOf(amount) }] };
}

/** A document may have been released and claimed again since somebody looked. @throws TenorError DOCUMENT_RECLAIMED */
export function assertMeant({ id, record }: Vouched<'claim'> | Endable<'claim'>, reservationId: string): void {
  if (record.reservationId !== reservationId) throw new TenorError('DOCUMENT_RECLAIMED', { claimId: id });
}

/** @throws TenorError DOCUMENT_USED */
export function assertUnused({ id, record }: Endable<'claim'>): void {
  if (record.allocations.length > 0) throw new TenorError('DOCUMENT_USED', { claimId: id });
}

/** Who gives up a claim with its credit notes forgets them. The bank that relies on them does so, and nobody else. @throws TenorError DOCUMENT_CREDITED */
export function assertUncredited({ id, record }: Endable<'claim'>): void {
  if (record.credits.length > 0) throw new TenorError('DOCUMENT_CREDITED', { claimId: id });
}
