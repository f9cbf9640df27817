/** The issuer's promise: its checker turns a draft into immutable roots in both books, and reserves the documents. */
import { addMonths, dayNumber } from '../protocol/dates.js';
import { TenorError } from '../protocol/errors.js';
import { sumMinor } from '../protocol/money.js';
import type { Claim, DraftContent, Policy, PublicRecord } from '../protocol/records.js';
import type { ParsedRequest } from '../protocol/transactions.js';
import { modifiedFollowing } from './calendar.js';
import { allocate, assertClaimOf, putClaim } from './claim.js';
import { assertActsFor, put, remove, type Caller, type Decision, type Opened, type Write } from './decision.js';
import { drawLine, putLine } from './line.js';
import { assertApart, assertRole } from './parties.js';
import { confirmationWrites, rootBooks } from './roots.js';

/** What a submission depends on. */
export interface SubmitFacts {
  readonly caller: Caller;
  readonly draft: Opened<'draft'>;
  readonly issuer: PublicRecord<'party'>;
  readonly bank: PublicRecord<'party'>;
  readonly payee: PublicRecord<'party'>;
  readonly policies: PublicRecord<'policies'>;
  readonly calendar: PublicRecord<'calendar'>;
  readonly businessDate: string;
  readonly claims: readonly Opened<'claim'>[];
  /** The line to draw at once, when the issuer asks for automatic confirmation. */
  readonly line: Opened<'line'> | undefined;
}

/**
 * Submits a certificate; with a line that allows it, confirms it in the same step.
 * @throws TenorError CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, SAME_PERSON, PARTY_ROLE, SAME_ORGANIZATION, POLICY_MISSING, DUE_DATE_PAST, TENOR_EXCEEDED,
 * TENOR_UNJUSTIFIED, SME_TERM_EXCEEDED, DUPLICATE_ITEM, SUM_MISMATCH, DOCUMENT_FOREIGN, DOCUMENT_CAPACITY, LINE_NOT_AUTOMATIC, BATCH_MIXED,
 * CURRENCY_MISMATCH, LINE_EXPIRED, LINE_EXCEEDED
 */
export function submit(request: ParsedRequest<'certificate:submit'>, facts: SubmitFacts): Decision {
  const { content, maker } = facts.draft.record;
  assertActsFor(facts.caller, facts.issuer.id, facts.issuer.mspId, ['checker']);
  if (maker === facts.caller.identity) throw new TenorError('SAME_PERSON');
  assertRole(facts.issuer, 'issuer');
  assertRole(facts.bank, 'bank');
  assertRole(facts.payee, 'supplier');
  assertApart(facts.issuer, facts.bank);
  const policy = policyInForce(facts.policies, facts.businessDate);
  const paymentDate = modifiedFollowing(facts.calendar, content.dueDate);
  assertTenor(content, paymentDate, policy, facts);
  assertBacked(content, facts.claims);
  return {
    writes: [
      ...rootWrites(request.certificateId, content, paymentDate, policy, facts),
      ...facts.claims.map((claim, index) => reserve(claim.record, request.certificateId, facts, index)),
      remove('draft', request.certificateId, facts.issuer.mspId),
      ...drawAtOnce(request.certificateId, facts),
    ],
  };
}

/** The last policy in force on a date. @throws TenorError POLICY_MISSING */
export function policyInForce(policies: PublicRecord<'policies'>, businessDate: string): Policy {
  const policy = policies.versions.filter(({ effectiveFrom }) => effectiveFrom <= businessDate).at(-1);
  if (policy === undefined) throw new TenorError('POLICY_MISSING');
  return policy;
}

function assertTenor(content: DraftContent, paymentDate: string, policy: Policy, facts: SubmitFacts): void {
  const { businessDate } = facts;
  // A due date on a holiday at the end of a month is paid before it: what is paid today or earlier can no longer be offered.
  if (content.dueDate <= businessDate || paymentDate <= businessDate) throw new TenorError('DUE_DATE_PAST');
  if (content.dueDate > addMonths(businessDate, policy.maxTenorMonths)) throw new TenorError('TENOR_EXCEEDED');
  const long = content.dueDate > addMonths(businessDate, policy.justifyBeyondMonths);
  if (long && content.tenorJustification === undefined) throw new TenorError('TENOR_UNJUSTIFIED');
  const days = dayNumber(content.dueDate) - dayNumber(content.deliveredOn);
  if (facts.payee.sme && days > policy.smePaymentDays) throw new TenorError('SME_TERM_EXCEEDED');
}

/** Each document is named once. Every kind of document put forward covers the whole face by itself, and invoices are always among them. */
function assertBacked(content: DraftContent, claims: readonly Opened<'claim'>[]): void {
  const ids = content.claims.map(({ claimId }) => claimId);
  if (new Set(ids).size !== ids.length) throw new TenorError('DUPLICATE_ITEM');
  const types = new Set(['INVOICE', ...claims.map(({ record }) => record.type)]);
  for (const type of types) {
    const amounts = content.claims
      .filter((_, index) => claims[index]?.record.type === type)
      .map(({ amount }) => amount);
    if (sumMinor(amounts) !== BigInt(content.amount)) throw new TenorError('SUM_MISMATCH', { type });
  }
}

/** What is submitted, with the organisations that the registry binds to its parties. */
function certificateOf({ draft, issuer, bank }: SubmitFacts): DraftContent & { issuerMsp: string; bankMsp: string } {
  return { ...draft.record.content, issuerMsp: issuer.mspId, bankMsp: bank.mspId };
}

function reserve(claim: Claim, certificateId: string, facts: SubmitFacts, index: number): Write {
  const content = certificateOf(facts);
  assertClaimOf(claim, content);
  return putClaim(allocate(claim, certificateId, content.claims[index]?.amount ?? '0'));
}

function rootWrites(
  id: string,
  content: DraftContent,
  paymentDate: string,
  policy: Policy,
  facts: SubmitFacts,
): Write[] {
  const { issuer, bank, currency, dueDate, mode, payee, amount, deliveredOn, claims, tenorJustification } = content;
  const parties = { issuer, issuerMsp: facts.issuer.mspId, bank, bankMsp: facts.bank.mspId };
  const terms = {
    ...{ schema: 'tenor.terms/1' as const, id, ...parties, currency, dueDate, mode },
    paymentDate,
    policyVersion: policy.version,
    maxTier: policy.maxTier,
    maxChildren: policy.maxChildren,
  };
  const face = {
    ...{
      schema: 'tenor.face/1' as const,
      id,
      ...parties,
      payee,
      payeeMsp: facts.payee.mspId,
      currency,
      amount,
      dueDate,
    },
    ...{ deliveredOn, claims },
    ...(tenorJustification === undefined ? {} : { tenorJustification }),
  };
  const books = rootBooks(parties.issuerMsp, parties.bankMsp);
  return [put('terms', id, terms, books), put('face', id, face, books)];
}

function drawAtOnce(certificateId: string, facts: SubmitFacts): Write[] {
  const { line } = facts;
  if (line === undefined) return [];
  if (!line.record.autoConfirm) throw new TenorError('LINE_NOT_AUTOMATIC', { lineId: line.id });
  const { bankMsp, issuerMsp } = line.record;
  const content = certificateOf(facts);
  const drawn = drawLine(line.record, content, BigInt(content.amount));
  return [...confirmationWrites([certificateId], line.id, 'LINE', issuerMsp, bankMsp), putLine(drawn)];
}
