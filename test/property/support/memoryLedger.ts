/**
 * A ledger in memory for properties by the thousand: the chaincode's own `run` on a stub that keeps read and write sets, and a
 * commit that checks versions and key policies as Fabric does. One stub stands for all endorsers: a submit sees hashes alone.
 */
import { createHash } from 'node:crypto';
import { run, type ContractStub } from '../../../chaincode/src/contracts/run.js';
import { readPolicy, satisfies } from '../../unit/ledger/policyEvaluator.js';

/** Who calls. */
export interface Creator {
  readonly mspId: string;
  readonly certPem: string;
}

/** A proposal. */
export interface Call {
  readonly creator: Creator;
  readonly name: string;
  readonly argument: string;
  readonly transient: ReadonlyMap<string, Uint8Array>;
  /** The day on which the client says that it made the proposal. */
  readonly claimedDate?: string;
}

interface Entry {
  readonly bytes: Buffer;
  readonly version: number;
  readonly policy: Uint8Array | undefined;
}

interface WriteOf {
  bytes?: Buffer | undefined;
  policy?: Uint8Array;
}

/** What a simulation read and would write. */
export interface Simulation {
  readonly answer: string;
  readonly event: { readonly name: string; readonly payload: string } | undefined;
  readonly reads: ReadonlyMap<string, number | undefined>;
  readonly writes: ReadonlyMap<string, WriteOf>;
  /** The policy of a written key after the call: the one that it sets, or the one that stays. */
  readonly policyAfter: (place: string) => Uint8Array | undefined;
}

/** Validation codes, as far as they occur here. */
export type Validation = 'VALID' | 'MVCC_READ_CONFLICT' | 'ENDORSEMENT_POLICY_FAILURE';

const PUBLIC = 'public';
const COLLECTION = '_implicit_org_';
const at = (collection: string, key: string): string => `${collection}\u0000${key}`;

/** State, private data of every organisation, and their key policies. */
export class MemoryLedger {
  readonly #organizations: readonly string[];
  readonly #state = new Map<string, Entry>();
  #height = 0;

  constructor(organizations: readonly string[]) {
    this.#organizations = organizations;
  }

  /** A ledger of its own with the same contents. */
  clone(): MemoryLedger {
    const copy = new MemoryLedger(this.#organizations);
    for (const [key, entry] of this.#state) copy.#state.set(key, entry);
    copy.#height = this.#height;
    return copy;
  }

  /** Number of committed transactions, valid or not. */
  get height(): number {
    return this.#height;
  }

  /** Runs a proposal on the state as it is. @throws TenorError */
  async simulate(call: Call): Promise<Simulation> {
    const simulation = new Simulated(this.#organizations, (key) => this.#state.get(key), call);
    const answer = await run(simulation.stub(), call.name, [call.argument]);
    const { event, reads, writes } = simulation;
    const before = new Map([...writes.keys()].map((place) => [place, this.#state.get(place)?.policy]));
    const policyAfter = (place: string): Uint8Array | undefined => writes.get(place)?.policy ?? before.get(place);
    return { answer, event, reads, writes, policyAfter };
  }

  /** Validates and applies. Endorsers are the organisations that signed this write set. */
  commit({ reads, writes }: Simulation, endorsers: readonly string[]): Validation {
    this.#height++;
    for (const [key, version] of reads) {
      if (this.#state.get(key)?.version !== version) return 'MVCC_READ_CONFLICT';
    }
    const signed = new Set(endorsers);
    for (const key of writes.keys()) {
      if (!this.#mayWrite(key, signed)) return 'ENDORSEMENT_POLICY_FAILURE';
    }
    for (const [key, write] of writes) this.#apply(key, write);
    return 'VALID';
  }

  /** All that is stored, in order: equal dumps are equal ledgers, byte for byte. */
  dump(): string {
    const entries = [...this.#state].sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify(
      entries.map(([key, { bytes, version, policy }]) => [
        key,
        bytes.toString(),
        version,
        Buffer.from(policy ?? []).toString('hex'),
      ]),
    );
  }

  /** Puts bytes under a key of an organisation's book, or of public state, as a transaction of before would have. */
  place(mspId: string | undefined, key: string, bytes: string, policy?: Uint8Array): void {
    const entry = { bytes: Buffer.from(bytes), version: this.#height, policy };
    this.#state.set(at(mspId === undefined ? PUBLIC : COLLECTION + mspId, key), entry);
  }

  /** Records of a kind that an organisation keeps as register, or that it was shown. */
  records(mspId: string, kind: string, shelf: 'own' | 'shown' = 'own'): Readonly<Record<string, unknown>>[] {
    const prefix = at(COLLECTION + mspId, `${shelf}/${kind}/`);
    return [...this.#state]
      .filter(([key]) => key.startsWith(prefix))
      .map(([, { bytes }]) => JSON.parse(bytes.toString()) as Record<string, unknown>);
  }

  /** Stored bytes with their keys. */
  entries(): { readonly collection: string; readonly key: string; readonly bytes: string }[] {
    return [...this.#state].map(([place, { bytes }]) => {
      const [collection = '', key = ''] = place.split('\u0000');
      return { collection, key, bytes: bytes.toString() };
    });
  }

  // A key with a policy asks that policy alone; a key of a book without one asks the book's owner; public state a majority.
  #mayWrite(key: string, signed: ReadonlySet<string>): boolean {
    const policy = this.#state.get(key)?.policy;
    if (policy !== undefined) return satisfies(readPolicy(policy), signed);
    const [collection = ''] = key.split('\u0000');
    if (collection === PUBLIC) return signed.size > this.#organizations.length / 2;
    return signed.has(collection.slice(COLLECTION.length));
  }

  #apply(key: string, write: WriteOf): void {
    const before = this.#state.get(key);
    const bytes = 'bytes' in write ? write.bytes : before?.bytes;
    if (bytes === undefined) this.#state.delete(key);
    else this.#state.set(key, { bytes, version: this.#height, policy: write.policy ?? before?.policy });
  }
}

class Simulated {
  readonly reads = new Map<string, number | undefined>();
  readonly writes = new Map<string, WriteOf>();
  event: Simulation['event'];
  readonly #organizations: readonly string[];
  readonly #stored: (key: string) => Entry | undefined;
  readonly #call: Call;

  constructor(organizations: readonly string[], stored: (key: string) => Entry | undefined, call: Call) {
    this.#organizations = organizations;
    this.#stored = stored;
    this.#call = call;
  }

  stub(): ContractStub {
    const { creator, transient } = this.#call;
    const stub = {
      getCreator: () => ({ mspid: creator.mspId, idBytes: Buffer.from(creator.certPem) }),
      getDateTimestamp: () => new Date(`${this.#call.claimedDate ?? '2026-11-23'}T12:00:00Z`),
      getTransient: () => new Map(transient),
      getState: (key: string) => this.#read(PUBLIC, key),
      getPrivateData: (collection: string, key: string) => this.#own(collection, key),
      getPrivateDataHash: (collection: string, key: string) => this.#hash(collection, key),
      getPrivateDataValidationParameter: (collection: string, key: string) => this.#policy(collection, key),
      putState: (key: string, bytes: Uint8Array) => this.#write(PUBLIC, key, { bytes: Buffer.from(bytes) }),
      putPrivateData: (collection: string, key: string, bytes: Uint8Array) =>
        this.#write(collection, key, { bytes: Buffer.from(bytes) }),
      deletePrivateData: (collection: string, key: string) => this.#write(collection, key, { bytes: undefined }),
      setPrivateDataValidationParameter: (collection: string, key: string, policy: Uint8Array) =>
        this.#write(collection, key, { policy }),
      getPrivateDataByRange: () => Promise.reject(new Error('no range in a submit')),
      setEvent: (name: string, payload: Uint8Array) => {
        this.event = { name, payload: Buffer.from(payload).toString() };
      },
    };
    // The shim types its stub as a class with far more on it; the contract uses this much.
    return stub as unknown as ContractStub;
  }

  #read(collection: string, key: string): Promise<Buffer> {
    const entry = this.#stored(at(collection, key));
    this.reads.set(at(collection, key), entry?.version);
    return Promise.resolve(entry?.bytes ?? Buffer.alloc(0));
  }

  // Only a plan or a query reads private values, and only of its caller's book: everyone else's peer does not have them.
  #own(collection: string, key: string): Promise<Buffer> {
    const isOwn = collection === COLLECTION + this.#call.creator.mspId;
    if (!isOwn || !['command:plan', 'book:get'].includes(this.#call.name))
      return Promise.reject(new Error(`${collection} is not to be read by value`));
    return Promise.resolve(this.#stored(at(collection, key))?.bytes ?? Buffer.alloc(0));
  }

  async #hash(collection: string, key: string): Promise<Buffer> {
    if (!this.#organizations.includes(collection.slice(COLLECTION.length))) {
      throw new Error(`collection ${collection} not defined in the collection config`);
    }
    const bytes = await this.#read(collection, key);
    return bytes.length === 0 ? bytes : createHash('sha256').update(bytes).digest();
  }

  async #policy(collection: string, key: string): Promise<Uint8Array | undefined> {
    await this.#read(collection, key);
    return this.#stored(at(collection, key))?.policy;
  }

  #write(collection: string, key: string, write: WriteOf): Promise<void> {
    this.writes.set(at(collection, key), { ...this.writes.get(at(collection, key)), ...write });
    return Promise.resolve();
  }
}
