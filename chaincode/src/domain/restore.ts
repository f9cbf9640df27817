/** A party that lost its copy, or holds a superseded one, takes the current bytes from another party: the register vouches for them. */
import { TenorError } from '../protocol/errors.js';
import type { BookKind, PublicRecord, Terms } from '../protocol/records.js';
import { copy, type Caller, type Decision, type Opened } from './decision.js';
import { assertVouched } from './parties.js';

const rootOf = (record: object): unknown =>
  'certificateId' in record ? record.certificateId : 'id' in record ? record.id : undefined;

/** What restoring depends on. That the register holds these bytes, the ledger has checked. */
export interface RestoreFacts {
  readonly caller: Caller;
  /** Terms of the record's certificate, where the record does not name its bank itself. */
  readonly terms: Terms | undefined;
  /** Whose book is the register, and who holds the other copy of a root. */
  readonly parties: Pick<Terms, 'bank' | 'bankMsp' | 'issuer' | 'issuerMsp'>;
  readonly bank: PublicRecord<'party'>;
  readonly issuer: PublicRecord<'party'>;
}

/** Roots, and what ends or counts a certificate. */
const GUARDED: readonly BookKind[] = ['terms', 'face', 'confirmation', 'status', 'totals'];

/** Writes handed-over bytes into the caller's own book. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, PARTY_ROLE (bank and issuer are not those of the registry), SAME_ORGANIZATION, OPENING_MISMATCH (the terms are of another certificate) */
export function restore(opened: Opened<BookKind>, facts: RestoreFacts): Decision {
  const { caller, terms, parties } = facts;
  if (caller.operator === undefined) throw new TenorError('CALLER_NOT_REGISTERED');
  if (!caller.operator.duties.some((duty) => duty !== 'viewer')) throw new TenorError('CALLER_NOT_ALLOWED');
  assertVouched(parties, facts.bank, facts.issuer);
  const foreign = terms !== undefined && rootOf(opened.record) !== terms.id;
  if (foreign) throw new TenorError('OPENING_MISMATCH', { kind: 'terms', id: terms.id });
  return { writes: [copy(opened, [caller.mspId])], endorsers: guardsOf(opened, caller.mspId, parties) };
}

/** Where the caller's copy stands under a key policy, the others whom that policy names have to endorse. */
function guardsOf(
  { kind, record }: Opened<BookKind>,
  mspId: string,
  { bankMsp, issuerMsp }: RestoreFacts['parties'],
): readonly string[] {
  const isVoucher = mspId === bankMsp || mspId === issuerMsp;
  if (GUARDED.includes(kind) && isVoucher) return [bankMsp, issuerMsp];
  return kind === 'slice' && mspId === bankMsp && 'holderMsp' in record ? [record.holderMsp] : [];
}
