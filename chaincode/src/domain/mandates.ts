/** What a holder's standing consent covers, and how long. */
import { addMonths } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import { registerOf } from '../protocol/identifiers.js';
import { LIMITS } from '../protocol/limits.js';
import type { BookRecord } from '../protocol/records/index.js';
import type { HeldSlice, VouchedMandate } from './vouched.js';

type Mandate = BookRecord<'mandate'>;

/** @throws TenorError MANDATE_SCOPE where the only certificate is none of the bank; MANDATE_ENDED, MANDATE_TERM */
export function assertGivable(
  {
    certificateId,
    bankMsp,
    until,
  }: Pick<Mandate, 'bankMsp' | 'until'> & { readonly certificateId?: string | undefined },
  businessDate: string,
): void {
  if (certificateId !== undefined && registerOf(certificateId) !== bankMsp) throw new TenorError('MANDATE_SCOPE');
  if (until < businessDate) throw new TenorError('MANDATE_ENDED');
  if (until > addMonths(businessDate, LIMITS.mandateMonths)) throw new TenorError('MANDATE_TERM');
}

/** @throws TenorError MANDATE_ENDED */
export function assertInTime({ id, record }: VouchedMandate, businessDate: string): void {
  if (businessDate > record.until) throw new TenorError('MANDATE_ENDED', { mandateId: id });
}

/** A mandate is for the slices of its holder at its bank, and for no others. @throws TenorError MANDATE_SCOPE */
export function assertMandated({ slice, certificate }: HeldSlice, { id, record }: VouchedMandate): void {
  const { holder, holderMsp, certificateId } = slice.record;
  const terms = certificate.terms.record;
  const isHolders = holder === record.holder && holderMsp === record.holderMsp;
  const isBanks = terms.bank === record.bank && terms.bankMsp === record.bankMsp;
  const isCovered = record.certificateId === undefined || record.certificateId === certificateId;
  if (!isHolders || !isBanks || !isCovered) throw new TenorError('MANDATE_SCOPE', { mandateId: id, sliceId: slice.id });
}
