/** Where a certificate or a slice stands, and whether it may take a step. States that depend on the date are derived here and never stored. */
import { addDays } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import type { BookRecord, Slice, Terms } from '../protocol/records/index.js';
import { assertRole, type Party } from './parties.js';
import { CERTIFICATE_STEPS, SLICE_STEPS, type CERTIFICATE_STATES, type SLICE_STATES } from './states.js';
import type { ConfirmedCertificate, HeldSlice } from './vouched.js';

/** States of a certificate. */
export type CertificateState = keyof typeof CERTIFICATE_STATES;

/** States of a slice as rules see them: a lapsed offer is free again. */
export type SliceState = keyof typeof SLICE_STATES;

/** State of a certificate from its confirmation and status on a business date. */
export function certificateState(
  confirmation: Pick<BookRecord<'confirmation'>, 'outcome'> | undefined,
  status: Pick<BookRecord<'status'>, 'state' | 'offerExpiresOn'> | undefined,
  businessDate: string,
): CertificateState {
  // Issuer and bank endorse a confirmation together. A rejection and a status are the bank's alone, so they cannot make a certificate active.
  if (confirmation !== undefined && confirmation.outcome !== 'CONFIRMED')
    return status?.state === 'UNWOUND' ? 'UNWOUND' : confirmation.outcome;
  if (status !== undefined) return standing(status, businessDate);
  return confirmation === undefined ? 'SUBMITTED' : 'CONFIRMED';
}

/** An offer that was not accepted by its last day has lapsed. */
function standing(
  { state, offerExpiresOn = '' }: Pick<BookRecord<'status'>, 'state' | 'offerExpiresOn'>,
  businessDate: string,
): CertificateState {
  return state === 'OFFERED' && offerExpiresOn < businessDate ? 'LAPSED' : state;
}

/** State of a certificate that its bank confirmed or rejected. */
export const stateOf = ({ confirmation, status }: ConfirmedCertificate, businessDate: string): CertificateState =>
  certificateState(confirmation.record, status?.record, businessDate);

/** State of a slice on a business date. */
export function sliceState(slice: Slice, businessDate: string): SliceState {
  const { lock } = slice;
  const isOfferOver = slice.state === 'OFFERED' && lock?.kind === 'TRANSFER' && lock.expiresOn < businessDate;
  // A pledgee that neither gives a slice back nor takes it must not keep it for ever.
  const isPledgeOver =
    slice.state === 'PLEDGED' && lock?.kind === 'PLEDGE' && addDays(lock.expiresOn, LIMITS.realiseDays) < businessDate;
  return isOfferOver || isPledgeOver ? 'FREE' : slice.state;
}

/** @throws TenorError STATE, or OFFER_LAPSED where only the date stands in the way */
export function assertCertificate(step: keyof typeof CERTIFICATE_STEPS, state: CertificateState): void {
  const from: readonly CertificateState[] = CERTIFICATE_STEPS[step];
  if (from.includes(state)) return;
  throw state === 'LAPSED' && from.includes('OFFERED')
    ? new TenorError('OFFER_LAPSED')
    : new TenorError('STATE', { state });
}

/** @throws TenorError STATE, or OFFER_LAPSED where only the date stands in the way */
export function assertSlice(step: keyof typeof SLICE_STEPS, slice: Slice, businessDate: string): void {
  const from: readonly SliceState[] = SLICE_STEPS[step];
  const state = sliceState(slice, businessDate);
  if (from.includes(state)) return;
  const lapsed = slice.state === 'OFFERED' && state === 'FREE' && from.includes('OFFERED');
  throw lapsed ? new TenorError('OFFER_LAPSED') : new TenorError('STATE', { state, sliceId: slice.id });
}

/** Splits and transfers end on the payment date. @throws TenorError DUE_REACHED */
export function assertBeforeDue(terms: Terms, businessDate: string): void {
  if (businessDate >= terms.paymentDate) throw new TenorError('DUE_REACHED', { certificateId: terms.id });
}

/** Presentment starts on the payment date. @throws TenorError DUE_NOT_REACHED */
export function assertDue(terms: Terms, businessDate: string): void {
  if (businessDate < terms.paymentDate) throw new TenorError('DUE_NOT_REACHED', { certificateId: terms.id });
}

/** A slice passes through as many hands as its certificate allows. @throws TenorError TIER_EXCEEDED */
export function assertTier({ tier }: Slice, { maxTier }: Terms): void {
  if (tier >= maxTier) throw new TenorError('TIER_EXCEEDED');
}

/** An offer must end before the payment date, while the certificate or slice can still be passed on. @throws TenorError OFFER_EXPIRY */
export function assertOfferExpiry(expiresOn: string, terms: Terms, businessDate: string): void {
  if (expiresOn < businessDate || expiresOn >= terms.paymentDate) throw new TenorError('OFFER_EXPIRY');
}

/**
 * A slice may pass to another holder, by an offer or by a leg of a batch that ends by `expiresOn`.
 * @throws TenorError DUE_REACHED, PARTY_ROLE, SELF_TRANSFER, TIER_EXCEEDED, OFFER_EXPIRY
 */
export function assertPassable(
  { slice, certificate }: HeldSlice,
  receiver: Party,
  { expiresOn }: { readonly expiresOn: string },
  businessDate: string,
): void {
  const terms = certificate.terms.record;
  assertBeforeDue(terms, businessDate);
  assertRole(receiver, 'supplier', 'bank');
  if (receiver.id === slice.record.holder) throw new TenorError('SELF_TRANSFER');
  assertTier(slice.record, terms);
  assertOfferExpiry(expiresOn, terms, businessDate);
}
