/** Playing a model of batches and the ledger side by side: every step is foretold by the rules, and after each of them the books are looked at. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { assertBooks } from './batchInvariants.js';
import { seesAll, standing } from './batchKinds.js';
import { isAsset, isMoney, membersOf, type Attempt, type BatchModel, type LegModel, type Model } from './batchLegs.js';
import { EFFECTS, RULES, denierOf, type Verb } from './batchModel.js';
import { pick } from './batchDraw.js';
import { ACTS, nextOf, rowAt, type Real } from './batchSteps.js';
import { TRADERS } from './batchWorld.js';
import { mspOf, START, outcomeOf, type PartyName } from './memoryWorld.js';

/** Each end of a batch passes, and then a week. */
export const DATES = [START, '2026-12-07', '2026-12-14', '2026-12-21'];
const LAST = pick(DATES, DATES.length - 1);
/** A day on which every pledge was given up. */
const LAPSED = '2027-02-01';
const UETRS = ['1', '2', '3', '4'].map((digit) => `0f2d6f5e-0d5a-4c1e-9b1a-00000000000${digit}`);
export const FIRST_UETR = pick(UETRS, 0);
export const VERBS = Object.keys(RULES) as Verb[];

/** Steps that were taken in any run, and with what kinds of legs. */
export const taken = new Set<string>();
/** Codes with which others were refused. */
export const refused = new Set<string>();

/** What kind of leg it is: what it moves, and for what. */
const kindsOf = ({ what, nets, exchange }: LegModel): string[] => [
  ...[what, ...(nets === undefined ? [] : ['nets']), ...(exchange === undefined ? [] : ['exchange'])],
];

/** Steps of a whole batch. */
const WHOLE: readonly Verb[] = ['agree', 'commit', 'settle', 'approve', 'abort'];

function note(verb: Verb, { batch, leg }: Attempt): void {
  const legs = WHOLE.includes(verb) ? batch.legs : [leg];
  for (const kind of legs.flatMap(kindsOf)) taken.add(`${verb} ${kind}`);
  taken.add(verb);
}

/** What the model expects comes first, written from the rules; then the ledger is asked. */
export async function take(model: Model, real: Real, verb: Verb, attempt: Attempt): Promise<string> {
  const may = RULES[verb](model, attempt);
  const acted = ACTS[verb](real, attempt);
  const code = await outcomeOf(acted);
  // What a repeat would write stands already: it is no step.
  const outcome = code === 'done' && (await acted).replayed ? 'replayed' : code;
  const { batch, leg, who, uetr } = attempt;
  const place = `${String(model.batches.indexOf(batch))}.${String(batch.legs.indexOf(leg))}`;
  real.told.push(
    `${verb} ${place} ${kindsOf(leg).join(' ')} by ${who}, payment ${uetr.slice(-1)}, on ${model.date}: ${outcome}`,
  );
  expect([...real.told, outcome === 'done']).toEqual([...real.told, may]);
  if (outcome === 'done') {
    EFFECTS[verb](model, attempt);
    if (verb === 'instruct') leg.row = await rowAt(real, leg);
    assertBooks(model, real);
    note(verb, attempt);
  } else refused.add(outcome);
  return outcome;
}

/** What somebody does next. */
export const turn = fc.record({
  /** In most turns the batch goes on as it should. */
  kind: fc.constantFrom('next', 'next', 'next', 'next', 'next', 'next', 'any', 'any', 'all', 'day'),
  batch: fc.nat({ max: 10 }),
  leg: fc.nat({ max: 10 }),
  verb: fc.constantFrom(...VERBS, 'reopen' as const, 'release' as const, 'abort' as const, 'return' as const),
  /** Whoever it is, or anybody else. */
  who: fc.option(fc.constantFrom(...TRADERS), { freq: 2 }),
  uetr: fc.constantFrom(...UETRS),
  status: fc.constantFrom('ACSP' as const, 'ACCC' as const, 'RJCT' as const),
  waits: fc.nat({ max: 5 }),
});
type Turn = typeof turn extends fc.Arbitrary<infer Value> ? Value : never;

/** Who takes a step, if nobody else tries. */
export function whose(verb: Verb, leg: LegModel): PartyName {
  const { sender, receiver, payerBank, payeeBank } = leg;
  if (verb === 'deny') return denierOf(leg);
  if (['block', 'unblock', 'report', 'reopen'].includes(verb)) return payerBank;
  if (['attest', 'return'].includes(verb)) return payeeBank;
  return ['instruct', 'release', 'agree', 'abort'].includes(verb) ? sender : receiver;
}

/** What is said of a payment is mostly said of the one that was sent. */
const paymentOf = ({ uetr, waits }: Turn, { sent }: LegModel): string => (waits > 0 ? sent : undefined) ?? uetr;

/** Steps that end something: whoever may not take them now is tempted to. */
const TEMPTING = {
  ...{ agree: 'once', report: 'money', commit: 'once', settle: 'once', release: 'assets', realise: 'assets' },
} as const;

async function tempt(
  model: Model,
  real: Real,
  batch: BatchModel,
  payment: Pick<Attempt, 'uetr' | 'status'>,
): Promise<void> {
  const legs = { once: batch.legs.slice(0, 1), money: batch.legs.filter(isMoney), assets: batch.legs.filter(isAsset) };
  for (const [verb, which] of Object.entries(TEMPTING) as [keyof typeof TEMPTING, keyof typeof legs][])
    for (const leg of legs[which]) await take(model, real, verb, { ...payment, batch, leg, who: whose(verb, leg) });
}

/** Plays a turn. */
export async function play(model: Model, real: Real, each: Turn): Promise<void> {
  const { uetr, status } = each;
  const batch = pick(model.batches, each.batch);
  const leg = pick(batch.legs, each.leg);
  if (each.kind === 'day') {
    // Days pass seldom, or nothing would come about before its end.
    const next = DATES[DATES.indexOf(model.date) + 1];
    if (next === undefined || each.waits > 1) return;
    await moveTo(model, real, next);
  }
  if (each.kind === 'day' || each.kind === 'all') return tempt(model, real, batch, { uetr, status });
  const waiting = each.kind === 'next' ? nextOf(model, each) : undefined;
  const [verb, attempt] = waiting ?? [
    each.verb,
    { batch, leg, who: each.who ?? whose(each.verb, leg), uetr: paymentOf(each, leg), status },
  ];
  await take(model, real, verb, attempt);
}

/** The business date moves on. */
export async function moveTo(model: Model, { world }: Real, date: string): Promise<void> {
  model.date = date;
  await world.moveTo(date);
}

export const moveToEnd = (model: Model, real: Real): Promise<void> => moveTo(model, real, LAST);

/** Whoever sees every leg, if anybody does. */
const seerOf = ({ batch, who }: Attempt): PartyName => membersOf(batch).find((each) => seesAll(batch, each)) ?? who;

/** These batches go on until something else than these steps waits, or nothing does, or it is refused. */
export async function goOn(
  model: Model,
  real: Real,
  until: readonly Verb[] = VERBS,
  batches: readonly BatchModel[] = model.batches,
): Promise<void> {
  for (const batch of batches) {
    let left = 30;
    while (left > 0 && (await goesOn(model, real, batch, until, left))) left--;
  }
}

/** Takes the step for which a batch waits, and before it one that somebody might take in its place. */
async function goesOn(
  model: Model,
  real: Real,
  of: BatchModel,
  until: readonly Verb[],
  left: number,
): Promise<boolean> {
  const batch = model.batches.indexOf(of);
  const uetr = `0f2d6f5e-0d5a-4c1e-9b1a-${String(300 + 40 * batch + left).padStart(12, '0')}`;
  const [verb, attempt] = nextOf(model, { batch, uetr, status: 'ACSP' }) ?? [];
  if (verb === undefined || attempt === undefined || !until.includes(verb)) return false;
  // Too early: what is to be blocked is not.
  if (verb === 'block') await take(model, real, 'agree', { ...attempt, who: attempt.leg.sender });
  // Too much: some who would have to sign may not see all of it.
  if (verb === 'commit') await take(model, real, 'settle', { ...attempt, who: seerOf(attempt) });
  // What was sent is credited by its own reference.
  return (await take(model, real, verb, { ...attempt, uetr: attempt.leg.sent ?? uetr })) === 'done';
}

type GoOn = (verb: Verb, leg: LegModel, who: PartyName, uetr?: string) => Promise<void>;

/** What became of the money of a leg, as its banks say it: it went back, or never came. */
async function clear(model: Model, batch: BatchModel, leg: LegModel, goOn: GoOn): Promise<void> {
  // A payee that has said that it has the money cannot say that none came. Its bank sends it back then.
  const isSaid = leg.isAcknowledged && denierOf(leg) === leg.receiver;
  const may = (verb: 'return' | 'reopen', who: PartyName, uetr: string): boolean =>
    RULES[verb](model, { batch, leg, who, uetr, status: 'ACSP' });
  for (const uetr of new Set([leg.credited, isSaid ? leg.sent : undefined]))
    if (uetr !== undefined && may('return', leg.payeeBank, uetr)) await goOn('return', leg, leg.payeeBank, uetr);
  if (leg.sent === undefined) return;
  if (may('reopen', leg.payerBank, leg.sent)) await goOn('reopen', leg, leg.payerBank, leg.sent);
  else if (!leg.isDenied) await goOn('deny', leg, denierOf(leg));
}

/** What is locked for a leg is handed over, or given back: where its pledgee is silent, by whom it belongs to. */
async function unlock({ outcome }: BatchModel, leg: LegModel, goOn: GoOn): Promise<void> {
  const isCommitted = outcome === 'COMMITTED';
  const isLocked = isAsset(leg) && leg.state === 'INSTRUCTED';
  const asks = leg.what === 'UNPLEDGE' && leg.slice % 2 === 0 ? leg.receiver : leg.sender;
  if (isLocked) await goOn(isCommitted ? 'complete' : 'release', leg, isCommitted ? leg.receiver : asks);
  else if (leg.isBlocked && !isCommitted) await goOn('unblock', leg, leg.payerBank);
}

/** After the last day: what has no money on its way goes back; where money is out, its bank says what became of it, and then the rest goes back. */
export async function finish(model: Model, real: Real, end = LAST): Promise<void> {
  if (model.date < end) await moveTo(model, real, end);
  for (const batch of model.batches) {
    const done: GoOn = async (verb, leg, who, uetr = FIRST_UETR) => {
      const outcome = await take(model, real, verb, { batch, leg, who, uetr, status: 'ACSP' });
      expect([...real.told, outcome]).toEqual([...real.told, 'done']);
    };
    const sent = batch.outcome === 'COMMITTED' ? [] : batch.legs.filter(({ what }) => what === 'CREDIT');
    for (const leg of sent) await clear(model, batch, leg, done);
    for (const leg of batch.legs) await unlock(batch, leg, done);
  }
  expect(model.slices.map(({ state }) => state)).not.toContain('ALLOCATED');
}

/** The bank shows a pledgee the slice as it is. */
async function tellPledgee(model: Model, { world, pieces }: Real, leg: LegModel): Promise<void> {
  const [slice, id] = [model.slices[leg.slice], pieces[leg.slice]?.id ?? ''];
  if (slice?.pledge?.isUntold !== true) return;
  const { pledgee, until } = slice.pledge;
  const record = await world.bytesOf(leg.register, 'slice', id);
  await world.act(pledgee, 'maker', 'book:restore', { kind: 'slice', id, register: mspOf(leg.register), record });
  slice.pledge = { pledgee, until };
}

/** What is still pledged is taken by its pledgee, or is its holder's again. */
export async function endPledges(model: Model, real: Real, isGivenUp: boolean): Promise<void> {
  if (isGivenUp) await moveTo(model, real, LAPSED);
  for (const batch of model.batches)
    for (const leg of batch.legs) {
      if (leg.what !== 'PLEDGE' || model.slices[leg.slice]?.state !== 'PLEDGED') continue;
      const attempt = { batch, leg, who: leg.receiver, uetr: FIRST_UETR, status: 'ACSP' as const };
      await tellPledgee(model, real, leg);
      expect(await take(model, real, 'realise', attempt)).toBe(isGivenUp ? 'STATE' : 'done');
    }
  expect(model.slices.map((slice) => standing(slice, model.date))).not.toContain('PLEDGED');
}
