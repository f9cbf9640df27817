/** Where CPU time goes, from V8 profiles: self time by package, and the functions on top. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';

/** One V8 profile, as Node's own inspector types it. */
export type CpuProfile = Profiler.Profile;
type Frame = Profiler.ProfileNode['callFrame'];

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

/** What ran at each sample of a profile, and for how long; idle time is left out. */
function busySamples({ nodes, samples = [], timeDeltas = [] }: CpuProfile): { frame: Frame; time: number }[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  return samples.flatMap((id, index) => {
    const frame = frames.get(id);
    return frame === undefined || IDLE.has(frame.functionName) ? [] : [{ frame, time: timeDeltas[index] ?? 0 }];
  });
}

/** Sums profiles up. */
export function summarize(profiles: readonly CpuProfile[]): Summary {
  const [groups, functions] = [new Map<string, number>(), new Map<string, number>()];
  for (const { frame, time } of profiles.flatMap(busySamples)) {
    const group = groupOf(frame.functionName, frame.url);
    const name = `${group}: ${frame.functionName || '(anonymous)'}`;
    groups.set(group, (groups.get(group) ?? 0) + time);
    functions.set(name, (functions.get(name) ?? 0) + time);
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
