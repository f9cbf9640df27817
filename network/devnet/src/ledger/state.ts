// One peer's world state: public keys, hashes of private keys (every peer has them), private values (members alone).
import { sha256 } from '../identity/ecdsa.js';
import { OrderedMap } from './orderedMap.js';
import type { Version } from './version.js';

export type Metadata = ReadonlyMap<string, Uint8Array>;

/** For a hashed key the value is the hash of the private value. */
export interface StateEntry {
  readonly value: Uint8Array;
  readonly metadata: Metadata | undefined;
  readonly version: Version;
}

export interface PrivateEntry {
  readonly value: Uint8Array;
  readonly version: Version;
}

/** What a block changes; null is a deletion. Hashed keys are named by the hexadecimal hash of the key. */
export class UpdateBatch {
  readonly publicKeys = new Map<string, Map<string, StateEntry | null>>();
  readonly hashedKeys = new Map<string, Map<string, StateEntry | null>>();

  getPublic(namespace: string, key: string): StateEntry | null | undefined {
    return this.publicKeys.get(namespace)?.get(key);
  }

  getHashed(namespace: string, collection: string, keyHash: string): StateEntry | null | undefined {
    return this.hashedKeys.get(collectionId(namespace, collection))?.get(keyHash);
  }

  set(namespace: string, collection: string, key: string, entry: StateEntry | null): void {
    const [map, id] =
      collection === '' ? [this.publicKeys, namespace] : [this.hashedKeys, collectionId(namespace, collection)];
    getOrCreate(map, id, () => new Map()).set(key, entry);
  }
}

export class StateDb {
  readonly #public = new Map<string, OrderedMap<StateEntry>>();
  readonly #hashed = new Map<string, Map<string, StateEntry>>();
  readonly #private = new Map<string, OrderedMap<PrivateEntry>>();

  getPublic(namespace: string, key: string): StateEntry | undefined {
    return this.#public.get(namespace)?.get(key);
  }

  rangePublic(namespace: string, start: string, end: string): Generator<readonly [string, StateEntry], undefined> {
    return (this.#public.get(namespace) ?? new OrderedMap<StateEntry>()).range(start, end);
  }

  getHashed(namespace: string, collection: string, keyHash: string): StateEntry | undefined {
    return this.#hashed.get(collectionId(namespace, collection))?.get(keyHash);
  }

  getPrivate(namespace: string, collection: string, key: string): PrivateEntry | undefined {
    return this.#private.get(collectionId(namespace, collection))?.get(key);
  }

  rangePrivate(
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): Generator<readonly [string, PrivateEntry], undefined> {
    return (this.#private.get(collectionId(namespace, collection)) ?? new OrderedMap<PrivateEntry>()).range(start, end);
  }

  setPrivate(namespace: string, collection: string, key: string, entry: PrivateEntry | undefined): void {
    getOrCreate(this.#private, collectionId(namespace, collection), () => new OrderedMap<PrivateEntry>()).set(
      key,
      entry,
    );
  }

  /** Entries are immutable and so shared between the peers' states. */
  apply(batch: UpdateBatch): void {
    for (const [namespace, changes] of batch.publicKeys) {
      const keys = getOrCreate(this.#public, namespace, () => new OrderedMap<StateEntry>());
      changes.forEach((entry, key) => {
        keys.set(key, entry ?? undefined);
      });
    }
    for (const [id, changes] of batch.hashedKeys) {
      const keys = getOrCreate(this.#hashed, id, () => new Map<string, StateEntry>());
      for (const [key, entry] of changes) {
        if (entry) {
          keys.set(key, entry);
        } else {
          keys.delete(key);
        }
      }
    }
  }
}

/** The name under which the hash of a private key is kept. */
export function hashKey(key: string): string {
  return sha256(Buffer.from(key)).toString('hex');
}

/** A namespace and a collection as one key. */
export function collectionId(namespace: string, collection: string): string {
  return `${namespace}\0${collection}`;
}

/** The value of the key, made first when it is missing. */
export function getOrCreate<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}
