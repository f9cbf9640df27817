/** A confirmed certificate is offered to its payee, who accepts or declines; silence lapses. What came to nothing is unwound. */
import { TenorError } from '../protocol/errors.js';
import type { PublicRecord, Terms } from '../protocol/records.js';
import type { ParsedPrivate, ParsedRequest } from '../protocol/transactions.js';
import { assertClaimOf, deallocate, putClaim } from './claim.js';
import { ANY_HAND, assertActsFor, put, type Caller, type Decision, type Opened, type Write } from './decision.js';
import { assertCertificate, certificateState } from './lifecycle.js';
import { assertLineOf, putLine, restoreLine } from './line.js';
import { assertRole, assertTwoVoices, assertVouched } from './parties.js';
import { atIndex, showRoots } from './roots.js';
import { putSlice, restPolicy } from './slices.js';

/** What an offer depends on. That the certificate has no status yet, and the payee no other one of that id, the ledger has checked. */
export interface OfferFacts {
  readonly caller: Caller;
  readonly bank: PublicRecord<'party'>;
  readonly issuer: PublicRecord<'party'>;
  readonly terms: Opened<'terms'>;
  readonly face: Opened<'face'>;
  readonly confirmation: Opened<'confirmation'>;
  readonly businessDate: string;
}

/** Offers a certificate to its payee: the bank shows it terms, face and confirmation, never the line. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, PARTY_ROLE, SAME_ORGANIZATION, STATE, OFFER_EXPIRY */
export function offer(
  request: ParsedRequest<'certificate:offer'>,
  secret: ParsedPrivate<'certificate:offer'>,
  facts: OfferFacts,
): Decision {
  const { bank, bankMsp, paymentDate } = facts.terms.record;
  assertActsFor(facts.caller, bank, bankMsp, ANY_HAND);
  assertVouched(facts.terms.record, facts.bank, facts.issuer);
  assertCertificate('offer', certificateState(facts.confirmation.record, undefined, facts.businessDate));
  if (secret.expiresOn < facts.businessDate || secret.expiresOn >= paymentDate) throw new TenorError('OFFER_EXPIRY');
  const { payeeMsp } = facts.face.record;
  const shown = showRoots([facts.terms, facts.face, facts.confirmation], facts.terms.record, payeeMsp);
  return { writes: [putStatus(request.certificateId, 'OFFERED', [bankMsp, payeeMsp], secret.expiresOn), ...shown] };
}

type StatusState = 'OFFERED' | 'DECLINED';

/** Writes the status of a certificate; the bank's book is its register. */
function putStatus(id: string, state: StatusState, mspIds: readonly string[], offerExpiresOn?: string): Write {
  const record = {
    schema: 'tenor.status/1' as const,
    id,
    state,
    ...(offerExpiresOn === undefined ? {} : { offerExpiresOn }),
  };
  return put(
    'status',
    id,
    record,
    mspIds.map((mspId) => ({ mspId })),
  );
}

/**
 * A certificate lives once its payee has taken it. The bank alone must not tell the issuer otherwise, who would give line and
 * documents back for a paper that others hold; either of the two may end it with the bank, so that settling needs no payee.
 */
function activeStatus({ id, bankMsp, issuerMsp }: Terms, payeeMsp: string): Write {
  const books = [{ mspId: bankMsp, policy: { all: [bankMsp], any: [payeeMsp, issuerMsp] } }, { mspId: payeeMsp }];
  return put('status', id, { schema: 'tenor.status/1', id, state: 'ACTIVE' }, books);
}

/** Ends a certificate for good: bank and issuer agreed on it, so the bank alone must not revive it in its register. */
export function endStatus(id: string, state: 'SETTLED' | 'UNWOUND', bankMsp: string, issuerMsp: string): Write {
  const books = [{ mspId: bankMsp, policy: { all: [bankMsp, issuerMsp] } }, { mspId: issuerMsp }];
  return put('status', id, { schema: 'tenor.status/1', id, state }, books);
}

/** One offered certificate with everything its payee relies on. */
export interface OfferedFacts {
  readonly terms: Opened<'terms'>;
  readonly face: Opened<'face'>;
  readonly confirmation: Opened<'confirmation'>;
  readonly status: Opened<'status'>;
  readonly bank: PublicRecord<'party'>;
  readonly issuer: PublicRecord<'party'>;
}

/** What accepting depends on. */
export interface AcceptFacts {
  readonly caller: Caller;
  readonly payee: PublicRecord<'party'>;
  readonly offered: readonly OfferedFacts[];
  readonly businessDate: string;
}

/** Accepts up to 50 offers of one bank to one payee: each becomes a root slice of the whole face. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, BATCH_MIXED, PARTY_ROLE, SAME_ORGANIZATION, STATE, OFFER_LAPSED */
export function accept(request: ParsedRequest<'certificate:accept'>, facts: AcceptFacts): Decision {
  const bankMsp = facts.offered[0]?.terms.record.bankMsp;
  const writes = request.items.flatMap((item, index) => {
    const offered = facts.offered[index];
    if (offered === undefined) throw new Error('every item was loaded');
    try {
      assertActsFor(facts.caller, offered.face.record.payee, offered.face.record.payeeMsp, ANY_HAND);
      if (offered.face.record.payee !== facts.payee.id || offered.terms.record.bankMsp !== bankMsp)
        throw new TenorError('BATCH_MIXED');
      return acceptOne(item.sliceId, offered, facts);
    } catch (error) {
      throw atIndex(error, index);
    }
  });
  return { writes };
}

function acceptOne(
  sliceId: string,
  { terms, face, confirmation, status, bank, issuer }: OfferedFacts,
  facts: AcceptFacts,
): Write[] {
  assertRole(facts.payee, 'supplier');
  assertVouched(terms.record, bank, issuer);
  assertCertificate('accept', certificateState(confirmation.record, status.record, facts.businessDate));
  const { payee, payeeMsp, amount, currency } = face.record;
  const slice = {
    ...{ id: sliceId, certificateId: terms.id, parentId: null, currency, amount, holder: payee, holderMsp: payeeMsp },
    ...{ tier: 0, state: 'FREE' as const, lock: null, children: [] },
  };
  return [
    activeStatus(terms.record, payeeMsp),
    putSlice(terms.record, slice, restPolicy(terms.record, payeeMsp), [payeeMsp]),
  ];
}

/** What declining depends on. */
export interface DeclineFacts extends Omit<OfferedFacts, 'bank' | 'issuer'> {
  readonly caller: Caller;
  readonly businessDate: string;
}

/** Declines an offer: costs nothing, needs no reason. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, STATE, OFFER_LAPSED */
export function decline(request: ParsedRequest<'certificate:decline'>, facts: DeclineFacts): Decision {
  const { payee, payeeMsp } = facts.face.record;
  assertActsFor(facts.caller, payee, payeeMsp, ANY_HAND);
  assertCertificate('decline', certificateState(facts.confirmation.record, facts.status.record, facts.businessDate));
  return { writes: [putStatus(request.certificateId, 'DECLINED', [facts.terms.record.bankMsp, payeeMsp])] };
}

/** What unwinding depends on. */
export interface UnwindFacts {
  readonly caller: Caller;
  readonly face: Opened<'face'>;
  readonly confirmation: Opened<'confirmation'>;
  readonly status: Opened<'status'> | undefined;
  readonly line: Opened<'line'> | undefined;
  readonly claims: readonly Opened<'claim'>[];
  readonly businessDate: string;
}

/** Restores line and documents exactly after a rejection, a refusal, a lapse, or a confirmation that was never offered. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, SAME_ORGANIZATION, STATE, BATCH_MIXED, DOCUMENT_FOREIGN */
export function unwind(request: ParsedRequest<'certificate:unwind'>, facts: UnwindFacts): Decision {
  const { bank, bankMsp, issuerMsp, amount } = facts.face.record;
  assertActsFor(facts.caller, bank, bankMsp, ANY_HAND);
  assertTwoVoices(facts.face.record);
  assertCertificate('unwind', certificateState(facts.confirmation.record, facts.status?.record, facts.businessDate));
  const face = facts.face.record;
  if (facts.line !== undefined) assertLineOf(facts.line.record, face);
  const restored = facts.line === undefined ? [] : [putLine(restoreLine(facts.line.record, BigInt(amount)))];
  const released = facts.claims.map(({ record }) => {
    assertClaimOf(record, face);
    return putClaim(deallocate(record, request.certificateId));
  });
  const ended = [
    endStatus(request.certificateId, 'UNWOUND', bankMsp, issuerMsp),
    ...keepRejection(facts.confirmation, bankMsp, issuerMsp),
  ];
  return { writes: [...ended, ...restored, ...released] };
}

/** A rejection was the bank's word alone. Once unwound, it is what stands against confirming the certificate after all. */
function keepRejection(confirmation: Opened<'confirmation'>, bankMsp: string, issuerMsp: string): Write[] {
  if (confirmation.record.outcome !== 'REJECTED') return [];
  const { kind, id, bytes } = confirmation;
  return [{ op: 'copy', kind, id, bytes, books: [{ mspId: bankMsp, policy: { all: [bankMsp, issuerMsp] } }] }];
}
