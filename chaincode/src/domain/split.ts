/** A slice becomes parts that add up to it; the whole stays as a tombstone naming them. */
import { TenorError } from '../protocol/errors.js';
import { sumMinor } from '../protocol/money.js';
import type { ParsedPrivate, ParsedRequest } from '../protocol/transactions.js';
import { ANY_HAND, assertActsFor, type Caller, type Decision, type Opened } from './decision.js';
import { assertBeforeDue, assertSlice } from './lifecycle.js';
import { assertTwoVoices } from './parties.js';
import { assertRoot, putSlice, restPolicy, unsalted } from './slices.js';

/** What every step of a slice depends on. */
export interface SliceFacts {
  readonly caller: Caller;
  readonly slice: Opened<'slice'>;
  readonly terms: Opened<'terms'>;
  readonly businessDate: string;
}

/** Splits a slice. @throws TenorError OPENING_MISMATCH, CALLER_NOT_REGISTERED, CALLER_NOT_ALLOWED, SAME_ORGANIZATION, STATE, DUE_REACHED, CHILDREN_EXCEEDED, DUPLICATE_ITEM, SUM_MISMATCH */
export function split(
  request: ParsedRequest<'certificate:split'>,
  secret: ParsedPrivate<'certificate:split'>,
  facts: SliceFacts,
): Decision {
  const whole = facts.slice.record;
  const terms = facts.terms.record;
  assertRoot(facts.slice, facts.terms);
  assertActsFor(facts.caller, whole.holder, whole.holderMsp, ANY_HAND);
  assertTwoVoices(terms);
  assertSlice('split', whole, facts.businessDate);
  assertBeforeDue(terms, facts.businessDate);
  assertParts(request.partIds, secret.amounts, BigInt(whole.amount), terms.maxChildren);
  const policy = restPolicy(terms, whole.holderMsp);
  const rest = { ...unsalted(whole), lock: null };
  const parts = request.partIds.map((id, index) =>
    putSlice(terms, { ...rest, id, parentId: whole.id, amount: secret.amounts[index] ?? '0', state: 'FREE' }, policy, [
      whole.holderMsp,
    ]),
  );
  const tombstone = putSlice(terms, { ...rest, state: 'SPENT', children: [...request.partIds] }, policy, [
    whole.holderMsp,
  ]);
  return { writes: [tombstone, ...parts] };
}

function assertParts(ids: readonly string[], amounts: readonly string[], whole: bigint, maxChildren: number): void {
  if (ids.length < 2 || ids.length > maxChildren) throw new TenorError('CHILDREN_EXCEEDED');
  if (new Set(ids).size !== ids.length) throw new TenorError('DUPLICATE_ITEM');
  if (amounts.length !== ids.length || sumMinor(amounts) !== whole) throw new TenorError('SUM_MISMATCH');
}
