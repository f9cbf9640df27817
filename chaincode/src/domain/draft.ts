/** The issuer's maker writes a certificate down in the issuer's own book, for the issuer's checker to submit. */
import type { PublicRecord } from '../protocol/records.js';
import type { ParsedPrivate, ParsedRequest } from '../protocol/transactions.js';
import { assertActsFor, put, type Caller, type Decision } from './decision.js';
import { assertRole } from './parties.js';

/** What a draft depends on. */
export interface DraftFacts {
  readonly caller: Caller;
  readonly issuer: PublicRecord<'party'>;
}

/** Drafts a certificate. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, PARTY_ROLE */
export function draft(
  request: ParsedRequest<'certificate:draft'>,
  content: ParsedPrivate<'certificate:draft'>,
  facts: DraftFacts,
): Decision {
  assertActsFor(facts.caller, facts.issuer.id, facts.issuer.mspId, ['maker']);
  assertRole(facts.issuer, 'issuer');
  const record = { schema: 'tenor.draft/1' as const, id: request.certificateId, maker: facts.caller.identity, content };
  return { writes: [put('draft', record.id, record, [{ mspId: facts.issuer.mspId }])] };
}
