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
  readonly namespace: string;
  readonly collection: string;
  readonly hash: Uint8Array;
}

export class PeerLedger {
  readonly state = new StateDb();
  readonly lock = new CommitLock();
  readonly #mspId: string;
  readonly #chain: Chain;
  readonly #privateSets = new Map<string, PrivateSet[]>();
  #height = 0;
  #waiting: (() => void)[] = [];

  constructor(mspId: string, chain: Chain) {
    this.#mspId = mspId;
    this.#chain = chain;
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

  /** Keeps private sets that were simulated here until their transaction is committed. */
  keepPrivate(txId: string, sets: readonly PrivateSet[]): void {
    if (sets.length > 0) {
      getOrCreate(this.#privateSets, txId, () => []).push(...sets);
    }
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
    block.transactions.forEach(({ txId, code, transaction }, tx) => {
      if (code === TxCode.VALID && transaction) {
        this.#commitPrivate(transaction, { block: block.number, tx });
      }
      this.#privateSets.delete(txId);
    });
    this.#height += 1;
  }

  /**
   * Private values come from this peer's own simulation. Fabric would ask other members of the collection too, but an
   * implicit collection has none besides its owner: what the owner did not endorse stays unreadable there, for good.
   */
  #commitPrivate(transaction: Transaction, version: Version): void {
    for (const { namespace, collection, hash } of this.#references(transaction)) {
      const set = this.#privateSets
        .get(transaction.txId)
        ?.find(
          (kept) =>
            kept.namespace === namespace &&
            kept.collection === collection &&
            sha256(kept.bytes).equals(Buffer.from(hash)),
        );
      const { writes, metadataKeys } = decode(set?.bytes ?? new Uint8Array());
      for (const [key, value] of writes) {
        this.state.setPrivate(namespace, collection, key, value && { value, version });
      }
      metadataKeys.forEach((key) => {
        this.#raiseVersion(namespace, collection, key, version);
      });
    }
  }

  /** A change of metadata gives the key a new version; the private value follows, if it is the one that is hashed. */
  #raiseVersion(namespace: string, collection: string, key: string, version: Version): void {
    const entry = this.state.getPrivate(namespace, collection, key);
    const hashed = this.state.getHashed(namespace, collection, hashKey(key));
    if (entry && hashed && sha256(entry.value).equals(Buffer.from(hashed.value))) {
      this.state.setPrivate(namespace, collection, key, { value: entry.value, version });
    }
  }

  /** The private sets of a transaction that this organisation is a member of. */
  #references(transaction: Transaction): PrivateReference[] {
    return transaction.namespaces.flatMap(({ namespace, collections }) =>
      collections
        .filter(({ name, privateHash }) => privateHash.length > 0 && implicitCollectionOwner(name) === this.#mspId)
        .map(({ name, privateHash }) => ({
          namespace,
          collection: name,
          hash: privateHash,
        })),
    );
  }
}

/** Undefined as value is a deletion. */
function decode(bytes: Uint8Array): {
  readonly writes: readonly (readonly [string, Uint8Array | undefined])[];
  readonly metadataKeys: readonly string[];
} {
  const content = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(bytes);
  return {
    writes: content
      .getWritesList()
      .map((write) => [write.getKey(), write.getIsDelete() ? undefined : write.getValue_asU8()] as const),
    metadataKeys: content.getMetadataWritesList().map((write) => write.getKey()),
  };
}
