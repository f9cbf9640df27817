/** CPU profiles of Go programs, as `/debug/pprof/profile` answers them: gzip of perftools.profiles.Profile (google/pprof, profile.proto). */
import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';

/** What a function has cost by itself, in nanoseconds of CPU. */
export type SelfTimes = ReadonlyMap<string, number>;

/** Self time by function. The last value of a sample is its CPU time; a location names the innermost inlined call first. */
export function selfTimes(gzipped: Uint8Array): SelfTimes {
  const { sample, location, function: functions, stringTable } = Profile.decode(gunzipSync(gzipped));
  const innermost = new Map(location.map(({ id, line: [line] }) => [Number(id), Number(line?.functionId ?? 0)]));
  const names = new Map(functions.map(({ id, name }) => [Number(id), stringTable.strings[Number(name)]]));
  const times = new Map<string, number>();
  for (const { locationId, value } of sample) {
    const name = names.get(innermost.get(Number(locationId[0] ?? 0)) ?? 0) ?? '';
    times.set(name, (times.get(name) ?? 0) + Number(value.at(-1) ?? 0));
  }
  return times;
}

/** Whose work a function is, by a piece of its name; the first that fits. */
const GROUPS: readonly (readonly [piece: string, name: string])[] = [
  ['p256', 'P-256 signatures'],
  ['nistec', 'P-256 signatures'],
  ['crypto/internal/fips140/bigmod', 'P-256 signatures'],
  ['ecdsa', 'P-256 signatures'],
  ['crypto/tls', 'TLS'],
  ['gcm', 'TLS'],
  ['aes', 'TLS'],
  ['sha256', 'hashes'],
  ['protobuf', 'protobuf'],
  ['grpc', 'gRPC'],
  ['http2', 'gRPC'],
  ['hpack', 'gRPC'],
  ['goleveldb', 'LevelDB'],
  ['hyperledger/fabric/core/ledger', 'ledger'],
  ['hyperledger/fabric/core/chaincode', 'chaincode support'],
  ['hyperledger/fabric/gossip', 'gossip'],
  ['hyperledger/fabric', 'rest of Fabric'],
  ['crypto/x509', 'certificates'],
  ['asn1', 'certificates'],
  ['runtime.gc', 'garbage collection'],
  ['runtime.scan', 'garbage collection'],
  ['runtime.mark', 'garbage collection'],
  ['runtime.grey', 'garbage collection'],
  ['runtime.malloc', 'allocation'],
  ['runtime.memclr', 'allocation'],
  ['Syscall', 'system calls'],
  ['runtime.futex', 'scheduling'],
  ['runtime', 'scheduling'],
];

/** Group of a Go function. */
export const goGroupOf = (name: string): string => GROUPS.find(([piece]) => name.includes(piece))?.[1] ?? 'other';
