/**
 * A maturity run of the bank: due slices of ten holders, from free to counted. Payees and payer share the bank, so that each payment needs both
 * its attestation and the payee's word. These are others' work, and their time is not the run's: it waits for them.
 */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { maturityRun, type PaymentInstruction, type Payments } from '@tenor/client';
import { acknowledgeInput, attestInput, mandateInput } from '../../test/deal/inputs.js';
import type { Baselines } from './baselines.js';
import { send } from './calls.js';
import { inTurn } from './measure.js';
import type { Options } from './options.js';
import { Meter, type Processes } from './cpu.js';
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
  /** CPU milliseconds of all processes, without those of the proofs. */
  readonly cpuMsPerSlice: number;
  readonly cpuMsPerAsset: number;
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

/** Who measures, and with what. */
export interface On {
  readonly cast: Cast;
  readonly stock: Stock;
  readonly baselines: Baselines;
  readonly processes: Processes;
}

/** Measures the runs. @throws Error where a run leaves something */
export async function mature(
  { cast, stock, baselines, processes }: On,
  { quick, repeats: count, inFlight }: Pick<Options, 'quick' | 'repeats' | 'inFlight'>,
): Promise<Matured> {
  const slices = quick ? FEW : SLICES;
  await mandate(cast);
  const repeats: MaturityRepeat[] = [];
  let payments = 0;
  while (repeats.length < count) {
    await stock.spread(slices);
    const meter = new Meter(processes);
    const assetsPerSecond = await createAssets(baselines, slices, inFlight);
    const cpuMsPerAsset = rounded(meter.lap() / slices);
    const { seconds, provingSeconds, cpuMs, paid } = await settleAll(cast, slices, meter);
    payments = paid;
    repeats.push({
      slicesPerSecond: rounded(slices / seconds),
      provenPerSecond: rounded(slices / (seconds + provingSeconds)),
      ...{ assetsPerSecond, cpuMsPerSlice: rounded(cpuMs / slices), cpuMsPerAsset },
    });
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
  /** Without that of the proofs. */
  readonly cpuMs: number;
  readonly paid: number;
}

/** From free to counted. */
async function settleAll(cast: Cast, slices: number, meter: Meter): Promise<Settled> {
  let [provingSeconds, cpuMs] = [0, 0];
  const payments = new AtOnce(slices, async (sent) => {
    cpuMs += meter.lap();
    [, provingSeconds] = await timed(() => proveAll(cast, sent));
    meter.lap();
  });
  const [run, seconds] = await timed(() =>
    maturityRun(cast.bank.checker.tenor, {
      ...{ dueOn: cast.date, payments, sideBySide: SIDE_BY_SIDE },
      onProgress: ({ step, due }) => {
        if (step === 'report') payments.reported(due);
      },
    }),
  );
  if (run.done.redeem !== slices || run.left.length > 0)
    throw new Error(`the maturity run left ${run.left.map(({ reason }) => reason).join(', ')}`);
  cpuMs += meter.lap();
  return { seconds: seconds - provingSeconds, provingSeconds, cpuMs, paid: payments.sent.length };
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

/** The longest time in which all payments are reported. */
const REPORTED_WITHIN_MS = 120_000;

/** A payment system that pays at once. All payments are proven together, once all are reported. */
class AtOnce implements Payments {
  readonly #sent = new Map<string, PaymentInstruction>();
  readonly #allReported: Promise<void>;
  #report: () => void = () => undefined;
  #unreported: number;

  constructor(slices: number, prove: (sent: readonly PaymentInstruction[]) => Promise<void>) {
    this.#unreported = slices;
    const reported = new Promise<void>((resolve, reject) => {
      this.#report = resolve;
      setTimeout(reject, REPORTED_WITHIN_MS, new Error('not all payments were reported')).unref();
    });
    this.#allReported = reported.then(() => prove(this.sent));
    this.#allReported.catch(() => undefined); // whoever waits for it is told
  }

  /** Payments of so many slices are reported. */
  reported(slices: number): void {
    this.#unreported -= slices;
    if (this.#unreported === 0) this.#report();
  }

  proven(): Promise<void> {
    return this.#allReported;
  }

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
