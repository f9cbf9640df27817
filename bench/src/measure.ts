/** The closed loop: keeps a fixed number of calls in flight until the prepared records are used up, round after round until the time is over. */
import { performance } from 'node:perf_hooks';
import type { Sample } from './calls.js';
import { cpuBetween, cpuSum, cpuTimes, type CpuTimes, type Processes } from './cpu.js';
import { percentiles, rounded, type Percentiles } from './statistics.js';

/** One call that can be made. */
export type Job = () => Promise<Sample>;

/** Something to measure. */
export interface Series {
  readonly command: string;
  readonly subject: Subject;
  readonly mode: Mode;
  readonly inFlight: number;
  /** Business operations in one transaction. */
  readonly units: number;
  /** Calls of one round. */
  readonly round: number;
  /** Makes jobs; not measured. */
  readonly supply: (count: number) => Promise<Job[]>;
}

/** What is sent: nothing, one public put, a plain asset, the same put by a stock gateway client, as many raw writes, the command with its openings at hand, the command with its plan. */
export type Subject = 'noOp' | 'put' | 'asset' | 'stock' | 'raw' | 'send' | 'whole';
/** Many in flight; one in flight; one in flight and endorsed only. */
export type Mode = 'load' | 'alone' | 'endorse';

/** Parts of a call: `send` is endorse + submit + commit, `whole` is plan + send. */
export const PARTS = ['plan', 'endorse', 'submit', 'commit', 'send', 'whole'] as const;
/** A part of a call. */
export type Part = (typeof PARTS)[number];

/** One measurement. */
export interface Measured {
  readonly transactions: number;
  readonly valid: number;
  /** Calls by the reason for which they failed. They count neither for throughput nor for latency. */
  readonly invalid: Readonly<Record<string, number>>;
  /** Clock time of the rounds, their ramp-up and their tail included. */
  readonly elapsedMs: number;
  /** Valid transactions a second. */
  readonly perSecond: number;
  /** Business operations a second. */
  readonly unitsPerSecond: number;
  readonly latencyMs: Readonly<Record<Part, Percentiles>>;
  /** CPU milliseconds by process over the clock time. */
  readonly cpuMs: CpuTimes;
}

interface Round {
  readonly samples: Sample[];
  readonly elapsedMs: number;
  readonly cpuMs: CpuTimes;
}

async function runRound(jobs: readonly Job[], inFlight: number, untilMs: number, processes: Processes): Promise<Round> {
  const before = cpuTimes(processes);
  const start = performance.now();
  const samples = await inTurn(jobs, inFlight, untilMs);
  return { samples, elapsedMs: performance.now() - start, cpuMs: cpuBetween(before, cpuTimes(processes)) };
}

/** Runs jobs, `inFlight` at a time, until they are used up or the time is over. */
export async function inTurn(jobs: readonly Job[], inFlight: number, untilMs = Infinity): Promise<Sample[]> {
  const samples: Sample[] = [];
  const queue = jobs.values();
  const start = performance.now();
  const worker = async (): Promise<void> => {
    for (const job of queue) {
      samples.push(await job());
      if (performance.now() - start > untilMs) return;
    }
  };
  // The queue is shared: a worker that leaves must not close it for the others.
  queue.return = () => ({ done: true, value: undefined });
  await Promise.all(Array.from({ length: inFlight }, worker));
  return samples;
}

/** Runs some calls and forgets them: a cold process is compiled while it works, and the baselines' has not worked yet. */
export async function warmUp(series: Series, calls: number): Promise<void> {
  await runRound(await series.supply(calls), series.inFlight, Infinity, new Map());
}

/** Endorsements leave nothing behind and do not wait for blocks: half the time gives many. */
const SHARE: Readonly<Record<Mode, number>> = { load: 1, alone: 1, endorse: 0.5 };

/** Measures a series for some seconds. Under load, rounds are run to their end, so that the last one may go beyond. */
export async function measure(series: Series, seconds: number, processes: Processes): Promise<Measured> {
  const rounds: Round[] = [];
  const elapsed = (): number => rounds.reduce((sum, round) => sum + round.elapsedMs, 0);
  const fullMs = seconds * 1000 * SHARE[series.mode];
  while (elapsed() < fullMs) {
    const jobs = await series.supply(series.round);
    const left = series.mode === 'load' ? Infinity : fullMs - elapsed();
    const round = await runRound(jobs, series.inFlight, left, processes);
    rounds.push(round);
    if (!round.samples.some(({ outcome }) => outcome === 'VALID')) break;
  }
  return summary(rounds, elapsed(), series.units);
}

function summary(rounds: readonly Round[], elapsedMs: number, units: number): Measured {
  const samples = rounds.flatMap((round) => round.samples);
  const valid = samples.filter(({ outcome }) => outcome === 'VALID');
  const invalid: Record<string, number> = {};
  for (const { outcome } of samples) if (outcome !== 'VALID') invalid[outcome] = (invalid[outcome] ?? 0) + 1;
  const perSecond = rounded((valid.length * 1000) / elapsedMs);
  return {
    ...{ transactions: samples.length, valid: valid.length, invalid, elapsedMs: rounded(elapsedMs) },
    ...{ perSecond, unitsPerSecond: rounded(perSecond * units) },
    latencyMs: latencies(valid),
    cpuMs: rounds.map(({ cpuMs }) => cpuMs).reduce(cpuSum, {}),
  };
}

function latencies(samples: readonly Sample[]): Record<Part, Percentiles> {
  const of = (part: (timing: Sample['timing']) => number): Percentiles =>
    percentiles(samples.map(({ timing }) => part(timing)));
  return {
    plan: of(({ plan }) => plan),
    endorse: of(({ endorse }) => endorse),
    submit: of(({ submit }) => submit),
    commit: of(({ commit }) => commit),
    send: of(({ endorse, submit, commit }) => endorse + submit + commit),
    whole: of(({ plan, endorse, submit, commit }) => plan + endorse + submit + commit),
  };
}
