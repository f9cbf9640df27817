// The world state: public keys, hashes of private keys (every peer has them), private values (members alone).
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

/** What a transaction made of a key. Values are parts of the envelope, which the chain keeps anyway. */
export interface Change extends Omit<StateEntry, 'value'> {
  /** Undefined: the key was deleted. */
  readonly value: Uint8Array | undefined;
  /** What it replaced: a peer that is behind still reads it, and a history goes through all of them. */
  readonly before: Change | undefined;
}

export interface PrivateEntry {
  readonly value: Uint8Array;
  readonly version: Version;
}

/** The last change of each key, by `collectionId`. Hashed keys are named by the hexadecimal hash of the key. */
export type ChannelKeys = Map<string, OrderedMap<Change>>;

/** What a block changes, by `collectionId`. */
export class UpdateBatch {
  readonly changes = new Map<string, Map<string, Change>>();

  get(namespace: string, collection: string, key: string): Change | undefined {
    return this.changes.get(collectionId(namespace, collection))?.get(key);
  }

  set(namespace: string, collection: string, key: string, change: Change): void {
    getOrCreate(this.changes, collectionId(namespace, collection), () => new Map<string, Change>()).set(key, change);
  }

  applyTo(channelKeys: ChannelKeys): void {
    for (const [id, changes] of this.changes) {
      const keys = getOrCreate(channelKeys, id, () => new OrderedMap<Change>());
      changes.forEach((change, key) => {
        keys.set(key, change);
      });
    }
  }
}

/** The state below a height. Keys are the channel's, one store for all peers; private values are a peer's own. */
export class StateDb {
  readonly #keys: ChannelKeys;
  readonly #height: () => number;
  readonly #private = new Map<string, OrderedMap<PrivateEntry>>();

  constructor(keys: ChannelKeys, height: () => number) {
    this.#keys = keys;
    this.#height = height;
  }

  /** The last change of a key, which may be that it was deleted; the collection "" is the public part. */
  lastChange(namespace: string, collection: string, key: string): Change | undefined {
    return this.#below(this.#keys.get(collectionId(namespace, collection))?.get(key));
  }

  getPublic(namespace: string, key: string): StateEntry | undefined {
    return entryOf(this.lastChange(namespace, '', key));
  }

  getHashed(namespace: string, collection: string, keyHash: string): StateEntry | undefined {
    return entryOf(this.lastChange(namespace, collection, keyHash));
  }

  *rangePublic(namespace: string, start: string, end: string): Generator<readonly [string, StateEntry], undefined> {
    for (const [key, change] of this.#keys.get(collectionId(namespace, ''))?.range(start, end) ?? []) {
      const entry = entryOf(this.#below(change));
      if (entry) {
        yield [key, entry];
      }
    }
    return undefined;
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

  /** Forgets every private value. */
  losePrivate(): void {
    this.#private.clear();
  }

  #below(last: Change | undefined): Change | undefined {
    const height = this.#height();
    let change = last;
    while (change && change.version.block >= height) {
      change = change.before;
    }
    return change;
  }
}

/** What stands after a change; undefined when that was a deletion. */
function entryOf(change: Change | undefined): StateEntry | undefined {
  return change?.value && (change as StateEntry);
}

/** The name under which the hash of a private key is kept. */
export function hashKey(key: string): string {
  return sha256(Buffer.from(key)).toString('hex');
}

/** A namespace and a collection as one key. */
export function collectionId(namespace: string, collection: string): string {
  return `${namespace}\0${collection}`;
}

/** The namespace and the collection of a `collectionId`. */
export function partsOfId(id: string): readonly [namespace: string, collection: string] {
  const end = id.indexOf('\0');
  return [id.slice(0, end), id.slice(end + 1)];
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
