// One simulation of one transaction on one peer: reads the committed state, collects writes, forbids what Fabric forbids.
import type { peer } from '@hyperledger/fabric-protos';
import { findCollection, readDefinition, LIFECYCLE, type ReadLifecycle } from './definition.js';
import { RangeRecorder } from './rangeQuery.js';
import { RwsetBuilder, type PrivateSet } from './rwsetBuilder.js';
import { getOrCreate, hashKey, type Metadata, type StateDb } from './state.js';
import { printVersion, sameVersion } from './version.js';
import { implicitCollectionOwner, type Channel } from '../channel.js';
import { buildInterest, type TouchedNamespace } from './interest.js';

export interface KeyValue {
  readonly key: string;
  readonly value: Uint8Array;
}

/** A scan; each `next` is one record fetched by the peer and so recorded. */
export interface Scan {
  next(): KeyValue | undefined;
}

export interface PagedScan extends Scan {
  /** The key after the last one fetched, which is the bookmark of the next page. It ends the scan and records nothing. */
  peek(): string | undefined;
}

/** What a peer has committed so far. */
export interface CommittedState {
  readonly state: StateDb;
  readonly history: (namespace: string, key: string) => () => Uint8Array | undefined;
}

export interface SimulationResult {
  readonly publicBytes: Uint8Array;
  readonly privateSets: readonly PrivateSet[];
  readonly interest: peer.ChaincodeInterest;
}

export class Simulator {
  readonly channel: Channel;
  readonly txId: string;
  readonly state: StateDb;
  /** Serialized KeyModifications, the newest first; nothing is recorded of them. */
  readonly history: CommittedState['history'];
  readonly #builder = new RwsetBuilder();
  readonly #ranges: (readonly [namespace: string, recorder: RangeRecorder])[] = [];
  readonly #touched = new Map<string, TouchedNamespace>();
  readonly #knownCollections = new Set<string>();
  #wrote = false;
  #queriedPrivate = false;
  #paged = false;

  constructor(channel: Channel, txId: string, { state, history }: CommittedState) {
    this.channel = channel;
    this.txId = txId;
    this.state = state;
    this.history = history;
  }

  /** Undefined when the key does not exist. */
  getState(namespace: string, key: string): Uint8Array | undefined {
    const entry = this.state.getPublic(namespace, key);
    this.#builder.read(namespace, key, entry?.version);
    return entry?.value;
  }

  getStateMetadata(namespace: string, key: string): Metadata {
    const entry = this.state.getPublic(namespace, key);
    this.#builder.read(namespace, key, entry?.version);
    return entry?.metadata ?? new Map();
  }

  /** An empty value deletes. */
  setState(namespace: string, key: string, value: Uint8Array): void {
    this.#beforeWrite();
    this.#builder.write(namespace, key, value);
    this.#touch(namespace, '', this.state.getPublic(namespace, key)?.metadata);
  }

  setStateMetadata(namespace: string, key: string, metadata: Metadata): void {
    this.#beforeWrite();
    this.#builder.writeMetadata(namespace, key, metadata);
    this.#touch(namespace, '', this.state.getPublic(namespace, key)?.metadata);
  }

  rangeState(namespace: string, start: string, end: string): PagedScan {
    const recorder = new RangeRecorder(start, end);
    this.#ranges.push([namespace, recorder]);
    const records = this.state.rangePublic(namespace, start, end);
    return {
      next: () => {
        const { done, value } = records.next();
        if (done) {
          recorder.exhaust();
          return undefined;
        }
        const [key, entry] = value;
        recorder.add(key, entry.version);
        return { key, value: entry.value };
      },
      peek: () => {
        const { done, value } = records.next();
        return done ? undefined : value[0];
      },
    };
  }

  /** A paged scan is only allowed in a transaction that writes nothing. */
  rangeStatePaged(namespace: string, start: string, end: string): PagedScan {
    if (this.#wrote) {
      throw this.#unsupported('Paginated queries are supported only in a read-only transaction');
    }
    this.#paged = true;
    return this.rangeState(namespace, start, end);
  }

  getPrivate(namespace: string, collection: string, key: string): Uint8Array | undefined {
    this.#requireCollection(namespace, collection);
    const entry = this.state.getPrivate(namespace, collection, key);
    const hashed = this.state.getHashed(namespace, collection, hashKey(key));
    if (!sameVersion(entry?.version, hashed?.version)) {
      throw new Error(
        'private data matching public hash version is not available. ' +
          `Public hash version = ${printVersion(hashed?.version)}, Private data version = ${printVersion(entry?.version)}`,
      );
    }
    this.#builder.readHash(namespace, collection, key, entry?.version);
    this.#namespace(namespace).privateReads.add(collection);
    return entry?.value;
  }

  /** Several at once are not held against their hashes: where this peer has no value there is none. */
  getPrivateMany(namespace: string, collection: string, keys: readonly string[]): (Uint8Array | undefined)[] {
    this.#requireCollection(namespace, collection);
    return keys.map((key) => {
      const entry = this.state.getPrivate(namespace, collection, key);
      this.#builder.readHash(namespace, collection, key, entry?.version);
      this.#namespace(namespace).privateReads.add(collection);
      return entry?.value;
    });
  }

  getPrivateHash(namespace: string, collection: string, key: string): Uint8Array | undefined {
    this.#requireCollection(namespace, collection);
    const hashed = this.state.getHashed(namespace, collection, hashKey(key));
    this.#builder.readHash(namespace, collection, key, hashed?.version);
    return hashed?.value;
  }

  getPrivateMetadata(namespace: string, collection: string, key: string): Metadata {
    this.#requireCollection(namespace, collection);
    const hashed = this.state.getHashed(namespace, collection, hashKey(key));
    this.#builder.readHash(namespace, collection, key, hashed?.version);
    return hashed?.metadata ?? new Map();
  }

  /** An empty value deletes; `purge` also removes the value's history. */
  setPrivate(namespace: string, collection: string, key: string, value: Uint8Array, purge = false): void {
    this.#requireCollection(namespace, collection);
    this.#beforeWrite();
    this.#builder.writePrivate(namespace, collection, key, value, purge);
    this.#touch(namespace, collection, this.state.getHashed(namespace, collection, hashKey(key))?.metadata);
  }

  setPrivateMetadata(namespace: string, collection: string, key: string, metadata: Metadata): void {
    this.#requireCollection(namespace, collection);
    this.#beforeWrite();
    this.#builder.writePrivateMetadata(namespace, collection, key, metadata);
    this.#touch(namespace, collection, this.state.getHashed(namespace, collection, hashKey(key))?.metadata);
  }

  /** Nothing is recorded of a private scan, which is why no write may go with it. */
  rangePrivate(namespace: string, collection: string, start: string, end: string): Scan {
    if (this.#wrote) {
      throw this.#unsupported('Queries on pvt data is supported only in a read-only transaction');
    }
    this.#queriedPrivate = true;
    this.#requireCollection(namespace, collection);
    const records = this.state.rangePrivate(namespace, collection, start, end);
    return {
      next: () => {
        const { done, value } = records.next();
        return done ? undefined : { key: value[0], value: value[1].value };
      },
    };
  }

  /** Reads `_lifecycle` and records it, so that an upgrade on its way invalidates this transaction. */
  readonly readLifecycle: ReadLifecycle = (key) => this.getState(LIFECYCLE, key);

  /** Ends the simulation: nothing may be read or written after this. */
  result(): SimulationResult {
    this.#ranges.forEach(([namespace, recorder]) => {
      this.#builder.range(namespace, recorder.build());
    });
    for (const namespace of this.#builder.namespaces()) {
      this.#namespace(namespace);
    }
    return { ...this.#builder.build(), interest: buildInterest(this.#touched) };
  }

  /**
   * Throws for a collection the chaincode does not have. The first use in a transaction reads the whole definition,
   * and these reads are in the read set.
   */
  #requireCollection(namespace: string, collection: string): void {
    const id = `${namespace}\0${collection}`;
    if (this.#knownCollections.has(id)) {
      return;
    }
    const definition = readDefinition(namespace, this.readLifecycle);
    const owner = implicitCollectionOwner(collection);
    const isForeign = owner !== undefined && !this.channel.mspIds.includes(owner);
    if (isForeign || !findCollection(definition, collection)) {
      throw new Error(`collection [${collection}] not defined in the collection config for chaincode [${namespace}]`);
    }
    this.#knownCollections.add(id);
  }

  #beforeWrite(): void {
    if (this.#queriedPrivate) {
      throw this.#unsupported('Transaction has already performed queries on pvt data. Writes are not allowed');
    }
    if (this.#paged) {
      throw this.#unsupported('Transaction has already performed a paginated query. Writes are not allowed');
    }
    this.#wrote = true;
  }

  /** Remembers which policy the written key is under: its own committed one, or that of its collection or chaincode. */
  #touch(namespace: string, collection: string, metadata: Metadata | undefined): void {
    const touched = this.#namespace(namespace);
    touched.written = true;
    const keyPolicy = metadata?.get('VALIDATION_PARAMETER');
    if (keyPolicy) {
      touched.keyPolicies.push(keyPolicy);
    } else {
      touched.unguarded.add(collection);
    }
  }

  #namespace(name: string): TouchedNamespace {
    return getOrCreate(this.#touched, name, () => ({
      written: false,
      unguarded: new Set(),
      privateReads: new Set(),
      keyPolicies: [],
    }));
  }

  #unsupported(reason: string): Error {
    return new Error(`txid [${this.txId}]: unsuppored transaction. ${reason}`);
  }
}
