/** Presents due slices: the rule for whoever presents them, the holder itself or its bank by a mandate. */
import { TenorError } from '../protocol/errors.js';
import type { Consolidating } from './consolidations.js';
import { put, unsalted, type Write } from './decision.js';
import { eachItem, firstOf } from './items.js';
import { assertDue, assertSlice } from './lifecycle.js';
import { mergedByCertificate } from './merging.js';
import { digitsOf, type Stated } from './money.js';
import { assertRole, type Party } from './parties.js';
import { otherSideOf, standInFor } from './presentments.js';
import { policyOn } from './submission.js';
import { assertAlike, totalOf } from './together.js';
import type { HeldSlice } from './vouched.js';
import type { Presentment, PublicRecord } from '../protocol/records/index.js';

/** What is asked for, and who asks for it. */
export interface Presenting {
  readonly id: string;
  readonly step: 'present' | 'presentUnderMandate';
  /** Where the money goes, as the holder said it. */
  readonly into: Pick<Presentment, 'account' | 'payeeBank' | 'endToEndId' | 'mandateId'>;
  /** Ids of the slices that these become, one for each certificate. Absent: each is presented as it is. */
  readonly mergedIds?: readonly string[] | undefined;
}

/** The records and registry records on which it relies. */
export interface PresentingFacts {
  readonly slices: readonly HeldSlice[];
  /** What is said of the holder's slices of each certificate, where they are merged. */
  readonly consolidations?: ReadonlyMap<string, Consolidating>;
  readonly payeeBank: Party;
  readonly policies: PublicRecord<'policies'> | undefined;
  readonly departures: PublicRecord<'departures'>;
  readonly today: string;
}

/** The presentment, and its slices locked for it. @throws TenorError PARTY_ROLE, BATCH_MIXED, STATE, DUE_NOT_REACHED, AMOUNT_OUT_OF_RANGE */
export function presented({ id, step, into, mergedIds }: Presenting, facts: PresentingFacts): readonly Write[] {
  const { slices, consolidations = new Map<string, Consolidating>(), payeeBank, today } = facts;
  const first = firstOf(slices);
  const { bank, bankMsp } = first.certificate.terms.record;
  const { holder, holderMsp, currency } = first.slice.record;
  assertRole(payeeBank, 'bank');
  const taken = eachItem(slices, (held) => {
    assertAlike(held, first);
    assertSlice(step, held.slice.record, today);
    assertDue(held.certificate.terms.record, today);
    return held.slice.record;
  });
  const amount = totalOf(taken);
  const merged = mergedIds === undefined ? [] : mergedByCertificate(taken, mergedIds, consolidations);
  const locked = mergedIds === undefined ? taken.map(unsalted) : merged.map(({ whole }) => whole);
  const sides = sidesOf(first, facts);
  const lock = { kind: 'PRESENTMENT' as const, id, counterpartyMsp: otherSideOf(sides) };
  return [
    put('presentment', id, {
      ...{ schema: 'tenor.presentment/1', id, holder, holderMsp, bank, bankMsp },
      ...{ ...into, ...sides, currency, amount: digitsOf(amount), presentedOn: today },
      sliceIds: locked.map((slice) => slice.id),
      state: 'OPEN',
    }),
    ...merged.flatMap(({ parts }) => parts),
    ...locked.map((slice) => put('slice', slice.id, { ...slice, state: 'PRESENTED', lock })),
  ];
}

/**
 * The bank's word on the payment that it is about to send for a presentment: what `payment:report` writes with the status PDNG.
 * @throws TenorError PAYMENT_MISMATCH if it is not all that is presented
 */
export function announced(
  { uetr, currency, amount, messageHash }: Stated & { readonly uetr: string; readonly messageHash: string },
  presentmentId: string,
  slices: readonly HeldSlice[],
): readonly Write[] {
  const { bankMsp } = firstOf(slices).certificate.terms.record;
  const total = totalOf(slices.map(({ slice }) => slice.record));
  if (currency !== total.currency || amount !== digitsOf(total)) throw new TenorError('PAYMENT_MISMATCH');
  return [
    put('payment', uetr, {
      ...{ schema: 'tenor.payment/1', id: uetr, presentmentId, bankMsp, currency, amount, status: 'PDNG', messageHash },
    }),
    put('remittance', presentmentId, { schema: 'tenor.remittance/1', id: presentmentId, bankMsp, paymentId: uetr }),
  ];
}

/** The payee's bank, and who may speak for a payee that shares the bank of its payer. */
function sidesOf(
  { slice, certificate }: HeldSlice,
  { payeeBank, policies, departures, today }: PresentingFacts,
): Pick<Presentment, 'payeeBankMsp' | 'standIn'> {
  const { bankMsp, issuerMsp } = certificate.terms.record;
  const payeeBankMsp = payeeBank.mspId;
  if (payeeBankMsp !== bankMsp) return { payeeBankMsp };
  const leaving = departures.organizations.map(({ mspId }) => mspId);
  const apartFrom = [bankMsp, issuerMsp, slice.record.holderMsp, ...leaving];
  const standIn = standInFor(policyOn(policies, today), apartFrom);
  return standIn === undefined ? { payeeBankMsp } : { payeeBankMsp, standIn };
}
