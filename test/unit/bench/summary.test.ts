/** What is kept of a benchmark's result: medians of the repeats, and no repeat. */
import { expect, it } from '@jest/globals';
import type { Measured } from '../../../bench/src/measure.js';
import type { BenchResult } from '../../../bench/src/result.js';
import { summaryOf } from '../../../bench/src/summary.js';

const repeat = (perSecond: number, whole: number, cpu: number): Measured => {
  const latency = { p50: whole, p95: whole + 10, p99: whole + 20 };
  return {
    ...{ transactions: 10, valid: 10, invalid: {}, elapsedMs: 1, perSecond, unitsPerSecond: 2 * perSecond },
    latencyMs: { plan: latency, endorse: latency, submit: latency, commit: latency, send: latency, whole: latency },
    cpuMs: { client: cpu, orderer: 2 * cpu },
  };
};

const RESULT = {
  ...{ schema: 'tenor.bench/3', startedAt: '2026-11-25T00:00:00.000Z', commit: 'abc', versions: {}, minutes: 1 },
  ...{
    commands: [],
    transfers: [],
    ratios: [],
    contended: [],
    matured: [],
    batched: [],
    open: [],
    end: [],
    growth: [],
    profiles: [],
    devnet: [],
  },
  ...{ machine: { cpu: 'x', cores: 2, memoryGiB: 1, system: 'y' }, load: { before: 0, after: 0 }, settings: {} },
  series: [
    {
      ...{ command: 'certificate:confirm', subject: 'send', mode: 'load', inFlight: 64, units: 2 },
      repeats: [repeat(100, 30, 10), repeat(300, 10, 20), repeat(200, 20, 60)],
    },
  ],
} as const satisfies BenchResult;

it('keeps the median of each figure and leaves the repeats out', () => {
  expect(summaryOf(RESULT).series).toEqual([
    {
      ...{ command: 'certificate:confirm', subject: 'send', mode: 'load', inFlight: 64, units: 2 },
      ...{ perSecond: 200, unitsPerSecond: 400, wholeMs: { p50: 20, p95: 30, p99: 40 } },
      cpuMs: 6, // 20 of the client and 40 of the orderer, over ten calls
    },
  ]);
});
