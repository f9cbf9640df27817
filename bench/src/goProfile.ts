/** CPU profiles of Go programs, as `/debug/pprof/profile` answers them: gzip of perftools.profiles.Profile (google/pprof, profile.proto). */
import { gunzipSync } from 'node:zlib';
import { BinaryReader } from 'google-protobuf';

/** What a function has cost by itself, in nanoseconds of CPU. */
export type SelfTimes = ReadonlyMap<string, number>;

interface Profile {
  readonly samples: readonly { readonly locations: readonly number[]; readonly values: readonly number[] }[];
  /** Function ids of a location, the innermost inlined call first. */
  readonly locations: ReadonlyMap<number, readonly number[]>;
  /** Index of a function's name among the texts. */
  readonly functions: ReadonlyMap<number, number>;
  readonly texts: readonly string[];
}

type Reading = Readonly<Record<number, (reader: BinaryReader) => void>>;

/** Reads one message: the fields that are named, in their order, and none of the others. */
function readFields(reader: BinaryReader, fields: Reading): void {
  while (reader.nextField() && !reader.isEndGroup()) {
    const read = fields[reader.getFieldNumber()];
    if (read === undefined) reader.skipField();
    else read(reader);
  }
}

const nested = (reader: BinaryReader, fields: Reading): void => {
  reader.readMessage(undefined, () => {
    readFields(reader, fields);
  });
};

/** Go packs repeated numbers from the third on. */
const numbers = (reader: BinaryReader): number[] =>
  reader.isDelimited() ? reader.readPackedInt64() : [reader.readInt64()];

/** Profile: sample = 2, location = 4, function = 5, string_table = 6. */
function decode(bytes: Uint8Array): Profile {
  const samples: { locations: number[]; values: number[] }[] = [];
  const locations = new Map<number, number[]>();
  const functions = new Map<number, number>();
  const texts: string[] = [];
  readFields(new BinaryReader(bytes), {
    2: (reader) => {
      const sample = { locations: [] as number[], values: [] as number[] };
      nested(reader, {
        1: (inner) => void sample.locations.push(...numbers(inner)),
        2: (inner) => void sample.values.push(...numbers(inner)),
      });
      samples.push(sample);
    },
    4: (reader) => {
      const location = { id: 0, functions: [] as number[] };
      nested(reader, {
        1: (inner) => void (location.id = inner.readUint64()),
        4: (inner) => {
          nested(inner, { 1: (line) => void location.functions.push(line.readUint64()) });
        },
      });
      locations.set(location.id, location.functions);
    },
    5: (reader) => {
      const named = { id: 0, name: 0 };
      nested(reader, {
        1: (inner) => void (named.id = inner.readUint64()),
        2: (inner) => void (named.name = inner.readInt64()),
      });
      functions.set(named.id, named.name);
    },
    6: (reader) => void texts.push(reader.readString()),
  });
  return { samples, locations, functions, texts };
}

/** Self time by function. The last value of a sample is its CPU time. */
export function selfTimes(gzipped: Uint8Array): SelfTimes {
  const { samples, locations, functions, texts } = decode(gunzipSync(gzipped));
  const times = new Map<string, number>();
  for (const { locations: stack, values } of samples) {
    const [inner] = locations.get(stack[0] ?? 0) ?? [];
    const name = texts[functions.get(inner ?? 0) ?? 0] ?? '';
    times.set(name, (times.get(name) ?? 0) + (values.at(-1) ?? 0));
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
