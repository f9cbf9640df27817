/** Organisations with changed chaincode. Together they endorse any write set, under the real chaincode's name. */
import { TenorError, type Receipt, type Tenor } from '@tenor/client';
import { encodeKeyPolicy } from '../../chaincode/src/ledger/keyPolicy.js';
import type { PartyName, World } from './world.js';

/** One operation of the raw chaincode, see test/fixtures/raw-chaincode. */
export interface RawOperation {
  readonly op:
    | 'put'
    | 'get'
    | 'putPrivate'
    | 'getPrivate'
    | 'getPrivateHash'
    | 'delPrivate'
    | 'purgePrivate'
    | 'policyPrivate'
    | 'event';
  readonly collection?: string;
  readonly key: string;
  /** Base64. */
  readonly value?: string;
  /** Base64 of a common.SignaturePolicyEnvelope. */
  readonly policy?: string;
}

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');
const bookOf = (mspId: string): string => `_implicit_org_${mspId}`;

/** Writes bytes, or a record as JSON, into a book. */
export const write = (mspId: string, key: string, value: object | string): RawOperation => ({
  ...{ op: 'putPrivate', collection: bookOf(mspId), key },
  value: base64(typeof value === 'string' ? value : JSON.stringify(value)),
});

/** Deletes a key of a book. */
export const erase = (mspId: string, key: string): RawOperation => ({
  op: 'delPrivate',
  collection: bookOf(mspId),
  key,
});

/** Purges a key of a book. */
export const purge = (mspId: string, key: string): RawOperation => ({
  op: 'purgePrivate',
  collection: bookOf(mspId),
  key,
});

/** Replaces the policy of a key by one that `mspIds` satisfy together; no one named drops the policy. */
export const guard = (mspId: string, key: string, mspIds: readonly string[]): RawOperation => ({
  ...{ op: 'policyPrivate', collection: bookOf(mspId), key },
  policy: mspIds.length === 0 ? '' : base64(encodeKeyPolicy({ all: [...new Set(mspIds)] })),
});

/** Writes public state. */
export const publish = (key: string, value: object): RawOperation => ({
  op: 'put',
  key,
  value: base64(JSON.stringify(value)),
});

/** Says something under a name. */
export const emit = (name: string, payload: string): RawOperation => ({
  op: 'event',
  key: name,
  value: base64(payload),
});

/** How a transaction ended: `VALID`, or the validation code or refusal that it met. */
export async function ending(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'VALID';
  } catch (error) {
    if (error instanceof TenorError) return error.data['validation'] ?? error.code;
    throw error;
  }
}

/** The refusal that a call met, as far as a suite compares it. */
export interface Refusal {
  readonly code: string;
  readonly data: Readonly<Record<string, string>>;
}

/** The refusal that a call must meet. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TenorError) return { code: error.code, data: error.data };
    throw error;
  }
  return { code: 'VALID', data: {} };
}

const hostsOf = (world: World, names: readonly PartyName[]): string[] => [
  ...new Set(names.map((name) => world.people(name).organization)),
];

/** Organisations that run the raw chaincode until they surrender. */
export class Attackers {
  readonly #world: World;
  readonly #names: readonly PartyName[];

  private constructor(world: World, names: readonly PartyName[]) {
    this.#world = world;
    this.#names = names;
  }

  /** Changes the chaincode of these organisations. */
  static async corrupt(world: World, names: readonly PartyName[]): Promise<Attackers> {
    await Promise.all(hostsOf(world, names).map((organization) => world.ledger.faults.tamper(organization)));
    return new Attackers(world, names);
  }

  /** Puts the real chaincode back. */
  async surrender(): Promise<void> {
    const { faults } = this.#world.ledger;
    await Promise.all(hostsOf(this.#world, this.#names).map((organization) => faults.restore(organization)));
  }

  /** Submits a write set that `endorsers` (all of the attackers when left out) sign; a user of the first one sends it. */
  commit(operations: readonly RawOperation[], endorsers: readonly PartyName[] = this.#names): Promise<string> {
    return ending(this.send(operations, endorsers));
  }

  /** The same, with the receipt. */
  send(operations: readonly RawOperation[], endorsers: readonly PartyName[] = this.#names): Promise<Receipt> {
    const mspIds = [...new Set(endorsers.map((name) => this.#world.people(name).mspId))];
    return this.#user(endorsers).sender.submitOnce('certificate:accept', '{}', transientOf(operations), mspIds);
  }

  /** What an attacker's own peer answers to reads. */
  async read(
    operations: readonly RawOperation[],
    by: PartyName | undefined = this.#names[0],
  ): Promise<readonly string[]> {
    return this.#user(by === undefined ? [] : [by]).sender.evaluate<string[]>('book:get', {}, transientOf(operations));
  }

  /** Hashes of keys of one book, by key: empty where there is none. Anyone can read them. */
  async hashes(mspId: string, keys: readonly string[], by?: PartyName): Promise<Readonly<Record<string, string>>> {
    const reads = keys.map((key): RawOperation => ({ op: 'getPrivateHash', collection: bookOf(mspId), key }));
    const answers = await this.read(reads, by);
    return Object.fromEntries(keys.map((key, index) => [key, answers[index] ?? '']));
  }

  /** What puts keys of an attacker's own book back as they are now. */
  async undo(mspId: string, keys: readonly string[], by?: PartyName): Promise<RawOperation[]> {
    const reads = keys.map((key): RawOperation => ({ op: 'getPrivate', collection: bookOf(mspId), key }));
    const values = await this.read(reads, by);
    return keys.map((key, index) => {
      const value = Buffer.from(values[index] ?? '', 'base64').toString();
      return value === '' ? erase(mspId, key) : write(mspId, key, value);
    });
  }

  #user([first]: readonly PartyName[]): Tenor {
    if (first === undefined) throw new Error('nobody attacks');
    return this.#world.people(first).checker;
  }
}

const transientOf = (operations: readonly RawOperation[]): Record<string, Uint8Array> => ({
  raw: Buffer.from(JSON.stringify(operations)),
});

/** The seed of every hand-made call. */
export const DEMANDED: Uint8Array = Buffer.alloc(32, 7);

/** A real transaction with openings of the caller's choice, sent to endorsers of the caller's choice. */
export interface HandMade {
  readonly name: string;
  readonly request: object;
  readonly secret?: object;
  /** By key, as text. */
  readonly openings: Readonly<Record<string, string>>;
}

/** Asks `endorsers`, whose chaincode is the real one, to endorse a hand-made call, and commits it when they do. */
export function demand(
  caller: Tenor,
  { name, request, secret, openings }: HandMade,
  endorsers: readonly string[],
): Promise<unknown> {
  const transient = {
    openings: Buffer.from(JSON.stringify(openings)),
    seed: DEMANDED,
    ...(secret === undefined ? {} : { private: Buffer.from(JSON.stringify(secret)) }),
  };
  return caller.sender.submitOnce(name, JSON.stringify(request), transient, [...new Set(endorsers)]);
}
