/** The part of a result that git keeps: every figure of the report as a median, without the single repeats. */
import type { Measured } from './measure.js';
import type { BenchResult, SeriesResult } from './result.js';
import { median, rounded } from './statistics.js';

/** One series, as medians of its repeats. */
type SeriesSummary = Omit<SeriesResult, 'repeats'> & {
  readonly perSecond: number;
  readonly unitsPerSecond: number;
  readonly wholeMs: Readonly<Record<'p50' | 'p95' | 'p99', number>>;
  /** Of all processes together, a call. */
  readonly cpuMs: number;
};

/** A result without its repeats. */
export type Summary = Omit<BenchResult, 'schema' | 'series'> & {
  readonly schema: 'tenor.bench.summary/1';
  readonly series: readonly SeriesSummary[];
};

const cpuOf = ({ cpuMs, transactions }: Measured): number =>
  Object.values(cpuMs).reduce((sum, each) => sum + each, 0) / transactions;

function seriesSummary({ repeats, ...series }: SeriesResult): SeriesSummary {
  const middle = (figure: (measured: Measured) => number): number => rounded(median(repeats.map(figure)));
  return {
    ...series,
    perSecond: middle(({ perSecond }) => perSecond),
    unitsPerSecond: middle(({ unitsPerSecond }) => unitsPerSecond),
    wholeMs: {
      p50: middle(({ latencyMs }) => latencyMs.whole.p50),
      p95: middle(({ latencyMs }) => latencyMs.whole.p95),
      p99: middle(({ latencyMs }) => latencyMs.whole.p99),
    },
    cpuMs: middle(cpuOf),
  };
}

/** Sums a result up. */
export const summaryOf = (result: BenchResult): Summary => ({
  ...result,
  schema: 'tenor.bench.summary/1',
  series: result.series.map(seriesSummary),
});
