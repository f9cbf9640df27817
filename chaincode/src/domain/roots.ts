/** Immutable roots, and the index that a refusal inside a bulk request carries. */
import { TenorError } from '../protocol/errors.js';
import type { Terms } from '../protocol/records.js';
import { copy, put, type InBook, type Opened, type Write } from './decision.js';

/** Roots stand in both books under both organisations' policy: neither can change, drop or replace them alone. */
export function rootBooks(issuerMsp: string, bankMsp: string): InBook[] {
  const policy = { all: [issuerMsp, bankMsp] };
  return [
    { mspId: bankMsp, policy },
    { mspId: issuerMsp, policy },
  ];
}

/**
 * Copies roots into the book of someone who has to read them. Where that is the bank's or the issuer's organisation, which hosts
 * the reader too, they stand there already, under a policy that a second writing would have to satisfy.
 */
export function showRoots(
  roots: readonly Opened<'terms' | 'face' | 'confirmation'>[],
  terms: Terms,
  readerMsp: string,
): Write[] {
  return [terms.bankMsp, terms.issuerMsp].includes(readerMsp) ? [] : roots.map((root) => copy(root, [readerMsp]));
}

/** The confirmations of a batch, as roots in both books. */
export function confirmationWrites(
  ids: readonly string[],
  lineId: string,
  by: 'BANK' | 'LINE',
  issuerMsp: string,
  bankMsp: string,
): Write[] {
  const books = rootBooks(issuerMsp, bankMsp);
  return ids.map((id) =>
    put('confirmation', id, { schema: 'tenor.confirmation/1', id, outcome: 'CONFIRMED', by, lineId }, books),
  );
}

/** A refusal inside a bulk request, with the index of the item. */
export function atIndex<Thrown>(error: Thrown, index: number): Thrown | TenorError {
  return error instanceof TenorError ? new TenorError(error.code, { ...error.data, index: String(index) }) : error;
}
