/** Which slices belong to a presentment, and which records prove that it was paid. */
import { dayNumber } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import { demandIdOf } from '../protocol/identifiers.js';
import { LIMITS } from '../protocol/limits.js';
import { type BookRecord, type Policy, type Presentment, type StandIn } from '../protocol/records/index.js';
import { isEqual, moneyOf } from './money.js';
import { assertPaidBy } from './payments.js';
import type { HeldSlice, VouchedPresentment } from './vouched.js';

/** What a payment pays: a presentment, or a leg of a batch that moves money. */
export interface Demand extends Pick<VouchedPresentment, 'id' | 'holder' | 'bank' | 'payeeBank'> {
  readonly record: Pick<
    Presentment,
    | ('holderMsp' | 'bankMsp' | 'payeeBank' | 'payeeBankMsp' | 'account' | 'endToEndId')
    | ('currency' | 'amount' | 'presentedOn' | 'state')
  >;
}

/** Whether payer and payee share the bank. It proves nothing against itself, so the payee must speak then. */
export const sharesBank = (presentment: Presentment): boolean => presentment.payeeBankMsp === presentment.bankMsp;

/** Whose peer may stand in for the holder's when a presented slice is closed: its bank's, or that of its stand-in where payer and payee share the bank. */
export const otherSideOf = ({ standIn, payeeBankMsp }: Pick<Presentment, 'standIn' | 'payeeBankMsp'>): string =>
  standIn?.mspId ?? payeeBankMsp;

/** The first stand-in of the policy that lives apart from these: all who gain or lose by the payment, and whoever leaves the channel. */
export const standInFor = (policy: Policy | undefined, apartFrom: readonly string[]): StandIn | undefined =>
  policy?.standIns.find(({ mspId }) => !apartFrom.includes(mspId));

/**
 * A stand-in may speak when the payee had time to do so, after the presentment or instruction, the credits, and the bank's attestations of them. A stand-in
 * that was suspended since, or whose organisation leaves, does not speak any more. @throws TenorError PARTY_ROLE, PAYMENT_MISMATCH, STAND_IN_EARLY,
 * OVERPAID, UNDERPAID
 */
export function assertSilent(
  demand: Demand & Pick<VouchedPresentment, 'standIn'>,
  attested: readonly BookRecord<'attestation'>[],
  businessDate: string,
): void {
  if (demand.standIn?.status !== 'ACTIVE') throw new TenorError('PARTY_ROLE', { role: 'stand-in' });
  if (attested.some((each) => demandIdOf(each) !== demand.id)) throw new TenorError('PAYMENT_MISMATCH');
  for (const each of attested) assertPartOf(each, demand);
  // What the bank attests late was no reason to speak before.
  const days = attested.flatMap(({ valueDate, attestedOn }) => [valueDate, attestedOn]);
  const [since = ''] = [...days, demand.record.presentedOn].sort().reverse();
  if (dayNumber(businessDate) - dayNumber(since) < LIMITS.silentDays) throw new TenorError('STAND_IN_EARLY', { since });
  assertPaidBy(attested, demand);
}

/** Whether two accounts are one: the same id under the same scheme. */
export const isSameAccount = (one: Presentment['account'], other: Presentment['account']): boolean =>
  one.scheme === other.scheme && one.id === other.id;

/** A payment that has no UETR is known by the reference that the presentment gave. @throws TenorError REFERENCE_MISSING */
export function assertReferred({ uetr }: { readonly uetr?: string | undefined }, { record }: Demand): void {
  if (uetr === undefined && record.endToEndId === undefined) throw new TenorError('REFERENCE_MISSING');
}

/** A presentment that was withdrawn cannot be paid. @throws TenorError STATE */
export function assertOpen({ record }: Demand): void {
  if (record.state !== 'OPEN') throw new TenorError('STATE', { state: record.state });
}

/** Something is said of exactly the amount that was presented. @throws TenorError PAYMENT_MISMATCH */
export function assertPays(proof: { readonly currency: string; readonly amount: string }, { record }: Demand): void {
  if (proof.currency !== record.currency || !isEqual(moneyOf(proof), moneyOf(record)))
    throw new TenorError('PAYMENT_MISMATCH');
}

/** A payment, or a return, is of the amount that was presented, or of a part of it. @throws TenorError PAYMENT_MISMATCH */
export function assertPartOf(
  { currency, amount }: { readonly currency: string; readonly amount: string },
  { record }: Demand,
): void {
  const isPart = currency === record.currency && moneyOf({ currency, amount }).minor <= moneyOf(record).minor;
  if (!isPart) throw new TenorError('PAYMENT_MISMATCH');
}

/**
 * A credit or a return from long before the presentment belongs to something else, and a credit far ahead would hold up the discharge. The bank's day may lie some
 * days before the business date of the presentment, and this may have been a wrong date that was taken back. @throws TenorError VALUE_DATE
 */
export function assertValueDate(valueDate: string, { record }: Demand, businessDate: string): void {
  const [day, today] = [dayNumber(valueDate), dayNumber(businessDate)];
  const earliest = Math.min(dayNumber(record.presentedOn), today) - LIMITS.valueDateGraceDays;
  if (day < earliest || day > today + LIMITS.valueDateDays) throw new TenorError('VALUE_DATE');
}

/**
 * A slice belongs to the presentment that its lock names, provided that holder and banks of the presentment are those of the slice.
 * @throws TenorError STATE
 */
export function assertPresented({ slice, certificate }: HeldSlice, { id, record }: VouchedPresentment): void {
  const { lock, state, holder, holderMsp } = slice.record;
  const terms = certificate.terms.record;
  const isLocked = lock?.kind === 'PRESENTMENT' && lock.id === id && lock.counterpartyMsp === otherSideOf(record);
  const isHolders = holder === record.holder && holderMsp === record.holderMsp;
  const isBanks = terms.bank === record.bank && terms.bankMsp === record.bankMsp;
  if (!isLocked || !isHolders || !isBanks) throw new TenorError('STATE', { state, sliceId: slice.id });
}
