/**
 * Transactions that race, as clients run them: endorse on what is committed, order, and on a lost race begin again. In which order
 * they take their steps comes from a list of numbers, so that a run replays.
 */
import { TenorError } from '../../../chaincode/src/protocol/errors.js';
import type { Validation } from './memoryLedger.js';
import type { Endorsed, MemoryWorld } from './memoryWorld.js';

/** One that races: `endorse` is asked anew after each lost race. */
export interface Racer {
  readonly name: string;
  endorse(): Promise<Endorsed>;
}

/** How one ended: the code of its refusal, or committed; with the races that it lost on the way. */
export interface Finish {
  readonly name: string;
  readonly outcome: string;
  readonly lost: number;
}

interface Running {
  readonly racer: Racer;
  endorsed: Endorsed | undefined;
  lost: number;
}

/** Lets them race. Each turn lets one of those still running endorse, or order what it has. `watch` is asked after each turn. */
export async function race(
  world: MemoryWorld,
  racers: readonly Racer[],
  turns: readonly number[],
  watch: () => void,
): Promise<Finish[]> {
  const running = racers.map((racer): Running => ({ racer, endorsed: undefined, lost: 0 }));
  const finished: Finish[] = [];
  for (let turn = 0; running.length > 0; turn++) {
    const index = (turns[turn % turns.length] ?? 0) % running.length;
    const each = running[index];
    if (each === undefined) throw new Error('someone is running');
    const outcome = await step(world, each);
    watch();
    if (outcome === undefined) continue;
    running.splice(index, 1);
    finished.push({ name: each.racer.name, outcome, lost: each.lost });
  }
  return finished;
}

async function step(world: MemoryWorld, each: Running): Promise<string | undefined> {
  if (each.endorsed === undefined) {
    try {
      each.endorsed = await each.racer.endorse();
      return undefined;
    } catch (error) {
      if (error instanceof TenorError) return error.code;
      throw error;
    }
  }
  const validation: Validation = world.order(each.endorsed);
  if (validation === 'VALID') return 'committed';
  // Policies are asked by bytes that were current at endorsement: who lost a race may have lost it on the policy as well.
  each.endorsed = undefined;
  each.lost++;
  return undefined;
}
