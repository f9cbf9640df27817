/** The states and steps of certificates and slices, as tables. States that depend on the date are derived here and never stored. */
import { TenorError } from '../protocol/errors.js';
import type { BookRecord, Slice, Terms } from '../protocol/records/index.js';
import type { ConfirmedCertificate } from './vouched.js';

/** States of a certificate. SUBMITTED to CONFIRMED follow from which roots exist, and LAPSED follows from the business date. */
export type CertificateState =
  'SUBMITTED' | 'REJECTED' | 'CONFIRMED' | 'OFFERED' | 'LAPSED' | 'DECLINED' | 'ACTIVE' | 'SETTLED' | 'UNWOUND';

/** States of a slice as rules see them. After an offer has lapsed, the slice is free again. */
export type SliceState = Slice['state'];

/** From which states a certificate may take each step. */
export const CERTIFICATE_STEPS = {
  confirm: ['SUBMITTED'],
  reject: ['SUBMITTED'],
  offer: ['CONFIRMED'],
  accept: ['OFFERED'],
  decline: ['OFFERED'],
  // CONFIRMED is listed too, because a payee that never endorses the offer must not block line and documents for ever.
  unwind: ['REJECTED', 'CONFIRMED', 'LAPSED', 'DECLINED'],
  redeem: ['ACTIVE'],
} as const satisfies Record<string, readonly CertificateState[]>;

/** From which states a slice may take each step. */
export const SLICE_STEPS = {
  split: ['FREE'],
  offer: ['FREE'],
  accept: ['OFFERED'],
  decline: ['OFFERED'],
  present: ['FREE'],
  acknowledge: ['PRESENTED'],
  withdraw: ['PRESENTED'],
  // An acknowledgement of the wrong payment must not block the right one for ever.
  reopen: ['ACKNOWLEDGED'],
  discharge: ['PRESENTED'],
  // For presentments that need an acknowledgement. The slice's state is needed as well, so that an earlier acknowledgement does not count.
  dischargeAcknowledged: ['ACKNOWLEDGED'],
  redeem: ['PAID'],
} as const satisfies Record<string, readonly SliceState[]>;

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
  const lapsed = slice.state === 'OFFERED' && slice.lock?.kind === 'TRANSFER' && slice.lock.expiresOn < businessDate;
  return lapsed ? 'FREE' : slice.state;
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

/** An offer must end before the payment date, while the certificate or slice can still be passed on. @throws TenorError OFFER_EXPIRY */
export function assertOfferExpiry(expiresOn: string, terms: Terms, businessDate: string): void {
  if (expiresOn < businessDate || expiresOn >= terms.paymentDate) throw new TenorError('OFFER_EXPIRY');
}
