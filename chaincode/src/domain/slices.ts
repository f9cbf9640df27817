/** Where slices are kept and who guards them: shared by every rule that writes one. */
import type { Slice, Terms } from '../protocol/records.js';
import { put, type InBook, type KeyPolicy, type Opened, type Write } from './decision.js';
import { TenorError } from '../protocol/errors.js';

/** At rest: bank and holder together. */
export const restPolicy = (terms: Terms, holderMsp: string): KeyPolicy => ({ all: [terms.bankMsp, holderMsp] });

/**
 * While something is agreed: the bank, and either side, so that neither can stall it. Where the other side is the bank's own
 * organisation the choice would be no choice, and the bank alone could move the slice: then the holder has to sign.
 */
export const agreedPolicy = (terms: Terms, holderMsp: string, counterpartyMsp: string): KeyPolicy =>
  counterpartyMsp === terms.bankMsp
    ? restPolicy(terms, holderMsp)
    : { all: [terms.bankMsp], any: [holderMsp, counterpartyMsp] };

/** Writes a slice into its register, under its policy, and into its readers' books. */
export function putSlice(
  terms: Terms,
  slice: Omit<Slice, 'salt' | 'schema'>,
  policy: KeyPolicy,
  readers: readonly string[],
): Write {
  const books: InBook[] = [{ mspId: terms.bankMsp, policy }, ...readers.map((mspId) => ({ mspId }))];
  return put('slice', slice.id, { ...slice, schema: 'tenor.slice/1' }, books);
}

/** A slice without its salt, for writing it changed. */
export function unsalted(slice: Slice): Omit<Slice, 'salt'> {
  const { salt: _salt, ...rest } = slice;
  return rest;
}

/** A slice is opened with the terms of its own root only. @throws TenorError OPENING_MISMATCH */
export function assertRoot(slice: Opened<'slice'>, terms: Opened<'terms'>): void {
  if (slice.record.certificateId !== terms.id)
    throw new TenorError('OPENING_MISMATCH', { kind: 'terms', id: terms.id });
}
