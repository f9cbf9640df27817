/** Chance that a seed decides: the same seed, the same draws, on every machine. */

/** Weights by what may be drawn. */
export type Weighted<T> = readonly (readonly [weight: number, value: T])[];

/** A sequence of draws (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1);
  }

  /** At least 0 and below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True so many times in a hundred. */
  percent(times: number): boolean {
    return this.next() * 100 < times;
  }

  /** @throws when there is nothing to choose from */
  pick<T>(values: readonly T[]): T {
    if (values.length === 0) throw new Error('nothing to choose from');
    return values[this.between(0, values.length - 1)] as T;
  }

  weighted<T>(values: Weighted<T>): T {
    return this.pick(values.flatMap(([weight, value]) => Array.from({ length: weight }, () => value)));
  }

  shuffle<T>(values: readonly T[]): T[] {
    const rest = [...values];
    return values.map(() => rest.splice(this.between(0, rest.length - 1), 1)).flat();
  }
}
