// The ledger's own check, transaction by transaction: whether the versions that were read are still current after the block's earlier writes.
import type { ledger } from '@hyperledger/fabric-protos';
import { compareKeys } from './orderedMap.js';
import { sameResults } from './rangeQuery.js';
import { fromProto } from './rwsetBuilder.js';
import { collectionId, UpdateBatch, type Metadata, type StateDb } from './state.js';
import { TxCode, type NamespaceSet, type Transaction } from './transaction.js';
import { sameVersion, type Version } from './version.js';

type RangeQueryInfo = ledger.rwset.kvrwset.RangeQueryInfo;

/** What one transaction does to one key. Undefined parts are left as they stand. */
interface KeyChange {
  value?: Uint8Array | null;
  metadata?: Metadata;
}

/** Validates the transactions of one block in order and collects the writes of the valid ones. */
export class BlockValidator {
  readonly updates = new UpdateBatch();
  readonly #state: StateDb;

  constructor(state: StateDb) {
    this.#state = state;
  }

  /** The transaction's code; when valid its writes are added to `updates` under the given version. */
  validate(transaction: Transaction, version: Version): TxCode {
    for (const set of transaction.namespaces) {
      const code = this.#validateReads(set);
      if (code !== TxCode.VALID) {
        return code;
      }
    }
    for (const set of transaction.namespaces) {
      this.#applyWrites(set, version);
    }
    return TxCode.VALID;
  }

  #validateReads({ namespace, kv, collections }: NamespaceSet): TxCode {
    const publicReadsHold = kv.getReadsList().every((read) => {
      const key = read.getKey();
      return (
        this.updates.get(namespace, '', key) === undefined &&
        sameVersion(this.#state.getPublic(namespace, key)?.version, fromProto(read.getVersion()))
      );
    });
    if (!publicReadsHold) {
      return TxCode.MVCC_READ_CONFLICT;
    }
    if (!kv.getRangeQueriesInfoList().every((info) => sameResults(info, this.#scan(namespace, info)))) {
      return TxCode.PHANTOM_READ_CONFLICT;
    }
    const hashedReadsHold = collections.every(({ name, hashed }) =>
      hashed.getHashedReadsList().every((read) => {
        const keyHash = Buffer.from(read.getKeyHash_asU8()).toString('hex');
        return (
          this.updates.get(namespace, name, keyHash) === undefined &&
          sameVersion(this.#state.getHashed(namespace, name, keyHash)?.version, fromProto(read.getVersion()))
        );
      }),
    );
    return hashedReadsHold ? TxCode.VALID : TxCode.MVCC_READ_CONFLICT;
  }

  /** The range as it would be read now. A scan that was not exhausted reached its end key, which is then included. */
  #scan(namespace: string, info: RangeQueryInfo): (readonly [string, Version])[] {
    const [start, end, exhausted] = [info.getStartKey(), info.getEndKey(), info.getItrExhausted()];
    const beforeEnd = (key: string): boolean =>
      exhausted ? end === '' || compareKeys(key, end) < 0 : compareKeys(key, end) <= 0;
    const found = new Map<string, Version>();
    for (const [key, { version }] of this.#state.rangePublic(namespace, start, '')) {
      if (!beforeEnd(key)) {
        break;
      }
      found.set(key, version);
    }
    for (const [key, change] of this.updates.changes.get(collectionId(namespace, '')) ?? []) {
      if (!change.value) {
        found.delete(key);
      } else if (compareKeys(key, start) >= 0 && beforeEnd(key)) {
        found.set(key, change.version);
      }
    }
    return [...found].sort(([a], [b]) => compareKeys(a, b));
  }

  #applyWrites({ namespace, kv, collections }: NamespaceSet, version: Version): void {
    const publicChanges = collectChanges(
      kv.getWritesList().map((write) => [write.getKey(), valueOf(write.getIsDelete(), write.getValue_asU8())]),
      kv.getMetadataWritesList().map((write) => [write.getKey(), metadataOf(write.getEntriesList())]),
    );
    this.#apply(namespace, '', publicChanges, version);
    for (const { name, hashed } of collections) {
      const changes = collectChanges(
        hashed
          .getHashedWritesList()
          .map((write) => [hex(write.getKeyHash_asU8()), valueOf(write.getIsDelete(), write.getValueHash_asU8())]),
        hashed
          .getMetadataWritesList()
          .map((write) => [hex(write.getKeyHash_asU8()), metadataOf(write.getEntriesList())]),
      );
      this.#apply(namespace, name, changes, version);
    }
  }

  #apply(namespace: string, collection: string, changes: ReadonlyMap<string, KeyChange>, version: Version): void {
    for (const [key, { value, metadata }] of changes) {
      const before = this.updates.get(namespace, collection, key) ?? this.#state.lastChange(namespace, collection, key);
      if (value === null) {
        this.updates.set(namespace, collection, key, { value: undefined, metadata: undefined, version, before });
      } else if (value) {
        const kept = metadata ?? before?.metadata;
        this.updates.set(namespace, collection, key, { value, metadata: kept, version, before });
      } else if (before?.value) {
        this.updates.set(namespace, collection, key, { value: before.value, metadata, version, before });
      } // metadata of a key that does not exist comes to nothing
    }
  }
}

function collectChanges(
  writes: readonly (readonly [string, Uint8Array | null])[],
  metadataWrites: readonly (readonly [string, Metadata])[],
): Map<string, KeyChange> {
  const changes = new Map<string, KeyChange>(writes.map(([key, value]) => [key, { value }]));
  for (const [key, metadata] of metadataWrites) {
    changes.set(key, { ...changes.get(key), metadata });
  }
  return changes;
}

/** Null is a deletion. */
function valueOf(isDelete: boolean, value: Uint8Array): Uint8Array | null {
  return isDelete || value.length === 0 ? null : value;
}

function metadataOf(entries: readonly ledger.rwset.kvrwset.KVMetadataEntry[]): Metadata {
  return new Map(entries.map((entry) => [entry.getName(), entry.getValue_asU8()]));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
