/** Percentiles and medians, by nearest rank. */

/** Milliseconds that half, 95 and 99 of a hundred calls took at most. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Two decimals: more would be noise. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;

function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** Percentiles of some values; zeros when there are none. */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = ascending(values);
  return { p50: rounded(rank(sorted, 0.5)), p95: rounded(rank(sorted, 0.95)), p99: rounded(rank(sorted, 0.99)) };
}

/** The middle value, or the mean of the two in the middle; 0 when there is none. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
