/** Due slices of one holder are presented together, to be paid by one payment into one account. */
import { TenorError } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';
import { sumMinor } from '../protocol/money.js';
import type { Presentment, PublicRecord } from '../protocol/records.js';
import type { ParsedPrivate, ParsedRequest } from '../protocol/transactions.js';
import { ANY_HAND, assertActsFor, put, type Caller, type Decision, type Opened, type Write } from './decision.js';
import { assertDue, assertSlice } from './lifecycle.js';
import { assertRole, assertTwoVoices } from './parties.js';
import { atIndex } from './roots.js';
import { agreedPolicy, assertRoot, putSlice, unsalted } from './slices.js';

/** A slice with the terms of its root. */
export interface RootedSlice {
  readonly slice: Opened<'slice'>;
  readonly terms: Opened<'terms'>;
}

/** What a presentment depends on. */
export interface PresentFacts {
  readonly caller: Caller;
  readonly slices: readonly RootedSlice[];
  readonly payeeBank: PublicRecord<'party'>;
  readonly businessDate: string;
}

/**
 * Presents up to 50 slices of one holder, issuer, bank and currency. Written by holder, bank and payee's bank; the issuer is not needed.
 * @throws TenorError DUPLICATE_ITEM, CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, PARTY_ROLE, AMOUNT_OUT_OF_RANGE, OPENING_MISMATCH, SAME_ORGANIZATION, BATCH_MIXED, STATE, DUE_NOT_REACHED
 */
export function present(
  request: ParsedRequest<'settlement:present'>,
  secret: ParsedPrivate<'settlement:present'>,
  facts: PresentFacts,
): Decision {
  const first = facts.slices[0];
  if (first === undefined) throw new Error('a request names at least one slice');
  if (new Set(request.sliceIds).size !== request.sliceIds.length) throw new TenorError('DUPLICATE_ITEM');
  const { bank, bankMsp } = first.terms.record;
  const { holder, holderMsp, currency } = first.slice.record;
  assertActsFor(facts.caller, holder, holderMsp, ANY_HAND);
  assertRole(facts.payeeBank, 'bank');
  const payeeBankMsp = facts.payeeBank.mspId;
  const amount = sumMinor(facts.slices.map(({ slice }) => slice.record.amount));
  if (amount > LIMITS.amountMax) throw new TenorError('AMOUNT_OUT_OF_RANGE'); // no payment message could carry it
  const presentment: Omit<Presentment, 'salt'> = {
    ...{ schema: 'tenor.presentment/1', id: request.presentmentId, holder, holderMsp, bank, bankMsp },
    ...{ payeeBank: secret.payeeBank, payeeBankMsp, account: secret.account, currency },
    amount: amount.toString(),
    sliceIds: [...request.sliceIds],
  };
  // Its register is the holder's book, yet the bank pays on it: the holder alone must not take it back.
  const books = [
    { mspId: holderMsp, policy: { all: [bankMsp, holderMsp] } },
    { mspId: bankMsp },
    { mspId: payeeBankMsp },
  ];
  return {
    writes: [
      put('presentment', presentment.id, presentment, books),
      ...facts.slices.map((each, index) => presentOne(each, first, presentment, facts.businessDate, index)),
    ],
  };
}

function presentOne(
  { slice, terms }: RootedSlice,
  first: RootedSlice,
  presentment: Omit<Presentment, 'salt'>,
  businessDate: string,
  index: number,
): Write {
  try {
    assertRoot(slice, terms);
    assertTwoVoices(terms.record);
    assertAlike(slice, terms, first);
    assertSlice('present', slice.record, businessDate);
    assertDue(terms.record, businessDate);
  } catch (error) {
    throw atIndex(error, index);
  }
  const { holderMsp, payeeBankMsp } = presentment;
  const lock = { kind: 'PRESENTMENT' as const, id: presentment.id, counterpartyMsp: payeeBankMsp };
  const locked = { ...unsalted(slice.record), state: 'PRESENTED' as const, lock };
  return putSlice(terms.record, locked, agreedPolicy(terms.record, holderMsp, payeeBankMsp), [holderMsp]);
}

/** One payment pays them all, so one payer, one payee, one currency. */
function assertAlike(slice: Opened<'slice'>, terms: Opened<'terms'>, first: RootedSlice): void {
  const alike =
    slice.record.holder === first.slice.record.holder &&
    slice.record.holderMsp === first.slice.record.holderMsp &&
    slice.record.currency === first.slice.record.currency &&
    terms.record.bankMsp === first.terms.record.bankMsp &&
    terms.record.bank === first.terms.record.bank &&
    terms.record.issuer === first.terms.record.issuer;
  if (!alike) throw new TenorError('BATCH_MIXED');
}
