/**
 * Batches with money, model based: whatever is allocated, instructed, approved, sent, credited, sent back, committed, aborted and released, by whomever and in
 * whatever order, a model of the money outside tells which steps pass. No asset moves without its money, no register says anything else than the others, and
 * in the end nothing stays locked.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exchanges, loans, loansAndSales, nets, pick, rings, setup } from './support/batchDraw.js';
import { isAsset, type BatchModel, type LegModel, type Model } from './support/batchLegs.js';
import type { Verb } from './support/batchModel.js';
import {
  DATES,
  endPledges,
  finish,
  FIRST_UETR,
  goOn,
  moveTo,
  moveToEnd,
  play,
  refused,
  take,
  taken,
  turn,
  VERBS,
  whose,
} from './support/batchPlay.js';
import type { Real } from './support/batchSteps.js';
import { batchWorld, type BatchWorld } from './support/batchWorld.js';
import { runs } from './support/report.js';

let origin: BatchWorld;
beforeAll(async () => {
  origin = await batchWorld();
});

/** How a batch ends after its last day: money comes before a holder asks for its slice, after it, or by order and goes back; or nobody pays. */
const LATE = ['before', 'after', 'by order', 'aborted', 'not at all'] as const;

const UNORDERED = [
  ['attest', 100],
  ['acknowledge', 0],
  // What nobody attested takes nothing away.
  ['return', 200],
] as const;
/** What is said of the money of each leg, of which payment: its number, and that of the leg. */
const SAID: { readonly [When in (typeof LATE)[number]]: readonly (readonly [verb: Verb, number: number])[] } = {
  ...{ before: UNORDERED, after: UNORDERED, aborted: UNORDERED },
  'by order': [['report', 100], ...UNORDERED, ['reopen', 100], ['return', 100], ['reopen', 100]],
  'not at all': [['report', 100]],
};

/** One holder takes its slice back, and all the money comes. Never both: who has the money keeps no slice, and what was released is not committed. */
async function payLate(model: Model, real: Real, batch: BatchModel, when: (typeof LATE)[number]): Promise<void> {
  const first = batch.legs.find((leg) => isAsset(leg) && leg.state === 'INSTRUCTED');
  if (batch.outcome !== 'AGREED' || first === undefined) return;
  const go = (verb: Verb, leg: LegModel, number: number): Promise<string> => {
    const uetr = `0f2d6f5e-0d5a-4c1e-9b1a-${String(number).padStart(12, '0')}`;
    return take(model, real, verb, { batch, leg, who: whose(verb, leg), uetr, status: 'ACSP' });
  };
  if (when === 'after') await go('release', first, 0);
  if (when === 'aborted') await go('abort', first, 0);
  for (const [index, leg] of batch.legs.entries())
    if (leg.what === 'CREDIT') for (const [verb, number] of SAID[when]) await go(verb, leg, number + index);
  await go('release', first, 0);
  await go('commit', first, 0);
}

/** What is agreed waits for its money. */
const BEFORE_MONEY: readonly Verb[] = ['instruct', 'approve', 'block', 'agree'];

describe('batches with money', () => {
  it('go as the model says, deliver against payment, and leave nothing locked', async () => {
    const batches = fc.array(fc.oneof(rings(5), rings(5), loans, nets, exchanges), { minLength: 1, maxLength: 2 });
    const turns = fc.array(turn, { minLength: 20, maxLength: 50, size: 'max' });
    const property = fc.asyncProperty(batches, turns, async (themes, all) => {
      const { model, real } = setup(origin, themes);
      for (const each of all) await play(model, real, each);
      await finish(model, real);
    });
    await fc.assert(property, runs(14));
  });

  it('whose money comes late are either committed or released, never both', async () => {
    const property = fc.asyncProperty(rings(4), fc.constantFrom(...LATE), async (theme, when) => {
      const { model, real } = setup(origin, [theme]);
      await goOn(model, real, BEFORE_MONEY);
      await moveToEnd(model, real);
      for (const batch of model.batches) await payLate(model, real, batch, when);
      await finish(model, real);
    });
    await fc.assert(property, runs(20));
  });

  it('that a member declines are aborted, and all of it is free at once', async () => {
    const property = fc.asyncProperty(rings(4), async (theme) => {
      const { model, real } = setup(origin, [theme]);
      await goOn(model, real, ['instruct']);
      const batch = pick(model.batches, 0);
      for (const verb of ['abort', 'decline', 'agree', 'abort', 'release'] as const)
        for (const leg of batch.legs)
          await take(model, real, verb, { batch, leg, who: whose(verb, leg), uetr: FIRST_UETR, status: 'ACSP' });
    });
    await fc.assert(property, runs(6));
  });

  it('that lend against a slice give it back for the repayment, or to the lender, or leave it to its holder', async () => {
    const ways = fc.constantFrom('repaid', 'repaid', 'not repaid in time', 'realised', 'given up');
    const property = fc.asyncProperty(loansAndSales, ways, async (theme, way) => {
      const { model, real } = setup(origin, [theme]);
      const [loan, back, sale] = model.batches.map((batch) => [batch]);
      await goOn(model, real, VERBS, loan);
      if (way === 'repaid') await goOn(model, real, VERBS, back);
      if (way === 'not repaid in time') await goOn(model, real, BEFORE_MONEY, back);
      await finish(model, real);
      await endPledges(model, real, way === 'given up');
      // Whoever has it now, nobody else can sell it.
      await goOn(model, real, VERBS, sale);
      await finish(model, real, '2027-02-22');
    });
    await fc.assert(property, runs(24));
  });

  it('that net, or exchange currencies, go through if both sides add up, and not at all otherwise', async () => {
    const property = fc.asyncProperty(fc.oneof(nets, exchanges), fc.boolean(), async (theme, waits) => {
      const { model, real } = setup(origin, [theme]);
      await goOn(model, real, ['instruct']);
      if (waits) await moveTo(model, real, pick(DATES, 1));
      await goOn(model, real);
      await finish(model, real);
    });
    await fc.assert(property, runs(60));
  });

  it('took every step in some run, with every kind of leg, and refused what does not add up', () => {
    expect([...taken].filter((step) => !step.includes(' ')).sort()).toEqual([...VERBS].sort());
    expect(STEPS_OF_KINDS.filter((step) => !taken.has(step))).toEqual([]);
    expect(REFUSALS.filter((code) => !refused.has(code))).toEqual([]);
  });
});

/** What has to happen with each kind of leg. */
const STEPS_OF_KINDS = [
  ...['complete SLICE', 'complete SURRENDER', 'complete PLEDGE', 'complete UNPLEDGE', 'release UNPLEDGE'],
  ...['settle SLICE', 'settle PLEDGE', 'settle UNPLEDGE', 'settle nets', 'commit nets', 'commit exchange'],
];
const REFUSALS = ['NET_MISMATCH', 'EXCHANGE_MISMATCH', 'EXCHANGE_EXPIRED', 'AUDIENCE_MIXED', 'PLEDGE_OPEN'];
