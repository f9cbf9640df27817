/** Which slices belong to a presentment, and which records prove that it was paid. */
import { TenorError } from '../protocol/errors.js';
import type { Presentment } from '../protocol/records/index.js';
import { isEqual, moneyOf } from './money.js';
import type { HeldSlice, VouchedPresentment } from './vouched.js';

/** Whether payer and payee share the bank. It proves nothing against itself, so the payee must speak then. */
export const sharesBank = (presentment: Presentment): boolean => presentment.payeeBankMsp === presentment.bankMsp;

/** A presentment that was withdrawn cannot be paid. @throws TenorError STATE */
export function assertOpen({ record }: VouchedPresentment): void {
  if (record.state !== 'OPEN') throw new TenorError('STATE', { state: record.state });
}

/** A payment must pay exactly the amount that was presented. @throws TenorError PAYMENT_MISMATCH */
export function assertPays(
  proof: { readonly currency: string; readonly amount: string },
  { record }: VouchedPresentment,
): void {
  if (proof.currency !== record.currency || !isEqual(moneyOf(proof), moneyOf(record)))
    throw new TenorError('PAYMENT_MISMATCH');
}

/**
 * A slice belongs to the presentment that its lock names, provided that holder and banks of the presentment are those of the slice.
 * @throws TenorError STATE
 */
export function assertPresented({ slice, certificate }: HeldSlice, { id, record }: VouchedPresentment): void {
  const { lock, state, holder, holderMsp } = slice.record;
  const terms = certificate.terms.record;
  const isLocked = lock?.kind === 'PRESENTMENT' && lock.id === id && lock.counterpartyMsp === record.payeeBankMsp;
  const isHolders = holder === record.holder && holderMsp === record.holderMsp;
  const isBanks = terms.bank === record.bank && terms.bankMsp === record.bankMsp;
  if (!isLocked || !isHolders || !isBanks) throw new TenorError('STATE', { state, sliceId: slice.id });
}
