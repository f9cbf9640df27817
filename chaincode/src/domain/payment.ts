/** Proof that money arrived: the payer's bank reports, the payee's bank attests, and where they are one the payee acknowledges. */
import { TenorError } from '../protocol/errors.js';
import type { BookRecord, Presentment } from '../protocol/records.js';
import type { ParsedPrivate, ParsedRequest } from '../protocol/transactions.js';
import { ANY_HAND, assertActsFor, put, type Caller, type Decision, type Opened, type Write } from './decision.js';
import { assertSlice } from './lifecycle.js';
import { assertTwoVoices } from './parties.js';
import type { RootedSlice } from './present.js';
import { putSlice, unsalted } from './slices.js';
import { useTicket, type TicketFacts } from './ticket.js';

/** What a payment report depends on. */
export interface ReportFacts {
  readonly caller: Caller;
  readonly presentment: Opened<'presentment'>;
  /** An earlier report of the same UETR. */
  readonly earlier: Opened<'payment'> | undefined;
}

const FINAL: readonly string[] = ['ACCC', 'RJCT'];

/** Stores what a pacs.002 says of a payment, in the paying bank's own book. A later status replaces an earlier one until it is final. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, UETR_USED, STATE, PAYMENT_MISMATCH */
export function reportPayment(
  request: ParsedRequest<'settlement:reportPayment'>,
  secret: ParsedPrivate<'settlement:reportPayment'>,
  facts: ReportFacts,
): Decision {
  const { bank, bankMsp } = facts.presentment.record;
  assertActsFor(facts.caller, bank, bankMsp, ANY_HAND);
  const earlier = facts.earlier?.record;
  if (earlier !== undefined && earlier.presentmentId !== request.presentmentId) throw new TenorError('UETR_USED');
  if (earlier !== undefined && FINAL.includes(earlier.status)) throw new TenorError('STATE', { state: earlier.status });
  assertAmount(facts.presentment.record, secret);
  const record = {
    schema: 'tenor.payment/1' as const,
    id: request.uetr,
    presentmentId: request.presentmentId,
    ...secret,
  };
  return { writes: [put('payment', record.id, record, [{ mspId: bankMsp }])] };
}

/** Amount and currency of a message against what was presented: no partial payment, no over-payment. @throws TenorError PAYMENT_MISMATCH */
function assertAmount(presentment: Presentment, money: { readonly currency: string; readonly amount: string }): void {
  if (money.currency !== presentment.currency || money.amount !== presentment.amount)
    throw new TenorError('PAYMENT_MISMATCH');
}

/** What an attestation depends on. */
export interface AttestFacts {
  readonly caller: Caller;
  readonly presentment: Opened<'presentment'>;
  readonly ticket: TicketFacts;
  readonly businessDate: string;
}

/** Attests that the creditor's account was credited, from a camt.054, in the payee's bank's own book. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, TICKET_MISMATCH, SAME_PERSON, TICKET_EXPIRED, ACCOUNT_MISMATCH, PAYMENT_MISMATCH */
export function attestCredit(
  request: ParsedRequest<'settlement:attestCredit'>,
  secret: ParsedPrivate<'settlement:attestCredit'>,
  facts: AttestFacts,
): Decision {
  const presentment = facts.presentment.record;
  const { payeeBank, payeeBankMsp, bankMsp } = presentment;
  assertActsFor(facts.caller, payeeBank, payeeBankMsp, ['checker']);
  const ticketGone = useTicket(facts.ticket, facts.caller, payeeBank, facts.businessDate);
  if (secret.account !== presentment.account) throw new TenorError('ACCOUNT_MISMATCH');
  assertAmount(presentment, secret);
  const { currency, amount, valueDate, messageHash } = secret;
  const record = {
    ...{ schema: 'tenor.attestation/1' as const, id: request.uetr, presentmentId: request.presentmentId },
    ...{ currency, amount, valueDate, messageHash },
  };
  const books = [{ mspId: payeeBankMsp, policy: { all: [bankMsp, payeeBankMsp] } }, { mspId: bankMsp }];
  return { writes: [put('attestation', record.id, record, books), ticketGone] };
}

/** What an acknowledgement depends on. */
export interface AcknowledgeFacts {
  readonly caller: Caller;
  readonly presentment: Opened<'presentment'>;
  readonly slices: readonly RootedSlice[];
  readonly businessDate: string;
}

/**
 * The payee says that it has the money. Needed where its bank is also the payer's. From here the bank alone can close the slices:
 * a payee that was paid cannot stall. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, ACKNOWLEDGEMENT_UNNEEDED, SAME_ORGANIZATION, STATE
 */
export function acknowledge(request: ParsedRequest<'settlement:acknowledge'>, facts: AcknowledgeFacts): Decision {
  const { holder, holderMsp, bankMsp, payeeBankMsp, currency, amount } = facts.presentment.record;
  assertActsFor(facts.caller, holder, holderMsp, ANY_HAND);
  if (!needsAcknowledgement(facts.presentment.record))
    throw new TenorError('ACKNOWLEDGEMENT_UNNEEDED', { bank: payeeBankMsp });
  const record = {
    schema: 'tenor.acknowledgement/1' as const,
    id: request.presentmentId,
    uetr: request.uetr,
    currency,
    amount,
  };
  const slices = facts.slices.map(({ slice, terms }) => {
    assertPresented(slice, terms, facts.presentment);
    assertSlice('acknowledge', slice.record, facts.businessDate);
    return putSlice(terms.record, { ...unsalted(slice.record), state: 'ACKNOWLEDGED' }, { all: [bankMsp] }, [
      holderMsp,
    ]);
  });
  // Said is said: a payee that took its word back could stall what was paid.
  const books = [{ mspId: holderMsp, policy: { all: [bankMsp, holderMsp] } }, { mspId: bankMsp }];
  return { writes: [put('acknowledgement', record.id, record, books), ...slices] };
}

/** The payee's bank proves nothing against itself: where it is the payer's bank too, the payee must speak. */
export const needsAcknowledgement = (presentment: Presentment): boolean =>
  presentment.payeeBankMsp === presentment.bankMsp;

/**
 * A slice belongs to the presentment that its lock names. A presentment names its own register (the holder's book), so anyone can
 * write one under that id at home: it counts only where holder and banks are those of the slice.
 * @throws TenorError SAME_ORGANIZATION, STATE
 */
function assertPresented(slice: Opened<'slice'>, terms: Opened<'terms'>, { id, record }: Opened<'presentment'>): void {
  assertTwoVoices(terms.record);
  const { lock, state, holder, holderMsp } = slice.record;
  const isLocked = lock?.kind === 'PRESENTMENT' && lock.id === id && lock.counterpartyMsp === record.payeeBankMsp;
  const isHolders = holder === record.holder && holderMsp === record.holderMsp;
  const isBanks = terms.record.bank === record.bank && terms.record.bankMsp === record.bankMsp;
  if (!isLocked || !isHolders || !isBanks) throw new TenorError('STATE', { state, sliceId: slice.id });
}

/** What a release depends on. */
export interface ReleaseFacts {
  readonly caller: Caller;
  readonly presentment: Opened<'presentment'>;
  readonly payment: Opened<'payment'>;
  readonly attestation: Opened<'attestation'>;
  /** Undefined where none is needed. */
  readonly acknowledgement: Opened<'acknowledgement'> | undefined;
  readonly slices: readonly RootedSlice[];
  readonly businessDate: string;
}

/** Slices become PAID against proof. @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, PAYMENT_NOT_FINAL, PAYMENT_MISMATCH, ACKNOWLEDGEMENT_NEEDED, SAME_ORGANIZATION, STATE */
export function release(request: ParsedRequest<'settlement:release'>, facts: ReleaseFacts): Decision {
  const presentment = facts.presentment.record;
  const { bank, bankMsp, holderMsp, payeeBankMsp } = presentment;
  assertActsFor(facts.caller, bank, bankMsp, ANY_HAND);
  assertProven(request, facts);
  const readers = request.books === 'register' ? [] : [holderMsp];
  const writes: Write[] = facts.slices.map(({ slice, terms }) => {
    assertPresented(slice, terms, facts.presentment);
    assertSlice('release', slice.record, facts.businessDate);
    const paid = { ...unsalted(slice.record), state: 'PAID' as const };
    return putSlice(terms.record, paid, { all: [bankMsp] }, readers);
  });
  // The key's policy asks for one of holder and payee's bank. An acknowledged slice asks for the bank alone.
  return { writes, endorsers: readers.length === 0 && payeeBankMsp !== bankMsp ? [payeeBankMsp] : [] };
}

function assertProven({ uetr, presentmentId }: ParsedRequest<'settlement:release'>, facts: ReleaseFacts): void {
  const { presentment, payment, attestation, acknowledgement } = facts;
  const proofs: readonly Pick<BookRecord<'payment'>, 'presentmentId' | 'currency' | 'amount'>[] = [
    payment.record,
    attestation.record,
  ];
  for (const proof of proofs) {
    if (proof.presentmentId !== presentmentId) throw new TenorError('PAYMENT_MISMATCH');
    assertAmount(presentment.record, proof);
  }
  if (payment.record.status !== 'ACCC') throw new TenorError('PAYMENT_NOT_FINAL', { status: payment.record.status });
  if (!needsAcknowledgement(presentment.record)) return;
  if (acknowledgement === undefined) throw new TenorError('ACKNOWLEDGEMENT_NEEDED', { presentmentId });
  if (acknowledgement.record.uetr !== uetr) throw new TenorError('PAYMENT_MISMATCH');
  assertAmount(presentment.record, acknowledgement.record);
}
