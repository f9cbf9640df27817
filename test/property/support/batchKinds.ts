/**
 * What the model asks of each kind of leg: who may lock a slice for it, what the slice is afterwards, and what has to add up before a party approves. Written
 * anew from docs/ARCHITECTURE.md and docs/settlement.md.
 */
import { isAsset, isMoney, legsOf, type BatchModel, type LegModel, type Model, type SliceModel } from './batchLegs.js';
import type { PartyName } from './memoryWorld.js';

/** Days after the last day of a pledge on which the pledgee can take the slice. */
const REALISE_DAYS = 30;
const DAY_MS = 86_400_000;
/** Who may lend. */
const LENDERS: readonly PartyName[] = ['bank', 'secondBank', 'thirdBank'];

/** A pledgee that does nothing for 30 days gives the slice up. */
export function standing({ state, pledge }: SliceModel, date: string): SliceModel['state'] {
  const isGivenUp = pledge !== undefined && Date.parse(date) > Date.parse(pledge.until) + REALISE_DAYS * DAY_MS;
  return state === 'PLEDGED' && isGivenUp ? 'FREE' : state;
}

/** Whether somebody is the pledgee, and has been shown the slice as it is. */
const isToldPledgee = ({ pledge }: SliceModel, who: PartyName): boolean =>
  pledge !== undefined && pledge.pledgee === who && pledge.isUntold !== true;

type Locks = (slice: SliceModel, leg: LegModel, date: string) => boolean;

const isFree: Locks = (slice, { sender }, date) => standing(slice, date) === 'FREE' && slice.holder === sender;

/** Whether the slice may be locked for a leg of each kind. */
const LOCKS: { readonly [What in LegModel['what']]: Locks } = {
  SLICE: isFree,
  SURRENDER: isFree,
  // It secures what a bank lends, and can be redeemed after the batch and before it is due.
  PLEDGE: (slice, leg, date) => {
    const { receiver, expiresOn, pledgedUntil = '', dueOn = '' } = leg;
    return isFree(slice, leg, date) && LENDERS.includes(receiver) && expiresOn <= pledgedUntil && pledgedUntil < dueOn;
  },
  // The pledgee gives it back to whom it belongs.
  UNPLEDGE: (slice, { sender, receiver }, date) =>
    standing(slice, date) === 'PLEDGED' && isToldPledgee(slice, sender) && slice.holder === receiver,
  CREDIT: () => true,
  BLOCK: () => true,
};

/** Whether the slice of a leg may be locked for it. */
export function mayLock({ slices, date }: Model, leg: LegModel): boolean {
  const slice = slices[leg.slice];
  return slice !== undefined && LOCKS[leg.what](slice, leg, date);
}

/** It is locked. What is to be given back stays pledged meanwhile. */
export function lock(slice: SliceModel, { what }: LegModel): void {
  slice.state = 'ALLOCATED';
  if (what !== 'UNPLEDGE') slice.pledge = undefined;
}

/** It is what it was before it was locked. A pledgee that did not ask for this is not told. */
export function unlock(slice: SliceModel, by: PartyName): void {
  const { pledge } = slice;
  slice.state = pledge === undefined ? 'FREE' : 'PLEDGED';
  if (pledge !== undefined && pledge.pledgee !== by) slice.pledge = { ...pledge, isUntold: true };
}

/** What a slice is after its leg. */
export const HANDED: { readonly [What in LegModel['what']]?: (slice: SliceModel, leg: LegModel) => void } = {
  SLICE: (slice, { receiver }) => void Object.assign(slice, { state: 'FREE', holder: receiver }),
  SURRENDER: (slice) => void (slice.state = 'PAID'),
  PLEDGE: (slice, { receiver: pledgee, pledgedUntil: until = '' }) =>
    void Object.assign(slice, { state: 'PLEDGED', pledge: { pledgee, until } }),
  UNPLEDGE: (slice) => void Object.assign(slice, { state: 'FREE', pledge: undefined }),
};

/** After the last day, and for 30 days, the pledgee may take what was not redeemed. */
export function mayRealise({ slices, date }: Model, { slice: index }: LegModel, who: PartyName): boolean {
  const slice = slices[index];
  if (slice?.pledge === undefined || standing(slice, date) !== 'PLEDGED') return false;
  return isToldPledgee(slice, who) && date > slice.pledge.until;
}

/** The slice is the pledgee's. */
export function realise(slice: SliceModel): void {
  if (slice.pledge !== undefined) slice.holder = slice.pledge.pledgee;
  Object.assign(slice, { state: 'FREE', pledge: undefined });
}

const sumOf = (legs: readonly LegModel[]): bigint => legs.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
const areAlike = (values: readonly unknown[]): boolean => new Set(values).size <= 1;

/** A party nets all that it gives and takes, or nothing: only what goes back to who owes it, in one currency, for one payment date, and as much as it gets. */
export function isNetted(batch: BatchModel, who: PartyName): boolean {
  const own = legsOf(batch, who);
  if (!own.some(({ nets }) => nets)) return true;
  const assets = own.filter(isAsset);
  const [given, got] = [own.filter(({ sender }) => sender === who), own.filter(({ receiver }) => receiver === who)];
  return (
    own.every(({ nets }) => nets) &&
    assets.every(({ what }) => what === 'SURRENDER') &&
    areAlike(own.map(({ currency }) => currency)) &&
    areAlike(assets.map(({ dueOn }) => dueOn)) &&
    sumOf(given) === sumOf(got)
  );
}

/** An exchange is of two legs of the batch, and the leg that names it is one of them. */
export function isOfPair({ legs }: BatchModel, { id, exchange }: LegModel): boolean {
  if (exchange === undefined) return true;
  const pair = [exchange.baseLegId, exchange.quoteLegId];
  return areDifferent(pair) && pair.includes(id) && pair.every((each) => legs.some((leg) => leg.id === each));
}

const areDifferent = ([one, other]: readonly string[]): boolean => one !== other;

/** Both sides accept the same rate until its last day. What the base comes to by it is what the other one pays, and a part of a minor unit that is booked. */
export function isExchanged({ date }: Model, batch: BatchModel, who: PartyName): boolean {
  const own = legsOf(batch, who);
  return own.every(({ exchange }) => {
    if (exchange === undefined) return true;
    const [base, quote] = [exchange.baseLegId, exchange.quoteLegId].map((id) => own.find((leg) => leg.id === id));
    if (base === undefined || quote === undefined) return false;
    const isSaidByBoth = areAlike([base.exchange, quote.exchange].map((said) => JSON.stringify(said)));
    const isOpposite = base.sender === quote.receiver && base.receiver === quote.sender;
    const areTwo = base.currency !== quote.currency;
    return isSaidByBoth && isOpposite && areTwo && followsFrom(exchange, base, quote) && date <= exchange.validUntil;
  });
}

/** Nothing is made or lost by rounding down: less than one minor unit is left, and the residual says how much less. */
export function followsFrom(
  {
    numerator,
    denominator,
    residual,
  }: { readonly numerator: string; readonly denominator: string; readonly residual: string },
  base: { readonly amount: string },
  quote: { readonly amount: string },
): boolean {
  const [left, whole] = [BigInt(residual), BigInt(denominator)];
  return left < whole && BigInt(base.amount) * BigInt(numerator) === BigInt(quote.amount) * whole + left;
}

const seersOf = (leg: LegModel): readonly PartyName[] => [
  ...[leg.register, leg.sender, leg.receiver],
  ...(isMoney(leg) ? [leg.payerBank, leg.payeeBank] : []),
];

/** Whether somebody has to do with every leg, so that all of it may be shown. */
export const seesAll = ({ legs }: BatchModel, who: PartyName): boolean =>
  legs.every((leg) => seersOf(leg).includes(who));

/** Whether registers, and all who give and take, may see every leg. */
export const isOneAudience = (batch: BatchModel): boolean =>
  batch.legs.every(({ register, sender, receiver }) =>
    [register, sender, receiver].every((each) => seesAll(batch, each)),
  );
