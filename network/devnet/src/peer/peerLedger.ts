// What one organisation's peer has committed: its state, its private data, and who waits for its next block.
import { ledger } from '@hyperledger/fabric-protos';
import { implicitCollectionOwner } from '../channel.js';
import { sha256 } from '../identity/ecdsa.js';
import type { Chain, CommittedBlock, TransactionStatus } from '../ledger/chain.js';
import { CommitLock } from '../ledger/commitLock.js';
import type { PrivateSet } from '../ledger/rwsetBuilder.js';
import { getOrCreate, hashKey, StateDb } from '../ledger/state.js';
import { TxCode, type Transaction } from '../ledger/transaction.js';
import type { Version } from '../ledger/version.js';

/** A private set that a valid transaction names by its hash. */
interface PrivateReference {
  readonly txId: string;
  readonly namespace: string;
  readonly collection: string;
  readonly hash: Uint8Array;
}

/** Finds a private set on another peer; undefined when no running peer has it. */
export type FetchPrivate = (reference: PrivateReference) => PrivateSet | undefined;

export class PeerLedger {
  readonly state = new StateDb();
  readonly lock = new CommitLock();
  readonly #mspId: string;
  readonly #chain: Chain;
  readonly #fetch: FetchPrivate;
  readonly #privateSets = new Map<string, PrivateSet[]>();
  #missing: PrivateReference[] = [];
  #height = 0;
  #waiting: (() => void)[] = [];

  constructor(mspId: string, chain: Chain, fetch: FetchPrivate) {
    this.#mspId = mspId;
    this.#chain = chain;
    this.#fetch = fetch;
  }

  get height(): number {
    return this.#height;
  }

  block(number: number): CommittedBlock | undefined {
    return number < this.#height ? this.#chain.block(number) : undefined;
  }

  /** The outcome of a transaction, once this peer has committed it. */
  status(txId: string): TransactionStatus | undefined {
    const status = this.#chain.status(txId);
    return status && status.block < this.#height ? status : undefined;
  }

  /** Keeps private sets that were simulated here, or given to this peer by another one. */
  keepPrivate(txId: string, sets: readonly PrivateSet[]): void {
    if (sets.length > 0) {
      getOrCreate(this.#privateSets, txId, () => []).push(...sets);
    }
  }

  /** The private set with this hash, if this peer has it. */
  findPrivate({ txId, namespace, collection, hash }: PrivateReference): PrivateSet | undefined {
    return this.#privateSets
      .get(txId)
      ?.find(
        (set) =>
          set.namespace === namespace && set.collection === collection && sha256(set.bytes).equals(Buffer.from(hash)),
      );
  }

  /** Commits every block of the chain that this peer does not have; waits for simulations that read the state. */
  async catchUp(): Promise<void> {
    while (this.#height < this.#chain.height) {
      await this.lock.exclusive(() => {
        const block = this.#chain.block(this.#height);
        if (block) {
          this.#commit(block);
        }
      });
    }
  }

  /** Resolves at the next call of `announce`. */
  async nextAnnouncement(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Tells those who wait that the height has changed. */
  announce(): void {
    this.#waiting.splice(0).forEach((resume) => {
      resume();
    });
  }

  #commit(block: CommittedBlock): void {
    this.state.apply(block.updates);
    block.transactions.forEach(({ code, transaction }, tx) => {
      if (code === TxCode.VALID && transaction) {
        this.#commitPrivate(transaction, { block: block.number, tx });
      }
    });
    this.#height += 1;
    this.#reconcile();
  }

  #commitPrivate(transaction: Transaction, version: Version): void {
    for (const reference of this.#references(transaction)) {
      const set = this.findPrivate(reference) ?? this.#fetch(reference);
      if (!set) {
        this.#missing.push(reference);
        continue;
      }
      const { writes, metadataKeys } = decode(set);
      for (const [key, value] of writes) {
        this.state.setPrivate(set.namespace, set.collection, key, value && { value, version });
      }
      metadataKeys.forEach((key) => {
        this.#raiseVersion(set, key, version);
      });
    }
  }

  /** A change of metadata gives the key a new version; the private value follows, if it is the one that is hashed. */
  #raiseVersion({ namespace, collection }: PrivateSet, key: string, version: Version): void {
    const entry = this.state.getPrivate(namespace, collection, key);
    const hashed = this.state.getHashed(namespace, collection, hashKey(key));
    if (entry && hashed && sha256(entry.value).equals(Buffer.from(hashed.value))) {
      this.state.setPrivate(namespace, collection, key, { value: entry.value, version });
    }
  }

  /** Takes what was missing, once some peer has it, unless the key has been written again since. */
  #reconcile(): void {
    this.#missing = this.#missing.filter((reference) => {
      const set = this.#fetch(reference);
      if (set) {
        this.#applyLate(set);
      }
      return !set;
    });
  }

  #applyLate(set: PrivateSet): void {
    for (const [key, value] of decode(set).writes) {
      const hashed = this.state.getHashed(set.namespace, set.collection, hashKey(key));
      if (value && hashed && sha256(value).equals(Buffer.from(hashed.value))) {
        this.state.setPrivate(set.namespace, set.collection, key, { value, version: hashed.version });
      } else if (!value && !hashed) {
        this.state.setPrivate(set.namespace, set.collection, key, undefined);
      }
    }
  }

  /** The private sets of a transaction that this organisation is a member of. */
  #references(transaction: Transaction): PrivateReference[] {
    return transaction.namespaces.flatMap(({ namespace, collections }) =>
      collections
        .filter(({ name, privateHash }) => privateHash.length > 0 && implicitCollectionOwner(name) === this.#mspId)
        .map(({ name, privateHash }) => ({
          txId: transaction.txId,
          namespace,
          collection: name,
          hash: privateHash,
        })),
    );
  }
}

/** Undefined as value is a deletion. */
function decode(set: PrivateSet): {
  readonly writes: readonly (readonly [string, Uint8Array | undefined])[];
  readonly metadataKeys: readonly string[];
} {
  const content = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.bytes);
  return {
    writes: content
      .getWritesList()
      .map((write) => [write.getKey(), write.getIsDelete() ? undefined : write.getValue_asU8()] as const),
    metadataKeys: content.getMetadataWritesList().map((write) => write.getKey()),
  };
}
