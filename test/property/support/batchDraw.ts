/** Batches by chance: legs in a ring, loans with their repayment, nets, and exchanges; seldom with a mistake in them. */
import fc from 'fast-check';
import type { BankName, BatchModel, ExchangeModel, LegModel, Model } from './batchLegs.js';
import type { Real } from './batchSteps.js';
import { PART, type BatchWorld, type Piece } from './batchWorld.js';
import { START, type PartyName } from './memoryWorld.js';

const BANKS = ['bank', 'secondBank', 'thirdBank'] as const;
const ENDS = ['2026-12-04', '2026-12-11'];
/** Last day of what is given after a pledge has lapsed. */
const LATE_END = '2027-02-12';

/** One of a list, by any number. */
export function pick<Item>(list: readonly Item[], index: number): Item {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('the list is empty');
  return item;
}

/** One of a list that is not this one. */
const another = <Item>(list: readonly Item[], than: Item, index: number): Item =>
  pick(
    list.filter((each) => each !== than),
    index,
  );

const bank = fc.constantFrom(...BANKS);
const end = fc.constantFrom(...ENDS);
const paid = { payerBank: bank, payeeBank: bank, expiresOn: end };
/** Where money moves, and until when. */
interface Paid {
  readonly payerBank: BankName;
  readonly payeeBank: BankName;
  readonly expiresOn: string;
}
type Money = Paid & Pick<LegModel, 'amount' | 'currency'> & { readonly what: 'CREDIT' | 'BLOCK' };

/** A leg, before it is known what pays for it. */
type Drawn = Omit<LegModel, 'inReturn'>;

const UNTOUCHED = {
  row: undefined,
  state: 'DRAWN',
  isBlocked: false,
  sent: undefined,
  credited: undefined,
  isDenied: false,
  isAcknowledged: false,
  isAfterArrival: false,
  replaced: undefined,
} as const;

/** Money is registered by the bank that proves it. */
function moneyBetween({ world }: BatchWorld, said: Money, sender: PartyName, receiver: PartyName): Drawn {
  const { what, payerBank, payeeBank, amount, currency, expiresOn } = said;
  const register = what === 'CREDIT' ? payeeBank : payerBank;
  const leg = { what, payerBank, payeeBank, amount, currency, expiresOn, sender, receiver, register };
  return { ...leg, ...UNTOUCHED, slice: 0, id: world.id(register, sender) };
}

type Asset = Pick<LegModel, 'what' | 'expiresOn' | 'pledgedUntil'>;

/** A slice, which its bank registers. */
function assetBetween(
  { world, pieces }: BatchWorld,
  piece: Piece,
  said: Asset,
  sender: PartyName,
  receiver: PartyName,
): Drawn {
  const { register, dueOn } = piece;
  const banks = { payerBank: register, payeeBank: register };
  const leg = { ...said, ...banks, sender, receiver, register, dueOn, currency: 'USD' as const };
  const { pledgedUntil, ...rest } = leg;
  const until = pledgedUntil === undefined ? {} : { pledgedUntil };
  const drawn = { amount: PART.toString(), slice: pieces.indexOf(piece), id: world.id(register, sender) };
  return { ...rest, ...until, ...drawn, ...UNTOUCHED };
}

const legSpec = fc.record({
  what: fc.constantFrom('ASSET' as const, 'CREDIT' as const, 'ASSET' as const, 'CREDIT' as const, 'BLOCK' as const),
  ...{ slice: fc.nat({ max: 5 }), from: fc.nat({ max: 10 }), to: fc.nat({ max: 9 }), ...paid },
  isPledge: fc.boolean(),
  currency: fc.constantFrom('USD' as const, 'CNY' as const),
  amount: fc.integer({ min: 1, max: 500 }).map(String),
});
type LegSpec = typeof legSpec extends fc.Arbitrary<infer Spec> ? Spec : never;

/** Who gives and takes. */
const TRADING: readonly PartyName[] = ['supplier', 'contractor', 'issuer', 'secondBank'];

/** Legs in a ring, so that whoever gives also takes; seldom the ring is broken. */
function inRing(on: BatchWorld, specs: readonly LegSpec[]): Drawn[] {
  const ring: PartyName[] = [];
  for (const [index, { from }] of specs.entries()) {
    const beside = [ring.at(-1), index === specs.length - 1 ? ring[0] : undefined];
    ring.push(
      pick(
        TRADING.filter((party) => !beside.includes(party)),
        from,
      ),
    );
  }
  return specs.map((spec, index) => {
    const sender = pick(ring, index);
    const receiver = spec.to === 0 && spec.from === 0 ? another(TRADING, sender, index) : pick(ring, index + 1);
    return legBetween(on, spec, sender, receiver);
  });
}

/** A slice goes back to its issuer and on to anybody else, a bank may have it in pledge. Who holds none gives money. */
function legBetween(on: BatchWorld, spec: LegSpec, sender: PartyName, receiver: PartyName): Drawn {
  const held = on.pieces.filter(({ holder }) => holder === sender);
  const { what, expiresOn } = spec;
  if (what !== 'ASSET' || held.length === 0)
    return moneyBetween(on, { ...spec, what: what === 'BLOCK' ? what : 'CREDIT' }, sender, receiver);
  const piece = pick(held, spec.slice);
  const pledge = { what: 'PLEDGE', expiresOn, pledgedUntil: pick(ENDS, spec.slice) } as const;
  const passes = { what: receiver === piece.issuer ? ('SURRENDER' as const) : ('SLICE' as const), expiresOn };
  const isPledge = spec.isPledge && receiver === 'secondBank';
  return assetBetween(on, piece, isPledge ? pledge : passes, sender, receiver);
}

/** What pays for a leg, by somebody apart from those who have to do with it; else any other leg, as one holder in three names. */
function returnFor(leg: Drawn, index: number, legs: readonly Drawn[]): string {
  const pays = legs.find(
    ({ what, sender, receiver, register }) =>
      (what === 'CREDIT' || what === 'BLOCK') &&
      sender === leg.receiver &&
      receiver === leg.sender &&
      ![leg.register, leg.sender, leg.receiver].includes(register),
  );
  return (index === 4 ? undefined : pays)?.id ?? pick(legs, index + 1).id;
}

/** Legs in one ring. */
export const rings = (maxLength: number): fc.Arbitrary<Theme> =>
  fc.array(legSpec, { minLength: 2, maxLength }).map((specs) => (on) => [inRing(on, specs)]);

/** What one theme makes: its batches. */
type Theme = (on: BatchWorld) => Drawn[][];

/** A bank lends against a slice. The second batch repays the loan and redeems the slice; by a third one the holder sells what nobody took. */
export const loansAndSales: fc.Arbitrary<Theme> = fc
  .record({
    ...{ slice: fc.nat({ max: 8 }), lender: fc.nat({ max: 5 }), ...paid, back: fc.record(paid) },
    what: fc.constantFrom('CREDIT' as const, 'CREDIT' as const, 'BLOCK' as const),
    amount: fc.integer({ min: 1, max: 500 }).map(String),
    /** The first of these is over before some batches are. */
    until: fc.constantFrom('2026-12-04', '2026-12-11', '2026-12-18'),
    /** Holder and lender have their accounts where the slice is. So all of it may be shown to all. */
    isAtOneBank: fc.boolean(),
    /** Seldom the lender would give the slice to somebody else. */
    isAstray: fc.nat({ max: 4 }).map((number) => number === 0),
  })
  .map((spec) => (on) => {
    const piece = pick(on.pieces, spec.slice);
    const { holder } = piece;
    const lender = pick(BANKS, spec.lender);
    const pledge = { what: 'PLEDGE' as const, expiresOn: spec.expiresOn, pledgedUntil: spec.until };
    const one = spec.isAtOneBank ? { payerBank: piece.register, payeeBank: piece.register } : {};
    const money = { ...spec, currency: 'USD' as const, ...one };
    const sold = another(TRADING, holder, spec.slice);
    const getsIt = spec.isAstray ? another(TRADING, lender, spec.slice) : holder;
    const passes = { what: sold === piece.issuer ? ('SURRENDER' as const) : ('SLICE' as const), expiresOn: LATE_END };
    return [
      [assetBetween(on, piece, pledge, holder, lender), moneyBetween(on, money, lender, holder)],
      [
        assetBetween(on, piece, { what: 'UNPLEDGE', expiresOn: spec.back.expiresOn }, lender, getsIt),
        moneyBetween(on, { ...money, ...spec.back, ...one }, holder, lender),
      ],
      [
        assetBetween(on, piece, passes, holder, sold),
        moneyBetween(on, { ...money, expiresOn: LATE_END }, sold, holder),
      ],
    ];
  });

/** The loan and its repayment alone. */
export const loans: fc.Arbitrary<Theme> = loansAndSales.map((theme) => (on) => theme(on).slice(0, 2));

/** Who owes whom: each of these holds what the next one has issued, or pays it. */
const OWING: readonly (readonly PartyName[])[] = [
  ['supplier', 'issuer'],
  ['contractor', 'issuer'],
  ['supplier', 'issuer', 'contractor'],
  ['secondBank', 'issuer', 'contractor'],
];
/** What may be wrong with a net. */
const NOT_NET: Readonly<Record<string, (leg: Drawn) => Drawn>> = {
  none: (leg) => leg,
  silent: ({ nets: _not, ...leg }) => leg,
  amount: (leg) => (isMoneyLeg(leg) ? { ...leg, amount: (BigInt(leg.amount) + 1n).toString() } : leg),
  currency: (leg) => (isMoneyLeg(leg) ? { ...leg, currency: 'CNY' } : leg),
  kind: (leg) => (isMoneyLeg(leg) ? leg : { ...leg, what: 'SLICE' }),
};
const isMoneyLeg = ({ what }: Drawn): boolean => what === 'CREDIT' || what === 'BLOCK';

/** Parties that owe each other in a ring net what they owe. Money that makes up for the rest comes in two parts. */
export const nets: fc.Arbitrary<Theme> = fc
  .record({
    ...{ owing: fc.constantFrom(...OWING), slice: fc.nat({ max: 5 }), part: fc.bigInt({ min: 1n, max: PART - 1n }) },
    ...{ ...paid, wrong: fc.constantFrom('none', 'none', 'none', ...Object.keys(NOT_NET)), at: fc.nat({ max: 4 }) },
    what: fc.constantFrom('CREDIT' as const, 'CREDIT' as const, 'BLOCK' as const),
  })
  .map((spec) => (on) => {
    const { owing, part } = spec;
    const legs = owing.flatMap((sender, index): Drawn[] => {
      const receiver = pick(owing, index + 1);
      const held = on.pieces.filter(({ holder, issuer }) => holder === sender && issuer === receiver);
      const surrender = { what: 'SURRENDER' as const, expiresOn: spec.expiresOn };
      if (held.length > 0) return [assetBetween(on, pick(held, spec.slice), surrender, sender, receiver)];
      const parts = [part, PART - part].map((amount) => ({ amount: amount.toString(), currency: 'USD' as const }));
      return parts.map((amount) => moneyBetween(on, { ...spec, ...amount }, sender, receiver));
    });
    const wrong = spec.at % legs.length;
    const netted = legs.map((leg): Drawn => ({ ...leg, nets: true }));
    return [netted.map((leg, index) => (index === wrong ? (NOT_NET[spec.wrong] ?? (() => leg))(leg) : leg))];
  });

const oneMore = (amount: string): string => (BigInt(amount) + 1n).toString();
/** What the two legs may say else: both the same, or one of them. */
const NOT_EXCHANGED: Readonly<Record<string, (base: Drawn, quote: Drawn, said: ExchangeModel) => Drawn[]>> = {
  none: (...[base, quote]) => [base, quote],
  amount: (base, quote) => [base, { ...quote, amount: oneMore(quote.amount) }],
  residual: (base, quote, said) => {
    const exchange = { ...said, residual: oneMore(said.residual) };
    return [base, quote].map((leg) => ({ ...leg, exchange }));
  },
  source: (base, quote, said) => [base, { ...quote, exchange: { ...said, source: 'another one' } }],
  silent: (base, { exchange: _not, ...quote }) => [base, quote],
  pair: (base, quote, said) => [base, { ...quote, exchange: { ...said, baseLegId: said.quoteLegId } }],
  currency: (base, quote) => [base, { ...quote, currency: 'USD' }],
};

/** Two parties exchange dollars for yuan, at a rate that leaves a rest. */
export const exchanges: fc.Arbitrary<Theme> = fc
  .record({
    ...{ one: fc.nat({ max: 9 }), other: fc.nat({ max: 9 }), base: fc.record(paid), quote: fc.record(paid) },
    ...{ amount: fc.bigInt({ min: 1n, max: 500n }), denominator: fc.bigInt({ min: 1n, max: 1000n }) },
    ...{ over: fc.bigInt({ min: 0n, max: 9000n }), validUntil: fc.constantFrom(START, '2026-12-04', '2026-12-31') },
    wrong: fc.constantFrom('none', 'none', ...Object.keys(NOT_EXCHANGED)),
    what: fc.constantFrom('CREDIT' as const, 'BLOCK' as const),
  })
  .map((spec) => (on) => {
    const one = pick(TRADING, spec.one);
    const other = another(TRADING, one, spec.other);
    const [amount, denominator, numerator] = [spec.amount, spec.denominator, spec.denominator + spec.over];
    const [got, residual] = [(amount * numerator) / denominator, (amount * numerator) % denominator];
    const { what } = spec;
    const base = moneyBetween(on, { ...spec.base, what, amount: amount.toString(), currency: 'USD' }, one, other);
    const quote = moneyBetween(on, { ...spec.quote, what, amount: got.toString(), currency: 'CNY' }, other, one);
    const said: ExchangeModel = {
      ...{ baseLegId: base.id, quoteLegId: quote.id, source: 'ECB', validUntil: spec.validUntil },
      ...{ numerator: numerator.toString(), denominator: denominator.toString(), residual: residual.toString() },
    };
    const legs = [base, quote].map((leg) => ({ ...leg, exchange: said }));
    return [NOT_EXCHANGED[spec.wrong]?.(pick(legs, 0), pick(legs, 1), said) ?? legs];
  });

/** A ledger of its own, with batches that are only drawn, and the model of it. */
export function setup(origin: BatchWorld, themes: readonly Theme[]): { readonly model: Model; readonly real: Real } {
  const { pieces } = origin;
  const on = { world: origin.world.clone(), pieces };
  const batches = themes
    .flatMap((theme) => theme(on))
    .map((legs): BatchModel => ({
      legs: legs.map((leg, index) => ({ ...leg, inReturn: returnFor(leg, index, legs) })),
      ...{ said: new Map(), outcome: undefined },
    }));
  const slices = pieces.map(({ holder }) => ({ holder, state: 'FREE' as const }));
  const said = { reported: new Map(), attested: new Map(), returned: new Map() };
  return { model: { date: START, batches, slices, ...said }, real: { ...on, told: [] } };
}
