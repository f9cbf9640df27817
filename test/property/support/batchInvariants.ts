/** What holds of the books of batches whatever happened, told from the records alone and from what the model knows of the money outside. */
import { expect } from '@jest/globals';
import { batchIdOf } from '../../../client/src/batches.js';
import { isAsset } from '../../../chaincode/src/protocol/records/leg.js';
import type { BookRecord, Leg, Slice, Terms } from '../../../chaincode/src/protocol/records/index.js';
import { followsFrom } from './batchKinds.js';
import type { BatchModel, Model } from './batchLegs.js';
import type { Real } from './batchSteps.js';
import { PART, TRADERS } from './batchWorld.js';
import { LEI, mspOf, type MemoryWorld, type PartyName } from './memoryWorld.js';

const recordsOf = <Of>(world: MemoryWorld, party: PartyName, kind: string): Of[] =>
  world.ledger.records(mspOf(party), kind) as unknown as Of[];

/** All of it. */
export function assertBooks(model: Model, real: Real): void {
  assertSlices(model, real);
  assertPaidOnce(real);
  for (const batch of model.batches) assertOneOutcome(batch, real);
}

/** One holder each, where the model has it, and nothing made or lost. */
function assertSlices(model: Model, { world, pieces }: Real): void {
  const stored = new Map(
    ['bank' as const, 'secondBank' as const].flatMap((bank) =>
      recordsOf<Slice>(world, bank, 'slice').map((slice) => [slice.id, slice] as const),
    ),
  );
  pieces.forEach(({ id }, index) => {
    const { holder, state, pledge } = model.slices[index] ?? { holder: 'operator', state: 'FREE' };
    const slice = stored.get(id);
    expect([slice?.state, slice?.holder, slice?.holderMsp]).toEqual([state, LEI[holder], mspOf(holder)]);
    // Whoever has it in pledge, the slice stays its holder's, and says until when it can be redeemed.
    const pledged = pledge === undefined ? undefined : [LEI[pledge.pledgee], mspOf(pledge.pledgee), pledge.until];
    expect(pledgeOf(slice)).toEqual(pledged);
  });
  for (const certificateId of new Set(pieces.map((piece) => piece.certificateId))) {
    const live = [...stored.values()].filter((each) => each.certificateId === certificateId && each.state !== 'SPENT');
    const count = pieces.filter((piece) => piece.certificateId === certificateId).length;
    expect(live.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(PART * BigInt(count));
  }
}

/** To whom a slice is pledged, and until when. */
function pledgeOf(slice: Slice | undefined): readonly string[] | undefined {
  const { lock } = slice ?? {};
  const pledge = lock?.kind === 'SETTLEMENT' ? lock.pledge : lock?.kind === 'PLEDGE' ? lock : undefined;
  return pledge === undefined ? undefined : [pledge.counterparty, pledge.counterpartyMsp, pledge.expiresOn];
}

/** A bank credits a payment once, for one leg, and a leg once. What went back counts no more. */
function assertPaidOnce({ world }: Real): void {
  for (const bank of TRADERS) {
    const back = new Set(recordsOf<BookRecord<'return'>>(world, bank, 'return').map(({ id }) => id));
    const credited = recordsOf<BookRecord<'attestation'>>(world, bank, 'attestation').filter(({ id }) => !back.has(id));
    const legs = recordsOf<BookRecord<'leg'>>(world, bank, 'leg').filter(({ what }) => what === 'CREDIT');
    for (const { id, currency, amount } of legs) {
      const paid = credited.filter(({ legId }) => legId === id);
      expect(paid.length).toBeLessThanOrEqual(1);
      for (const each of paid) expect([each.currency, each.amount]).toEqual([currency, amount]);
    }
  }
}

/** The outcome is the same in all registers or in none; what is committed has its money, and keeps it; what was released is never committed. */
function assertOneOutcome(batch: BatchModel, { world }: Real): void {
  const id = batchIdOf(batch.legs.map((leg) => leg.id));
  const registers = [...new Set(batch.legs.map(({ register }) => register))];
  const outcomes = registers.map((bank) =>
    recordsOf<BookRecord<'outcome'>>(world, bank, 'outcome').find((outcome) => outcome.id === id),
  );
  expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  const state = outcomes[0]?.state;
  expect(state).toBe(batch.outcome);
  const states = batch.legs.map((leg) => leg.state);
  if (states.includes('MOVED')) expect(state).toBe('COMMITTED');
  if (state === 'COMMITTED') expect(states).not.toContain('RELEASED');
  if (state !== 'COMMITTED') return;
  assertBalanced(batch, { world });
  const legs = batch.legs.flatMap(({ id: legId, register }) =>
    recordsOf<Leg>(world, register, 'leg').filter((leg) => leg.id === legId),
  );
  assertNetted(legs, world);
  assertExchanged(legs);
}

/** Whoever nets gets as much as it gives, by the records of all legs: in one currency, and by slices of one payment date. */
function assertNetted(legs: readonly Leg[], world: MemoryWorld): void {
  const dueOn = dueDatesOf(world);
  for (const party of new Set(legs.flatMap(({ sender, receiver }) => [sender, receiver]))) {
    const own = legs.filter(({ sender, receiver }) => sender === party || receiver === party);
    if (!own.some(({ nets }) => nets === true)) continue;
    const rest = own.reduce((sum, { sender, amount }) => sum + BigInt(amount) * (sender === party ? 1n : -1n), 0n);
    const dates = own.flatMap(({ sliceId }) => (sliceId === undefined ? [] : [dueOn.get(sliceId)]));
    expect([rest, new Set(own.map(({ currency }) => currency)).size, new Set(dates).size <= 1]).toEqual([0n, 1, true]);
  }
}

/** By slice, the payment date of its certificate. */
function dueDatesOf(world: MemoryWorld): ReadonlyMap<string, string | undefined> {
  const [slices, terms] = (['slice', 'terms'] as const).map((kind) =>
    (['bank', 'secondBank'] as const).flatMap((bank) => recordsOf<Slice & Terms>(world, bank, kind)),
  );
  const dates = new Map<string, string>(terms?.map(({ id, paymentDate }) => [id, paymentDate]));
  return new Map(slices?.map(({ id, certificateId }) => [id, dates.get(certificateId)]));
}

/** Of an exchange both amounts, and what rounding leaves, follow from the rate that both legs name. */
function assertExchanged(legs: readonly Leg[]): void {
  for (const { cash } of legs) {
    if (cash?.exchange === undefined) continue;
    const { exchange } = cash;
    const pair = [exchange.baseLegId, exchange.quoteLegId].map((id) => legs.find((leg) => leg.id === id));
    const [base, quote] = pair;
    expect(pair.map((leg) => leg?.cash?.exchange)).toEqual([exchange, exchange]);
    expect(base !== undefined && quote !== undefined && followsFrom(exchange, base, quote)).toBe(true);
    expect(base?.currency).not.toBe(quote?.currency);
  }
}

/** By currency, what was to be credited came in at the payees' banks for these legs, whether it went back later or not; what was blocked is still blocked. */
function assertBalanced({ legs }: BatchModel, { world }: Pick<Real, 'world'>): void {
  const [due, got] = [new Map<string, bigint>(), new Map<string, bigint>()];
  const book = (sums: Map<string, bigint>, currency: string, amount: string): void =>
    void sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
  for (const { id, what, register, payeeBank, currency, amount } of legs) {
    if (isAsset(what)) continue;
    book(due, currency, amount);
    const isBlocked = recordsOf<BookRecord<'proof'>>(world, register, 'proof').some(
      (proof) => proof.id === id && proof.what === 'BLOCKED',
    );
    const credit = recordsOf<BookRecord<'attestation'>>(world, payeeBank, 'attestation').find(
      ({ legId }) => legId === id,
    );
    if (what === 'BLOCK' && isBlocked) book(got, currency, amount);
    if (what === 'CREDIT' && credit !== undefined) book(got, credit.currency, credit.amount);
  }
  expect(got).toEqual(due);
}
