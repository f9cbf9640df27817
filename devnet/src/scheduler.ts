// The order of concurrent steps. Without a seed it is the order of arrival. With a seed it is drawn from the seed and can be repeated.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Scheduler {
  /** Resolves when it is the caller's turn to take its next step. */
  turn(): Promise<void>;
  /** Resolves after so many milliseconds; with a seed, after as many turns. */
  delay(milliseconds: number): Promise<void>;
  /** The items in an order that the gateway would leave to chance. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Steps that wait at the same moment are let go one at a time, in an order drawn from the seed. */
export function createScheduler(seed: number | undefined): Scheduler {
  if (seed === undefined) {
    return {
      turn: () => Promise.resolve(),
      delay: (milliseconds) => sleep(milliseconds),
      shuffle: (items) => shuffled(items, Math.random),
    };
  }
  const random = mulberry32(seed);
  const waiting: (() => void)[] = [];
  let pumping = false;
  const pump = (): void => {
    const [next] = waiting.splice(Math.floor(random() * waiting.length), 1);
    next?.();
    pumping = waiting.length > 0;
    if (pumping) {
      setImmediate(pump);
    }
  };
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (!pumping) {
        pumping = true;
        setImmediate(pump); // by then all that can run has arrived here
      }
    });
  return {
    turn,
    delay: async (milliseconds) => {
      for (let left = milliseconds; left > 0; left -= 1) {
        await turn();
      }
    },
    shuffle: (items) => shuffled(items, random),
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** A small generator of numbers in [0, 1): enough to vary an order, useless for secrets. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
