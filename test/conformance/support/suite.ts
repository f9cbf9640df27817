/** Running cases on a network: many at a time, those that disturb others alone at the end. */
import type { Context as CaseContext } from './context.js';
import { Context, Retry } from './context.js';
import { Names, type Json } from './names.js';
import type { Net, NetName } from './net.js';

/** One case: what is done, and the outcome that Fabric decides. */
export interface Case {
  /** Number in the reference, or a name of its own. */
  readonly id: string;
  /** A sentence. */
  readonly name: string;
  /** Stops, kills or counts what other cases need. */
  readonly alone?: boolean;
  /** Changes who is on the channel, or what a peer has of it: recorded blocks are to be of one channel. */
  readonly changesChannel?: boolean;
  /** The network that it runs on; the one with Fabric's defaults when left out. */
  readonly on?: NetName;
  /** Takes longer than a test run should: only on demand. */
  readonly slow?: boolean;
  /** Where the reference proved wrong: what it says. */
  readonly note?: string;
  run(t: CaseContext): Promise<unknown>;
}

/** What gRPC says when a peer is gone: never an outcome. */
const LOST = /No connection established|ECONNRE|Connection dropped/;

const ATTEMPTS = 8;
const AT_ONCE = 10;

async function outcome(net: Net, each: Case): Promise<Json> {
  for (let attempt = 0; ; attempt += 1) {
    const names = new Names();
    try {
      const result = names.apply(await each.run(new Context(net, names, each.id, attempt)));
      return LOST.test(JSON.stringify(result)) ? { failed: result } : result;
    } catch (cause) {
      if (cause instanceof Retry && attempt + 1 < ATTEMPTS) continue;
      return { failed: names.apply(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)) };
    }
  }
}

/** Runs cases and answers each one's outcome as soon as it is there. */
export function runCases(net: Net, cases: readonly Case[]): ReadonlyMap<string, Promise<Json>> {
  const settle = new Map<string, (outcome: Json) => void>();
  const outcomes = new Map(
    cases.map(({ id }) => [id, new Promise<Json>((resolve) => settle.set(id, resolve))] as const),
  );
  const perform = async (each: Case): Promise<void> => {
    settle.get(each.id)?.(await outcome(net, each));
  };
  const queue = async (atOnce: number, waiting: Case[]): Promise<void> => {
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await perform(next);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  };
  const [among, alone] = [cases.filter((each) => each.alone !== true), cases.filter((each) => each.alone === true)];
  void queue(AT_ONCE, among).then(() => queue(1, alone));
  return outcomes;
}
