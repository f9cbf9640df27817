/** Legs of a batch on which rules may rely: register, organisations and parties agree with each other and with the registry. */
import { TenorError } from '../protocol/errors.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';
import { LIMITS } from '../protocol/limits.js';
import type { Leg, PublicRecord, Slice } from '../protocol/records/index.js';
import { cashOf, rowOf } from './batches.js';
import { put, unsalted, type Opened, type Unsalted, type Write } from './decision.js';
import { assertSlice } from './lifecycle.js';
import { assertBound, type Party } from './parties.js';
import type { Demand } from './presentments.js';
import { assertStandIn, proverOf, type Prover } from './standIns.js';
import type { HeldSlice } from './vouched.js';

declare const VOUCHED: unique symbol;

/** The parties that a leg names, as the registry has them. */
export interface LegParties {
  readonly sender: Party;
  readonly receiver: Party;
  /** Of a leg that moves money. */
  readonly payerBank: Party | undefined;
  readonly payeeBank: Party | undefined;
}

/** A leg whose register and parties were checked. */
export interface VouchedLeg extends Opened<'leg'>, LegParties {
  readonly [VOUCHED]: true;
}

/** What an instruction says of its leg. */
export type Said = Omit<Unsalted<'leg'>, 'schema' | 'id' | 'batchId' | 'legIds' | 'instructedOn'>;

/** Whose book registers a leg: the bank of the slice, the bank that proves the credit, or the bank that blocks the money. */
const REGISTER: { readonly [What in Leg['what']]: (leg: Leg) => string | undefined } = {
  SLICE: ({ sliceId = '' }) => registerOf(sliceId),
  SURRENDER: ({ sliceId = '' }) => registerOf(sliceId),
  PLEDGE: ({ sliceId = '' }) => registerOf(sliceId),
  UNPLEDGE: ({ sliceId = '' }) => registerOf(sliceId),
  CREDIT: ({ cash }) => cash?.payeeBankMsp,
  BLOCK: ({ cash }) => cash?.payerBankMsp,
};

/** @throws TenorError OPENING_MISMATCH, PARTY_ROLE */
export function vouchLeg(
  opened: Opened<'leg'>,
  parties: LegParties,
  policies: PublicRecord<'policies'> | undefined,
): VouchedLeg {
  const { id, record } = opened;
  const isDrawn = record.senderMsp === drawerOf(id) && REGISTER[record.what](record) === registerOf(id);
  if (!isDrawn || !record.legIds.includes(id)) throw new TenorError('OPENING_MISMATCH', { kind: 'leg', id });
  assertBound(parties.sender, record.sender, record.senderMsp, undefined);
  assertBound(parties.receiver, record.receiver, record.receiverMsp, undefined);
  const { cash } = record;
  if (cash !== undefined && parties.payerBank !== undefined && parties.payeeBank !== undefined) {
    assertBound(parties.payerBank, cash.payerBank, cash.payerBankMsp, 'bank');
    assertBound(parties.payeeBank, cash.payeeBank, cash.payeeBankMsp, 'bank');
  }
  assertStandIn(opened, policies);
  return { ...opened, ...parties } as VouchedLeg;
}

/** A leg that moves money, as what a payment pays. @throws TenorError LEG_KIND */
export function demandOf({ id, record, receiver, payerBank, payeeBank }: VouchedLeg): Demand {
  const cash = cashOf(record, 'CREDIT', 'BLOCK');
  if (payerBank === undefined || payeeBank === undefined) throw new Error('a leg of money has two banks');
  const { receiverMsp: holderMsp, currency, amount, instructedOn: presentedOn } = record;
  const { payerBankMsp: bankMsp, ...payee } = cash;
  return {
    ...{ id, holder: receiver, bank: payerBank, payeeBank },
    record: { holderMsp, bankMsp, ...payee, currency, amount, presentedOn, state: 'OPEN' },
  };
}

/** Who gives a slice that is locked for a leg: its holder, or its pledgee. */
function giverOf({ holder, holderMsp, lock }: Slice): readonly [party: string, mspId: string] {
  const pledge = lock?.kind === 'SETTLEMENT' ? lock.pledge : undefined;
  return pledge === undefined ? [holder, holderMsp] : [pledge.counterparty, pledge.counterpartyMsp];
}

/** What leg and slice have to say alike. */
const claims = ({ sliceId, currency, amount, sender, senderMsp, receiverMsp }: Leg): readonly unknown[] => [
  ...[sliceId, currency, amount, sender, senderMsp, receiverMsp],
];

/** The slice is locked for this leg, and is what the leg says. */
export function isAllocated({ id, record }: Opened<'leg'>, { slice }: HeldSlice): boolean {
  const { state, lock, currency, amount } = slice.record;
  if (state !== 'ALLOCATED' || lock?.kind !== 'SETTLEMENT' || lock.id !== id) return false;
  const held = [slice.id, currency, amount, ...giverOf(slice.record), lock.counterpartyMsp];
  return claims(record).every((claim, index) => claim === held[index]);
}

/**
 * Whoever takes a slice and pays its holder by one of these legs can have it without the holder: the lock names who proves that payment, or who stands in for the
 * holder there. It need not where nobody does who is apart from the slice's bank and from the two.
 */
export function isWithinReach(
  { record }: Opened<'leg'>,
  { slice, certificate }: HeldSlice,
  legs: readonly Opened<'leg'>[],
): boolean {
  const { sender, senderMsp, receiver, receiverMsp, legIds } = record;
  const sides = [certificate.terms.record.bankMsp, senderMsp, receiverMsp];
  const provers = legs
    .filter(({ record: paid }) => paid.cash !== undefined && paid.sender === receiver && paid.receiver === sender)
    .map((paid) => proverOf(rowOf(paid), sides, legIds))
    .filter((prover) => prover !== undefined);
  return provers.length === 0 || provers.some((prover) => isNamed(prover, slice.record.lock));
}

const isNamed = ({ proverMsp, counterValue }: Prover, lock: Slice['lock']): boolean =>
  lock?.kind === 'SETTLEMENT' && lock.proverMsp === proverMsp && lock.counterValue?.legHash === counterValue?.legHash;

/** @throws TenorError LEG_FOREIGN */
export function assertAllocated(leg: Opened<'leg'>, held: HeldSlice): void {
  if (!isAllocated(leg, held)) throw new TenorError('LEG_FOREIGN');
}

type Change = Partial<Pick<Slice, 'holder' | 'holderMsp' | 'tier' | 'state' | 'lock' | 'liable'>>;

/** What each kind of leg makes of a slice. */
const MAKES: { readonly [What in Leg['what']]?: (leg: Opened<'leg'>, slice: Slice) => Change } = {
  SLICE: ({ record: leg }, { tier, liable }) => ({
    ...{ holder: leg.receiver, holderMsp: leg.receiverMsp, tier: tier + 1, state: 'FREE', lock: null },
    liable: liableAfter(leg, liable),
  }),
  // It keeps the holder whom it paid, and what locked it.
  SURRENDER: () => ({ state: 'PAID' }),
  PLEDGE: ({ id, record: { receiver: counterparty, receiverMsp: counterpartyMsp, pledgedUntil = '' } }) => ({
    ...{ state: 'PLEDGED', lock: { kind: 'PLEDGE', id, counterparty, counterpartyMsp, expiresOn: pledgedUntil } },
  }),
  UNPLEDGE: () => ({ state: 'FREE', lock: null }),
};

/**
 * The slice after its leg. @param readers the organisations that take a copy: receiver and sender, if not said otherwise
 * @throws TenorError STATE, LEG_FOREIGN
 */
export function handedOver(
  leg: Opened<'leg'>,
  held: HeldSlice,
  businessDate: string,
  readers: readonly string[] = [leg.record.receiverMsp, leg.record.senderMsp],
): Write {
  assertSlice('complete', held.slice.record, businessDate);
  assertAllocated(leg, held);
  return passedOn(leg, held, readers);
}

/** What its leg makes of a slice, of which everything else was checked. */
export function passedOn(
  leg: Opened<'leg'>,
  { slice: { record: slice } }: HeldSlice,
  readers: readonly string[],
): Write {
  const { liable, ...made } = { liable: slice.liable, ...MAKES[leg.record.what]?.(leg, slice) };
  const { liable: _before, ...rest } = unsalted(slice);
  return put('slice', slice.id, { ...rest, ...made, ...(liable === undefined ? {} : { liable }) }, readers);
}

/** The slice as it was before its leg: free, or pledged. @param readers the organisations that take a copy, if not all */
export function givenBack({ slice }: HeldSlice, readers?: readonly string[]): Write {
  const { lock } = slice.record;
  const pledge = lock?.kind === 'SETTLEMENT' ? lock.pledge : undefined;
  const before: Change =
    pledge === undefined ? { state: 'FREE', lock: null } : { state: 'PLEDGED', lock: { kind: 'PLEDGE', ...pledge } };
  return put('slice', slice.id, { ...unsalted(slice.record), ...before }, readers);
}

/** Only who sells a slice answers for it. @throws TenorError LEG_KIND, LIABLE_EXCEEDED */
export function assertRecourse(recourse: true | undefined, what: Leg['what'], { liable = [] }: Slice): void {
  if (recourse === undefined) return;
  if (what !== 'SLICE') throw new TenorError('LEG_KIND', { what });
  if (liable.length >= LIMITS.liable) throw new TenorError('LIABLE_EXCEEDED');
}

/** With recourse the seller joins those who answer. A sale without recourse ends the list: nobody before it answers to the buyer. */
const liableAfter = ({ recourse, sender, senderMsp }: Leg, before: Slice['liable'] = []): Slice['liable'] =>
  recourse === true ? [...before, { party: sender, mspId: senderMsp }] : undefined;
