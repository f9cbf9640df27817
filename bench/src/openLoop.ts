/**
 * The open loop: calls leave at a fixed rate whether or not earlier ones are back, and latency counts from the time a call was due
 * (a slow network cannot hide behind calls that were never sent). The rate is stepped up until the network no longer follows.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Series } from './measure.js';
import { percentiles, rounded, type Percentiles } from './statistics.js';

/** One rate. */
export interface OpenStep {
  /** Calls that were due in a second. */
  readonly rate: number;
  /** Valid transactions a second, until the last was back. */
  readonly achieved: number;
  readonly latencyMs: Percentiles;
  readonly valid: number;
  readonly invalid: number;
}

/** All rates of one series, the last of them beyond the knee where there is one. */
export interface OpenResult {
  readonly name: string;
  readonly steps: readonly OpenStep[];
  /** Highest rate that was followed; undefined when not even the first was. */
  readonly knee: number | undefined;
}

const FIRST_RATE = 20;
const GROWTH = 1.35;
const STEPS_MAX = 12;
/** A rate is followed while p95 stays below so many times the first rate's, and so much of it comes back valid in time. */
const P95_TIMES = 3;
const SHARE_MIN = 0.85;

/** Whether the network keeps up with a step, measured by the first one. */
export function follows(step: OpenStep, first: OpenStep): boolean {
  return step.achieved >= step.rate * SHARE_MIN && step.latencyMs.p95 <= first.latencyMs.p95 * P95_TIMES;
}

/** Highest rate before the first that is not followed. */
export function kneeOf(steps: readonly OpenStep[]): number | undefined {
  const [first] = steps;
  if (first === undefined) return undefined;
  const beyond = steps.findIndex((step) => !follows(step, first));
  return (beyond === -1 ? steps.at(-1) : steps[beyond - 1])?.rate;
}

/** Sends every job at its time and waits for all. */
async function runAt(rate: number, jobs: readonly Job[]): Promise<OpenStep> {
  const start = performance.now();
  const pending: Promise<number | undefined>[] = [];
  for (const [index, job] of jobs.entries()) {
    const due = start + (index * 1000) / rate;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    pending.push(job().then(({ outcome }) => (outcome === 'VALID' ? performance.now() - due : undefined)));
  }
  const latencies = (await Promise.all(pending)).filter((latency) => latency !== undefined);
  // The last call is due one interval before the end, and then takes its own time: that is no lack of throughput.
  const seconds = Math.max(jobs.length / rate, (performance.now() - start - Math.min(...latencies, 1000)) / 1000);
  return {
    ...{ rate: rounded(rate), achieved: rounded(latencies.length / seconds), latencyMs: percentiles(latencies) },
    ...{ valid: latencies.length, invalid: jobs.length - latencies.length },
  };
}

/** Steps the rate up until it is no longer followed. */
export async function openLoop(name: string, supply: Series['supply'], seconds: number): Promise<OpenResult> {
  const steps: OpenStep[] = [];
  for (let rate = FIRST_RATE; steps.length < STEPS_MAX; rate *= GROWTH) {
    const step = await runAt(rate, await supply(Math.ceil(rate * seconds)));
    steps.push(step);
    const [first = step] = steps;
    if (!follows(step, first)) break;
  }
  return { name, steps, knee: kneeOf(steps) };
}
