/** The knee of an open loop, and the command line of the benchmark. */
import { describe, expect, it } from '@jest/globals';
import { kneeOf, type OpenStep } from '../../../bench/src/openLoop.js';
import { readOptions, SECTIONS, UsageError } from '../../../bench/src/options.js';
import { median, percentiles } from '../../../bench/src/statistics.js';

const step = (rate: number, achieved: number, p95: number): OpenStep => ({
  ...{ rate, achieved, valid: 1, invalid: 0 },
  latencyMs: { p50: p95, p95, p99: p95 },
});

describe('the knee', () => {
  it('is the last rate that was followed', () => {
    expect(kneeOf([step(20, 20, 200), step(30, 30, 250), step(40, 31, 900)])).toBe(30);
  });
  it('is where latency leaves, even when all comes back', () => {
    expect(kneeOf([step(20, 20, 200), step(30, 29, 601)])).toBe(20);
  });
  it('is the last rate when every one was followed', () => {
    expect(kneeOf([step(20, 20, 200), step(30, 30, 210)])).toBe(30);
  });
  it('is nowhere when not even the first rate was followed', () => {
    expect(kneeOf([step(20, 5, 4000)])).toBeUndefined();
    expect(kneeOf([])).toBeUndefined();
  });
});

describe('percentiles and medians', () => {
  it('are by nearest rank', () => {
    expect(percentiles([4, 1, 3, 2])).toEqual({ p50: 2, p95: 4, p99: 4 });
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
  it('are zero of nothing', () => {
    expect(percentiles([])).toEqual({ p50: 0, p95: 0, p99: 0 });
    expect(median([])).toBe(0);
  });
});

describe('the command line', () => {
  it('is quick in one word, and every setting of it can still be given', () => {
    expect(readOptions(['--quick', '--network', 'devnet', '--lines', '8'])).toMatchObject({
      ...{ quick: true, repeats: 1, seconds: 1, lines: 8, open: ['asset'] },
    });
  });
  it('leaves the open loop out when told so', () => {
    expect(readOptions(['--open', 'none', '--network', 'devnet'])).toMatchObject({ open: [], repeats: 3, lines: 256 });
  });
  it('runs all sections, or those that it is told', () => {
    expect([...(readOptions(['--network', 'devnet'])?.sections ?? [])]).toEqual([...SECTIONS]);
    expect([...(readOptions(['--sections', 'growth,devnet'])?.sections ?? [])]).toEqual(['growth', 'devnet']);
    expect([...(readOptions(['--quick'])?.sections ?? [])]).not.toContain('growth');
    expect(() => readOptions(['--sections', 'everything'])).toThrow(UsageError);
  });
  it('compares the smaller ledger with the larger, in whatever order they are given', () => {
    expect(readOptions(['--growth', '5000,200'])).toMatchObject({ growth: [200, 5000] });
    for (const wrong of ['1000', '0,1000', 'few,many'])
      expect(() => readOptions(['--growth', wrong])).toThrow(UsageError);
  });
  it('refuses what it does not know', () => {
    expect(() => readOptions(['--repeats', '0'])).toThrow(UsageError);
    expect(() => readOptions(['--nothing'])).toThrow(UsageError);
  });
});
