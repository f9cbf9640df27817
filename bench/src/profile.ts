/** Where CPU time goes, from V8 profiles: self time by package, and the functions on top. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One V8 profile, as far as it is read. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

/** A share of the CPU time that was not idle, 0 to 1. */
export interface Share {
  readonly name: string;
  readonly share: number;
}

/** Groups by a piece of the path, the first that fits; what fits none is named by its package. */
const GROUPS: readonly (readonly [piece: string, name: string])[] = [
  ['fabric-shim', 'shim'],
  ['grpc-js', 'grpc'],
  ['protobuf', 'protobuf'],
  ['protos', 'protobuf'],
  ['zod', 'zod'],
  ['chaincode/dist/domain', 'domain'],
  ['chaincode/dist/ledger', 'ledger'],
  ['chaincode/dist/protocol', 'protocol'],
  ['chaincode/dist/contract', 'contract'],
  ['client/dist', 'client library'],
  ['fabric-gateway', 'gateway SDK'],
  ['bench/dist', 'benchmark'],
  ['node:internal/crypto', 'crypto'],
  ['node:', 'node'],
];
const IDLE: ReadonlySet<string> = new Set(['(idle)', '(root)']);

function groupOf(name: string, url: string): string {
  const found = GROUPS.find(([piece]) => url.includes(piece));
  if (found !== undefined) return found[1];
  if (url === '') return name.startsWith('(') ? name : 'native';
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? 'other';
}

/** Self time of the whole by group and by function, largest first. */
export interface Summary {
  readonly byGroup: readonly Share[];
  readonly byFunction: readonly Share[];
}

/** Sums profiles up. */
export function summarize(profiles: readonly CpuProfile[]): Summary {
  const [groups, functions] = [new Map<string, number>(), new Map<string, number>()];
  for (const { nodes, samples, timeDeltas } of profiles) {
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
    for (const [index, id] of samples.entries()) {
      const frame = frames.get(id);
      if (frame === undefined || IDLE.has(frame.functionName)) continue;
      const [group, time] = [groupOf(frame.functionName, frame.url), timeDeltas[index] ?? 0];
      const name = `${group}: ${frame.functionName === '' ? '(anonymous)' : frame.functionName}`;
      groups.set(group, (groups.get(group) ?? 0) + time);
      functions.set(name, (functions.get(name) ?? 0) + time);
    }
  }
  return { byGroup: shares(groups), byFunction: shares(functions) };
}

/** Shares of the whole, largest first. */
export function shares(times: ReadonlyMap<string, number>): Share[] {
  const all = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([name, time]) => ({ name, share: all > 0 ? time / all : 0 }))
    .sort((one, other) => other.share - one.share);
}

/** All profiles of a folder. */
export function readProfiles(folder: string): CpuProfile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile);
}
