/**
 * A maturity run of the bank: due slices of ten holders, from free to counted. Payees and payer share the bank, so that each payment needs both
 * its attestation and the payee's word. These are others' work, and their time is not the run's: the run is stopped for them and goes on.
 */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { maturityRun, type MaturitySummary, type PaymentInstruction, type Payments } from '@tenor/client';
import { acknowledgeInput, attestInput, mandateInput } from '../../test/deal/inputs.js';
import type { Baselines } from './baselines.js';
import { send } from './calls.js';
import { inTurn } from './measure.js';
import type { Options } from './options.js';
import type { Cast } from './people.js';
import { median, rounded } from './statistics.js';
import { forEach, settle, type Stock } from './stock.js';

/** Presentments that a run works on at the same time. */
const SIDE_BY_SIDE = 20;
const [SLICES, FEW] = [1000, 100];

/** One run beside plain asset creates. */
export interface MaturityRepeat {
  readonly slicesPerSecond: number;
  /** With the time in which payees and their bank prove the payments. */
  readonly provenPerSecond: number;
  readonly assetsPerSecond: number;
}

/** The runs. */
export interface Matured {
  readonly slices: number;
  readonly payments: number;
  readonly repeats: readonly MaturityRepeat[];
}

/** Slices that the run settles for each asset that is created. */
export const toAssets = ({ repeats }: Matured): readonly number[] =>
  repeats.map(({ slicesPerSecond, assetsPerSecond }) => rounded(slicesPerSecond / Math.max(1, assetsPerSecond)));

/** Middle of the repeats. */
export const middleOf = ({ repeats }: Matured, figure: keyof MaturityRepeat): number =>
  rounded(median(repeats.map((each) => each[figure])));

/** Measures the runs. @throws Error where a run leaves something */
export async function mature(
  { cast, stock, baselines }: { readonly cast: Cast; readonly stock: Stock; readonly baselines: Baselines },
  { quick, repeats: count, inFlight }: Pick<Options, 'quick' | 'repeats' | 'inFlight'>,
): Promise<Matured> {
  const slices = quick ? FEW : SLICES;
  await mandate(cast);
  const repeats: MaturityRepeat[] = [];
  let payments = 0;
  while (repeats.length < count) {
    await stock.spread(slices);
    const assetsPerSecond = await createAssets(baselines, slices, inFlight);
    const { seconds, provingSeconds, paid } = await settleAll(cast, slices);
    payments = paid;
    const provenPerSecond = rounded(slices / (seconds + provingSeconds));
    repeats.push({ slicesPerSecond: rounded(slices / seconds), provenPerSecond, assetsPerSecond });
  }
  return { slices, payments, repeats };
}

/** Every holder lets the bank present for it. */
async function mandate(cast: Cast): Promise<void> {
  const { maker, checker } = cast.supplier;
  await forEach(cast.holders, async (holder) => {
    const input = { ...mandateInput(cast, 'supplier'), holder };
    await maker.tenor.ticket.prepare('mandate:give', input, { party: holder, expiresOn: cast.date });
    await checker.tenor.mandate.give(input);
  });
}

/** Assets a second. */
async function createAssets({ asset }: Baselines, count: number, inFlight: number): Promise<number> {
  if (asset === undefined) throw new Error('there is no baseline of plain assets');
  const jobs = asset(count).map((ready) => () => send(ready));
  const start = performance.now();
  const samples = await inTurn(jobs, inFlight);
  const valid = samples.filter(({ outcome }) => outcome === 'VALID').length;
  return rounded((valid * 1000) / (performance.now() - start));
}

interface Settled {
  readonly seconds: number;
  readonly provingSeconds: number;
  readonly paid: number;
}

/** From free to counted. */
async function settleAll(cast: Cast, slices: number): Promise<Settled> {
  const payments = new AtOnce();
  const run = (): Promise<MaturitySummary> =>
    maturityRun(cast.bank.checker.tenor, { dueOn: cast.date, payments, sideBySide: SIDE_BY_SIDE });
  const [first, paying] = await timed(run);
  const [, provingSeconds] = await timed(() => proveAll(cast, payments.sent));
  const [second, closing] = await timed(run);
  if (first.done.report !== slices || second.done.redeem !== slices || second.left.length > 0)
    throw new Error(`the maturity run left ${[...first.left, ...second.left].map(({ reason }) => reason).join(', ')}`);
  return { seconds: paying + closing, provingSeconds, paid: payments.sent.length };
}

/** The payee's bank attests, and the payee acknowledges. */
async function proveAll(cast: Cast, payments: readonly PaymentInstruction[]): Promise<void> {
  const { bank, supplier, date: expiresOn } = cast;
  await forEach(payments, async (payment) => {
    const credit = attestInput(cast, payment);
    await bank.maker.tenor.ticket.prepare('payment:attest', credit, { party: bank.party, expiresOn });
    await bank.checker.tenor.payment.attest(credit);
    const word = acknowledgeInput(cast, 'supplier', payment);
    const { holder: party } = payment;
    await supplier.maker.tenor.ticket.prepare('presentment:acknowledge', word, { party, expiresOn });
    await supplier.checker.tenor.presentment.acknowledge(word);
  });
  await settle();
}

async function timed<Result>(job: () => Promise<Result>): Promise<readonly [Result, number]> {
  const start = performance.now();
  const result = await job();
  return [result, (performance.now() - start) / 1000];
}

/** A payment system that pays at once. */
class AtOnce implements Payments {
  readonly #sent = new Map<string, PaymentInstruction>();

  get sent(): readonly PaymentInstruction[] {
    return [...this.#sent.values()];
  }

  order({ uetr }: PaymentInstruction): Promise<string> {
    return Promise.resolve(createHash('sha256').update(uetr).digest('hex'));
  }

  async pay(instruction: PaymentInstruction): Promise<{ status: 'ACCC'; messageHash: string }> {
    this.#sent.set(instruction.uetr, instruction);
    return { status: 'ACCC', messageHash: await this.order(instruction) };
  }
}
