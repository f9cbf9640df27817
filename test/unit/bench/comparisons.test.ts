/** What the benchmark makes of its figures: ratios with their aims, cost as the ledger grows, and the check under Caliper. */
import { describe, expect, it } from '@jest/globals';
import { compare, table } from '../../../caliper/src/table.js';
import type { CaliperRound } from '../../../caliper/src/round.js';
import type { BatchFigure, DealFigure } from '../../../bench/src/batches.js';
import type { Contended } from '../../../bench/src/contention.js';
import { growthOf } from '../../../bench/src/growth.js';
import type { MaturityRepeat } from '../../../bench/src/maturity.js';
import type { Measured, Mode, Subject } from '../../../bench/src/measure.js';
import { ticksTo } from '../../../bench/src/plot.js';
import { ratiosOf } from '../../../bench/src/ratios.js';
import type { SeriesResult } from '../../../bench/src/result.js';

const even = (value: number): Measured['latencyMs']['plan'] => ({ p50: value, p95: value, p99: value });

const measured = (
  perSecond: number,
  more: Partial<Measured> & { readonly ms?: number; readonly units?: number } = {},
): Measured => {
  const { ms = 10, units = 1, ...rest } = more;
  const latency = even(ms);
  return {
    ...{ transactions: 100, valid: 100, invalid: {}, elapsedMs: 1000, perSecond, unitsPerSecond: perSecond * units },
    latencyMs: { plan: latency, endorse: latency, submit: latency, commit: latency, send: latency, whole: latency },
    cpuMs: { client: 100, 'peer-bank': 1000 },
    ...rest,
  };
};

const series = (command: string, mode: Mode, subject: Subject, ...repeats: Measured[]): SeriesResult => ({
  ...{ command, mode, subject, inFlight: 64, units: 1, repeats },
});

const named = (ratios: ReturnType<typeof ratiosOf>, name: string): ReturnType<typeof ratiosOf>[number] | undefined =>
  ratios.find((each) => each.name === name);

describe('a ratio', () => {
  const all = [
    series('baseline', 'load', 'asset', measured(100), measured(50), measured(100)),
    series('baseline', 'load', 'put', measured(1, { cpuMs: { client: 50 } })),
    series('baseline', 'load', 'stock', measured(1, { cpuMs: { client: 100 } })),
    series('certificate:confirm', 'load', 'raw', measured(80)),
    series('certificate:confirm', 'load', 'send', measured(76), measured(30), measured(60)),
    series('certificate:confirm', 'load', 'whole', measured(40)),
    series('certificate:confirm', 'endorse', 'send', measured(1, { ms: 21 })),
    series('certificate:confirm', 'endorse', 'noOp', measured(1, { ms: 10 })),
    series('certificate:confirm bulk', 'load', 'send', measured(16, { units: 20 })),
    series('certificate:confirm bulk', 'load', 'raw', measured(20)),
  ];
  const ratios = ratiosOf({ series: all, contended: [], matured: [], batched: [], growth: [] }, true);

  it('is taken within a repeat, and the median is given', () => {
    expect(named(ratios, 'certificate:confirm: throughput, send to plain asset create')).toEqual({
      name: 'certificate:confirm: throughput, send to plain asset create',
      ...{ repeats: [0.76, 0.6, 0.6], value: 0.6, aim: 'at least 0.66', met: false },
    });
  });
  it.each([
    ['certificate:confirm: throughput, send to raw write', 0.95, 'at least 0.95', true],
    ['certificate:confirm: throughput, whole to raw write', 0.5, 'at least 0.95', false],
    ['certificate:confirm: p50 endorse only at 1 in flight, to no-op', 2.1, 'at most 2', false],
    ['certificate:confirm bulk: throughput, send to raw write', 0.8, 'at least 0.9', false],
    ['certificate:confirm bulk: certificates a second, send to plain asset create', 3.2, 'at least 3', true],
    ['certificate:confirm bulk: certificates a second, send to single ones', 4.21, 'at least 4', true],
    ['client CPU of one put, ours to a stock client with its default signer', 0.5, 'at most 0.6', true],
  ])('%s is %d, %s', (name, value, aim, met) => {
    expect(named(ratios, name)).toMatchObject({ value, aim, met });
  });
  it('comes first where it has an aim', () => {
    const aims = ratios.map(({ aim }) => aim !== undefined);
    expect(aims.indexOf(false)).toBe(aims.lastIndexOf(true) + 1);
  });
  it('has no aim on devnet', () => {
    expect(
      ratiosOf({ series: all, contended: [], matured: [], batched: [], growth: [] }, false).some(
        ({ aim }) => aim !== undefined,
      ),
    ).toBe(false);
  });
});

it('of batches is of the largest to the smallest, and of settling to a transfer', () => {
  const figure = (legs: number, times: number): BatchFigure => ({
    ...{ legs, commitMs: 100 * times, settleMs: 120 * times, commitBytes: 5000 * times, settleBytes: 6000 * times },
  });
  const deal = (transactions: number, ms: number, cpuMs: number): DealFigure => ({ transactions, ms, cpuMs });
  const batched = {
    ...{ figures: [figure(2, 1), figure(10, 3), figure(50, 30)], transferMs: 100 },
    ...{ quote: deal(3, 90, 40), discount: deal(4, 140, 80), transfer: deal(3, 100, 50) },
  };
  const ratios = ratiosOf({ series: [], contended: [], matured: [], batched: [batched], growth: [] }, true);
  expect(ratios.map(({ name, value, aim, met }) => [name, value, aim, met])).toEqual([
    ['batch, 2 to 50 legs: commitMs', 30, 'at most 25', false],
    ['batch, 2 to 50 legs: commitBytes', 30, 'at most 25', false],
    ['batch, 2 to 50 legs: settleMs', 30, 'at most 25', false],
    ['batch, 2 to 50 legs: settleBytes', 30, 'at most 25', false],
    ['batch of 2 legs: settled at once, to a transfer', 1.2, 'at most 1.5', true],
    ['accepting and settling a discount at one bank, to a whole transfer: time', 1.4, 'at most 1.5', true],
    ['accepting and settling a discount at one bank, to a whole transfer: CPU', 1.6, 'at most 1.5', false],
  ]);
});

it('of a maturity run is of slices to assets of the same repeat', () => {
  const repeat = (slicesPerSecond: number, assetsPerSecond: number): MaturityRepeat => ({
    ...{ slicesPerSecond, assetsPerSecond, provenPerSecond: 1, cpuMsPerSlice: 2, cpuMsPerAsset: 8 },
  });
  const matured = { slices: 1000, payments: 20, repeats: [repeat(300, 100), repeat(100, 50), repeat(90, 100)] };
  expect(ratiosOf({ series: [], contended: [], matured: [matured], batched: [], growth: [] }, true)).toEqual([
    {
      name: 'maturity run of 1000 slices: slices a second to plain asset create',
      ...{ repeats: [3, 2, 0.9], value: 2, aim: 'at least 3', met: false },
    },
  ]);
});

describe('the contended line', () => {
  const crowd = (units: number, attemptsPerSuccess: number, lost: number): Contended => ({
    ...{ title: `confirm ${String(units)}`, commands: 16, units, inFlight: 2, succeeded: 16, failed: {}, lost },
    ...{ attemptsPerSuccess, unitsPerSecond: 1 },
  });
  const ratios = ratiosOf(
    { series: [], growth: [], matured: [], batched: [], contended: [crowd(1, 2.5, 0), crowd(20, 1.4, 1)] },
    true,
  );

  it('may lose nothing, and in bulk takes few attempts', () => {
    expect(ratios.map(({ value, aim, met }) => [value, aim, met])).toEqual([
      [0, 'at most 0', true],
      [1.4, 'at most 1.3', false],
      [1, 'at most 0', false],
      [2.5, undefined, undefined],
    ]);
  });
});

describe('the ticks of a plot', () => {
  it.each([
    [163, [0, 50, 100, 150, 200]],
    [2500, [0, 500, 1000, 1500, 2000, 2500]],
    [7, [0, 2, 4, 6, 8]],
    [1000, [0, 200, 400, 600, 800, 1000]],
    [900, [0, 200, 400, 600, 800, 1000]],
  ])('up to %d are round', (largest, ticks) => {
    expect(ticksTo(largest)).toEqual(ticks);
  });
});

describe('growth', () => {
  const few = measured(50, { cpuMs: { client: 900, 'peer-bank': 1000 } });
  const many = measured(40, { cpuMs: { client: 100, 'peer-bank': 1050, orderer: 50 }, valid: 50 });
  const growth = growthOf(
    'certificate:confirm',
    [1000, 100_000],
    [
      [few, many],
      [few, few],
    ],
  );

  it('compares the fewest with the most, repeat by repeat, and counts what was not valid', () => {
    expect(growth).toMatchObject({ slowdowns: [1.25, 1], cpuRatios: [2.2, 1] });
    expect(growth.figures).toEqual([
      { slices: 1000, perSecond: 50, p50Ms: 10, networkCpuMs: 10, invalid: 0 },
      { slices: 100_000, perSecond: 45, p50Ms: 10, networkCpuMs: 16, invalid: 50 },
    ]);
  });
  it('is held to 10 %', () => {
    const ratios = ratiosOf({ series: [], contended: [], matured: [], batched: [], growth: [growth] }, true);
    expect(ratios).toMatchObject([
      { name: 'certificate:confirm: time under load, 100000 to 1000 slices', value: 1.13, met: false },
      { name: "certificate:confirm: network's CPU, 100000 to 1000 slices", value: 1.6, aim: 'at most 1.1', met: false },
    ]);
  });
});

describe('the check under Caliper', () => {
  const round = (perSecond: number, networkCpuMs: number, failed = 0): CaliperRound => ({
    ...{ succeeded: 100 - failed, failed, perSecond, networkCpuMs, clientCpuMs: 8 },
  });
  // Ours takes 11 ms of CPU for a call, and 5 for a no-op; Caliper's no-op takes 10, so that any call costs it 5 more.
  const cheap = measured(200, { cpuMs: { client: 100, 'peer-bank': 400 } });
  const noOp = { lane: { name: 'noOp', title: 'no-op', units: 1 }, ours: [cheap], caliper: [round(150, 2)] };
  const asset = { lane: { name: 'asset', title: 'asset', units: 1 }, ours: [measured(100)], caliper: [round(60, 11)] };
  const bulk = { lane: { name: 'bulk', title: 'bulk', units: 20 }, ours: [measured(10)], caliper: [round(5, 110, 1)] };
  const lanes = compare({ noOp, asset }, [bulk]);

  it('compares operations a second to plain assets a second', () => {
    expect(lanes[2]).toMatchObject({ failed: 1, ratio: { ours: 2, caliper: 1.67 } });
    expect(lanes[2]?.agrees).toEqual({ throughput: false, cpu: false });
  });
  it('compares CPU with what any call takes more under Caliper taken off', () => {
    expect(lanes[2]?.cpuRatio).toEqual({ ours: 20, caliper: 2.48 });
  });
  it('gives no ratio of the baselines', () => {
    expect(lanes.slice(0, 2).map(({ name, ratio, cpuRatio }) => [name, ratio, cpuRatio])).toEqual([
      ['noOp', undefined, undefined],
      ['asset', undefined, undefined],
    ]);
  });
  it('agrees within 15 %', () => {
    const near = compare({ noOp, asset }, [{ ...bulk, caliper: [round(5.2, 12)] }]);
    expect(near[2]?.ratio).toEqual({ ours: 2, caliper: 1.73 });
    expect(near[2]?.cpuRatio).toEqual({ ours: 20, caliper: 18.67 });
    expect(near[2]?.agrees).toEqual({ throughput: true, cpu: true });
    expect(table(near)).toMatch(/\| bulk .* 2\.00 \| +1\.73 \| +agrees \|/);
  });
});
