/** The shape of every transaction that writes: load what it relies on, then let a pure rule decide. */
import { canonicalJson } from '../protocol/canonical.js';
import type { ParsedPrivate, ParsedRequest, SubmitName } from '../protocol/transactions.js';
import type { Decision, Opened } from '../domain/decision.js';
import type { RootedSlice } from '../domain/present.js';
import type { TicketFacts } from '../domain/ticket.js';
import type { BookRef, LedgerTransaction, PublicRef } from '../ledger/transaction.js';

/** One call of a transaction, parsed. */
export interface Call<Name extends SubmitName> {
  readonly name: Name;
  readonly request: ParsedRequest<Name>;
  readonly secret: ParsedPrivate<Name>;
}

/** Loads and decides one transaction. Explicit keys only: what it loads is the read set. */
export type Operation<Name extends SubmitName> = (tx: LedgerTransaction, call: Call<Name>) => Promise<Decision>;

/** A contract: an operation for each of its transactions. */
export type Operations<Names extends SubmitName> = { readonly [Name in Names]: Operation<Name> };

interface TwoBooks {
  readonly bankMsp: string;
  readonly issuerMsp: string;
}

/** The bank's book: register of everything that changes. */
export const inBank = ({ bankMsp }: { readonly bankMsp: string }): readonly string[] => [bankMsp];
/** Both books that hold a root. */
export const inBoth = ({ bankMsp, issuerMsp }: TwoBooks): readonly string[] => [bankMsp, issuerMsp];

/** The one registry record that every rule of time asks for. */
export const DATE: PublicRef = ['businessDate'];

/** The business date. @throws TenorError BUSINESS_DATE_MISSING */
export async function businessDate(tx: LedgerTransaction): Promise<string> {
  return (await tx.get('businessDate', undefined, 'BUSINESS_DATE_MISSING')).date;
}

/** Opens the ticket that a four-eyes call names, from the caller's own book. */
export async function ticketOf<Name extends SubmitName>(
  tx: LedgerTransaction,
  call: Call<Name>,
  ticketId: string,
): Promise<TicketFacts> {
  const opened = await tx.open('ticket', ticketId, () => [tx.mspId]);
  return { opened, command: call.name, payload: canonicalJson({ private: call.secret, request: call.request }) };
}

/** Opens the terms of a certificate and expects both vouchers to hold them. */
export const openTerms = (tx: LedgerTransaction, id: string): Promise<Opened<'terms'>> => tx.open('terms', id, inBoth);

/** Opens a slice with the terms of its root; the root names the register. */
export async function openSlice(tx: LedgerTransaction, sliceId: string): Promise<RootedSlice> {
  const slice = await tx.open('slice', sliceId, () => []);
  const terms = await openTerms(tx, slice.record.certificateId);
  tx.vouch(slice, [terms.record.bankMsp]);
  return { slice, terms };
}

/** Announces slices that are opened next. */
export const foreseeSlices = (tx: LedgerTransaction, sliceIds: readonly string[]): Promise<void> =>
  tx.foresee(...sliceIds.map((id): BookRef => ['slice', id]));

/** Opens slices one after the other. */
export async function openSlices(tx: LedgerTransaction, sliceIds: readonly string[]): Promise<RootedSlice[]> {
  await foreseeSlices(tx, sliceIds);
  const slices: RootedSlice[] = [];
  for (const sliceId of sliceIds) slices.push(await openSlice(tx, sliceId));
  return slices;
}
