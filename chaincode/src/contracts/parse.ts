/** Checks the form of input before its schemas do: sizes, JSON, the fields of the transient map. A refusal names code and path, and never the value. */
import { TenorError, type ErrorCode } from '../protocol/errors.js';
import { LIMITS } from '../protocol/limits.js';

/** Parses the one JSON argument of a transaction. @throws TenorError REQUEST_TOO_LARGE, REQUEST_MALFORMED */
export function parseArgument(args: readonly string[]): unknown {
  const [json, ...more] = args;
  if (more.length > 0) throw new TenorError('REQUEST_MALFORMED', { path: 'args' });
  if (json === undefined || json === '') return {};
  if (Buffer.byteLength(json) > LIMITS.requestBytes) throw new TenorError('REQUEST_TOO_LARGE', { path: 'args' });
  return parseJson(json, 'REQUEST_MALFORMED', 'args');
}

/** The fields of a proposal's transient map that this chaincode uses. */
export interface Transient {
  /** Parsed JSON of the field `private`, or undefined. */
  readonly secret: unknown;
  readonly openings: ReadonlyMap<string, string>;
  readonly seed: Uint8Array | undefined;
}

const FIELDS: readonly string[] = ['private', 'openings', 'seed'];

/** Reads the transient map. @throws TenorError REQUEST_MALFORMED, REQUEST_TOO_LARGE, PRIVATE_MISSING, OPENING_MALFORMED, SEED_INVALID */
export function parseTransient(map: ReadonlyMap<string, Uint8Array>): Transient {
  for (const [field, bytes] of map) {
    if (!FIELDS.includes(field)) throw new TenorError('REQUEST_MALFORMED', { path: 'transient' });
    if (bytes.length > LIMITS.transientBytes) throw new TenorError('REQUEST_TOO_LARGE', { path: `transient.${field}` });
  }
  const seed = map.get('seed');
  if (seed !== undefined && seed.length !== LIMITS.seedBytes) throw new TenorError('SEED_INVALID');
  const secret = map.get('private');
  return {
    secret: secret === undefined ? undefined : parseJson(textOf(secret), 'PRIVATE_MISSING', 'transient.private'),
    openings: parseOpenings(map.get('openings')),
    seed,
  };
}

function parseOpenings(bytes: Uint8Array | undefined): ReadonlyMap<string, string> {
  if (bytes === undefined) return new Map();
  const openings = parseJson(textOf(bytes), 'OPENING_MALFORMED', 'transient.openings');
  const isMap = typeof openings === 'object' && openings !== null && !Array.isArray(openings);
  const entries: [string, unknown][] = isMap ? Object.entries(openings) : [];
  const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
  if (!isMap || !entries.every(isText)) throw new TenorError('OPENING_MALFORMED');
  return new Map(entries.filter(isText));
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

function parseJson(json: string, code: ErrorCode, path: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new TenorError(code, { path });
  }
}
