/** A whole slice passes on: offered by its holder under four eyes, accepted or declined by the transferee; silence lapses. */
import { TenorError } from '../protocol/errors.js';
import type { PublicRecord, Slice } from '../protocol/records.js';
import type { ParsedPrivate, ParsedRequest } from '../protocol/transactions.js';
import { ANY_HAND, assertActsFor, type Decision } from './decision.js';
import { assertBeforeDue, assertSlice } from './lifecycle.js';
import { assertRole, assertVouched } from './parties.js';
import { showRoots } from './roots.js';
import { agreedPolicy, assertRoot, putSlice, restPolicy, unsalted } from './slices.js';
import type { SliceFacts } from './split.js';
import { useTicket, type TicketFacts } from './ticket.js';

/** What offering a slice depends on. */
export interface TransferFacts extends SliceFacts {
  readonly transferee: PublicRecord<'party'>;
  readonly bank: PublicRecord<'party'>;
  readonly issuer: PublicRecord<'party'>;
  readonly ticket: TicketFacts;
}

/** Offers a slice. @throws TenorError OPENING_MISMATCH, CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, TICKET_MISMATCH, SAME_PERSON, TICKET_EXPIRED, STATE, DUE_REACHED, PARTY_ROLE, SAME_ORGANIZATION, SELF_TRANSFER, TIER_EXCEEDED, OFFER_EXPIRY */
export function transfer(
  request: ParsedRequest<'certificate:transfer'>,
  secret: ParsedPrivate<'certificate:transfer'>,
  facts: TransferFacts,
): Decision {
  const { transferee, slice, businessDate } = facts;
  const terms = facts.terms.record;
  const { holder, holderMsp, tier } = slice.record;
  assertRoot(slice, facts.terms);
  assertActsFor(facts.caller, holder, holderMsp, ['checker']);
  const ticketGone = useTicket(facts.ticket, facts.caller, holder, businessDate);
  assertSlice('transfer', slice.record, businessDate);
  assertBeforeDue(terms, businessDate);
  assertVouched(terms, facts.bank, facts.issuer);
  assertRole(transferee, 'supplier', 'bank');
  if (transferee.id === holder) throw new TenorError('SELF_TRANSFER');
  if (tier >= terms.maxTier) throw new TenorError('TIER_EXCEEDED');
  if (secret.expiresOn < businessDate || secret.expiresOn >= terms.paymentDate) throw new TenorError('OFFER_EXPIRY');
  const counterparty = { counterparty: transferee.id, counterpartyMsp: transferee.mspId };
  const lock = { kind: 'TRANSFER' as const, id: request.transferId, ...counterparty, expiresOn: secret.expiresOn };
  const offered = { ...unsalted(slice.record), state: 'OFFERED' as const, lock };
  const policy = agreedPolicy(terms, holderMsp, transferee.mspId);
  return {
    writes: [
      putSlice(terms, offered, policy, [holderMsp, transferee.mspId]),
      ...showRoots([facts.terms], terms, transferee.mspId),
      ticketGone,
    ],
  };
}

/** What answering an offered slice depends on. */
export interface AnswerFacts extends SliceFacts {
  readonly transferee: PublicRecord<'party'>;
  readonly bank: PublicRecord<'party'>;
  readonly issuer: PublicRecord<'party'>;
}

type TransferLock = Extract<Slice['lock'], { kind: 'TRANSFER' }>;

function offeredLock(transferId: string, facts: AnswerFacts): TransferLock {
  const { lock } = facts.slice.record;
  assertRoot(facts.slice, facts.terms);
  if (lock?.kind !== 'TRANSFER' || lock.id !== transferId)
    throw new TenorError('STATE', { state: facts.slice.record.state });
  return lock;
}

/** Takes an offered slice over; the former holder's copy is superseded. @throws TenorError OPENING_MISMATCH, STATE, CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, OFFER_LAPSED, DUE_REACHED, PARTY_ROLE, SAME_ORGANIZATION */
export function acceptTransfer(request: ParsedRequest<'certificate:acceptTransfer'>, facts: AnswerFacts): Decision {
  const slice = facts.slice.record;
  const terms = facts.terms.record;
  const lock = offeredLock(request.transferId, facts);
  assertActsFor(facts.caller, lock.counterparty, lock.counterpartyMsp, ANY_HAND);
  assertSlice('acceptTransfer', slice, facts.businessDate);
  assertBeforeDue(terms, facts.businessDate);
  assertVouched(terms, facts.bank, facts.issuer);
  assertRole(facts.transferee, 'supplier', 'bank');
  const holder = { holder: lock.counterparty, holderMsp: lock.counterpartyMsp };
  const taken = { ...unsalted(slice), ...holder, tier: slice.tier + 1, state: 'FREE' as const, lock: null };
  const writes = [putSlice(terms, taken, restPolicy(terms, holder.holderMsp), [holder.holderMsp])];
  return { writes, endorsers: guardsOf(facts) };
}

/** The key's policy asks for one of holder and transferee, or for the holder where the transferee's organisation is the bank's. */
function guardsOf({ slice, terms }: AnswerFacts): readonly string[] {
  return slice.record.lock?.counterpartyMsp === terms.record.bankMsp ? [slice.record.holderMsp] : [];
}

/** Gives an offered slice back before the offer lapses. @throws TenorError OPENING_MISMATCH, STATE, CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, OFFER_LAPSED */
export function declineTransfer(request: ParsedRequest<'certificate:declineTransfer'>, facts: AnswerFacts): Decision {
  const slice = facts.slice.record;
  const terms = facts.terms.record;
  const lock = offeredLock(request.transferId, facts);
  assertActsFor(facts.caller, lock.counterparty, lock.counterpartyMsp, ANY_HAND);
  assertSlice('declineTransfer', slice, facts.businessDate);
  const free = { ...unsalted(slice), state: 'FREE' as const, lock: null };
  const readers = request.books === 'register' ? [lock.counterpartyMsp] : [slice.holderMsp, lock.counterpartyMsp];
  const writes = [putSlice(terms, free, restPolicy(terms, slice.holderMsp), readers)];
  return { writes, endorsers: guardsOf(facts) };
}
