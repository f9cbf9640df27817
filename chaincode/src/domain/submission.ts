/** Checks of a draft against the policy in force and against its documents. */
import { addMonths, dayNumber } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import type { DraftContent, Policy, PublicRecord } from '../protocol/records/index.js';
import { isEqual, money, moneyOf, sum } from './money.js';
import type { Party } from './parties.js';
import type { Vouched } from './vouched.js';

/** The last policy in force on a date, if there is one. */
export const policyOn = (policies: PublicRecord<'policies'> | undefined, businessDate: string): Policy | undefined =>
  policies?.versions.filter(({ effectiveFrom }) => effectiveFrom <= businessDate).at(-1);

/** The last policy in force on a date. @throws TenorError POLICY_MISSING */
export function policyInForce(policies: PublicRecord<'policies'>, businessDate: string): Policy {
  const policy = policyOn(policies, businessDate);
  if (policy === undefined) throw new TenorError('POLICY_MISSING');
  return policy;
}

/** @throws TenorError DUE_DATE_PAST, TENOR_EXCEEDED, TENOR_UNJUSTIFIED, SME_TERM_EXCEEDED */
export function assertTenor(
  content: DraftContent,
  paymentDate: string,
  policy: Policy,
  payee: Party,
  businessDate: string,
): void {
  // If the due date is a holiday at the end of a month, the payment date is earlier. If that is today or before, no offer is possible.
  if (content.dueDate <= businessDate || paymentDate <= businessDate) throw new TenorError('DUE_DATE_PAST');
  if (content.dueDate > addMonths(businessDate, policy.maxTenorMonths)) throw new TenorError('TENOR_EXCEEDED');
  const long = content.dueDate > addMonths(businessDate, policy.justifyBeyondMonths);
  if (long && content.tenorJustification === undefined) throw new TenorError('TENOR_UNJUSTIFIED');
  // What is yet to be delivered gives the payer no more time: otherwise a late delivery would be an early one.
  const since = content.deliveredOn < businessDate ? content.deliveredOn : businessDate;
  const days = dayNumber(content.dueDate) - dayNumber(since);
  if (payee.sme && days > policy.smePaymentDays) throw new TenorError('SME_TERM_EXCEEDED');
}

/**
 * Each document is named once. The documents of each kind must cover the whole face by themselves, and there must be invoices among
 * them. @throws TenorError DUPLICATE_ITEM, SUM_MISMATCH
 */
export function assertBacked(content: DraftContent, claims: readonly Vouched<'claim'>[]): void {
  const ids = content.claims.map(({ claimId }) => claimId);
  if (new Set(ids).size !== ids.length) throw new TenorError('DUPLICATE_ITEM');
  const types = new Set(['INVOICE', ...claims.map(({ record }) => record.type)]);
  for (const type of types) {
    const backing = content.claims
      .filter((_, index) => claims[index]?.record.type === type)
      .map(({ amount }) => money(content.currency, amount));
    if (!isEqual(sum(content.currency, backing), moneyOf(content))) throw new TenorError('SUM_MISMATCH', { type });
  }
}
