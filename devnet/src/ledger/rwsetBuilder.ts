// Collects what a simulation reads and writes, and gives it as Fabric's read/write sets: public with hashes, and private.
import * as kvrwset from '@hyperledger/fabric-protos/lib/ledger/rwset/kvrwset/index.js';
import * as rwset from '@hyperledger/fabric-protos/lib/ledger/rwset/index.js';
import { sha256 } from '../identity/ecdsa.js';
import { compareKeys } from './orderedMap.js';
import { getOrCreate, type Metadata } from './state.js';
import type { Version } from './version.js';

/** The private writes of one collection, as they travel between peers. */
export interface PrivateSet {
  readonly namespace: string;
  readonly collection: string;
  /** A serialized KVRWSet; its SHA-256 is in the public set. */
  readonly bytes: Uint8Array;
}

class CollectionBuilder {
  readonly reads = new Map<string, kvrwset.KVReadHash>();
  readonly writes = new Map<string, kvrwset.KVWriteHash>();
  readonly metadataWrites = new Map<string, kvrwset.KVMetadataWriteHash>();
  readonly privateWrites = new Map<string, kvrwset.KVWrite>();
  readonly privateMetadataWrites = new Map<string, kvrwset.KVMetadataWrite>();

  buildPrivate(): Uint8Array | undefined {
    if (this.privateWrites.size === 0 && this.privateMetadataWrites.size === 0) {
      return undefined;
    }
    const set = new kvrwset.KVRWSet();
    set.setWritesList(byKey(this.privateWrites));
    set.setMetadataWritesList(byKey(this.privateMetadataWrites));
    return set.serializeBinary();
  }

  buildHashed(name: string, privateBytes: Uint8Array | undefined): rwset.CollectionHashedReadWriteSet {
    const hashed = new kvrwset.HashedRWSet();
    hashed.setHashedReadsList(byKey(this.reads));
    hashed.setHashedWritesList(byKey(this.writes));
    hashed.setMetadataWritesList(byKey(this.metadataWrites));
    const set = new rwset.CollectionHashedReadWriteSet();
    set.setCollectionName(name);
    set.setHashedRwset(hashed.serializeBinary());
    if (privateBytes) {
      set.setPvtRwsetHash(sha256(privateBytes));
    }
    return set;
  }
}

class NamespaceBuilder {
  readonly reads = new Map<string, kvrwset.KVRead>();
  readonly writes = new Map<string, kvrwset.KVWrite>();
  readonly metadataWrites = new Map<string, kvrwset.KVMetadataWrite>();
  readonly ranges = new Map<string, kvrwset.RangeQueryInfo>();
  readonly collections = new Map<string, CollectionBuilder>();
}

export class RwsetBuilder {
  readonly #namespaces = new Map<string, NamespaceBuilder>();

  read(namespace: string, key: string, version: Version | undefined): void {
    this.#namespace(namespace).reads.set(key, kvRead(key, version));
  }

  write(namespace: string, key: string, value: Uint8Array): void {
    this.#namespace(namespace).writes.set(key, kvWrite(key, value));
  }

  writeMetadata(namespace: string, key: string, metadata: Metadata): void {
    const write = new kvrwset.KVMetadataWrite();
    write.setKey(key);
    write.setEntriesList(metadataEntries(metadata));
    this.#namespace(namespace).metadataWrites.set(key, write);
  }

  /** The same range scanned to the same end twice is recorded once. */
  range(namespace: string, info: kvrwset.RangeQueryInfo): void {
    const { ranges } = this.#namespace(namespace);
    const id = JSON.stringify([info.getStartKey(), info.getEndKey(), info.getItrExhausted()]);
    if (!ranges.has(id)) {
      ranges.set(id, info);
    }
  }

  readHash(namespace: string, collection: string, key: string, version: Version | undefined): void {
    const read = new kvrwset.KVReadHash();
    read.setKeyHash(keyHash(key));
    read.setVersion(toProto(version));
    this.#collection(namespace, collection).reads.set(key, read);
  }

  writePrivate(namespace: string, collection: string, key: string, value: Uint8Array, purge: boolean): void {
    const builder = this.#collection(namespace, collection);
    builder.privateWrites.set(key, kvWrite(key, value));
    const write = new kvrwset.KVWriteHash();
    write.setKeyHash(keyHash(key));
    write.setIsPurge(purge);
    if (value.length === 0) {
      write.setIsDelete(true);
    } else {
      write.setValueHash(sha256(value));
    }
    builder.writes.set(key, write);
  }

  writePrivateMetadata(namespace: string, collection: string, key: string, metadata: Metadata): void {
    const builder = this.#collection(namespace, collection);
    const marker = new kvrwset.KVMetadataWrite();
    marker.setKey(key);
    builder.privateMetadataWrites.set(key, marker);
    const write = new kvrwset.KVMetadataWriteHash();
    write.setKeyHash(keyHash(key));
    write.setEntriesList(metadataEntries(metadata));
    builder.metadataWrites.set(key, write);
  }

  /** The namespaces touched in public or by hash, in the order of the set. */
  namespaces(): string[] {
    return [...this.#namespaces.keys()].sort(compareKeys);
  }

  build(): { readonly publicBytes: Uint8Array; readonly privateSets: readonly PrivateSet[] } {
    const privateSets: PrivateSet[] = [];
    const sets = this.namespaces().map((namespace) => {
      const builder = this.#namespace(namespace);
      const set = new rwset.NsReadWriteSet();
      set.setNamespace(namespace);
      set.setRwset(buildPublic(builder));
      set.setCollectionHashedRwsetList(
        sortedEntries(builder.collections).map(([collection, content]) => {
          const bytes = content.buildPrivate();
          if (bytes) {
            privateSets.push({ namespace, collection, bytes });
          }
          return content.buildHashed(collection, bytes);
        }),
      );
      return set;
    });
    const all = new rwset.TxReadWriteSet();
    all.setDataModel(rwset.TxReadWriteSet.DataModel.KV);
    all.setNsRwsetList(sets);
    return { publicBytes: all.serializeBinary(), privateSets };
  }

  #namespace(name: string): NamespaceBuilder {
    return getOrCreate(this.#namespaces, name, () => new NamespaceBuilder());
  }

  #collection(namespace: string, name: string): CollectionBuilder {
    return getOrCreate(this.#namespace(namespace).collections, name, () => new CollectionBuilder());
  }
}

/** A read as it stands in a read set; a key that does not exist has no version. */
export function kvRead(key: string, version: Version | undefined): kvrwset.KVRead {
  const read = new kvrwset.KVRead();
  read.setKey(key);
  read.setVersion(toProto(version));
  return read;
}

/** The version in a read set. */
export function fromProto(version: kvrwset.Version | undefined): Version | undefined {
  return version && { block: version.getBlockNum(), tx: version.getTxNum() };
}

function buildPublic(builder: NamespaceBuilder): Uint8Array {
  const set = new kvrwset.KVRWSet();
  set.setReadsList(byKey(builder.reads));
  set.setRangeQueriesInfoList([...builder.ranges.values()]);
  set.setWritesList(byKey(builder.writes));
  set.setMetadataWritesList(byKey(builder.metadataWrites));
  return set.serializeBinary();
}

/** An empty value is a deletion. */
function kvWrite(key: string, value: Uint8Array): kvrwset.KVWrite {
  const write = new kvrwset.KVWrite();
  write.setKey(key);
  if (value.length === 0) {
    write.setIsDelete(true);
  } else {
    write.setValue(value);
  }
  return write;
}

function metadataEntries(metadata: Metadata): kvrwset.KVMetadataEntry[] {
  return sortedEntries(metadata).map(([name, value]) => {
    const entry = new kvrwset.KVMetadataEntry();
    entry.setName(name);
    entry.setValue(value);
    return entry;
  });
}

function toProto(version: Version | undefined): kvrwset.Version | undefined {
  if (!version) {
    return undefined;
  }
  const proto = new kvrwset.Version();
  proto.setBlockNum(version.block);
  proto.setTxNum(version.tx);
  return proto;
}

function keyHash(key: string): Buffer {
  return sha256(Buffer.from(key));
}

function sortedEntries<V>(map: ReadonlyMap<string, V>): (readonly [string, V])[] {
  return [...map].sort(([a], [b]) => compareKeys(a, b));
}

function byKey<V>(map: ReadonlyMap<string, V>): V[] {
  return sortedEntries(map).map(([, value]) => value);
}
