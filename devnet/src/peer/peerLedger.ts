// What one organisation's peer has committed: its state, its private data, and who waits for its next block.
import { ledger } from '@hyperledger/fabric-protos';
import { Announcer } from '../announcer.js';
import { sha256 } from '../identity/ecdsa.js';
import type { Chain, CommittedBlock, TransactionStatus } from '../ledger/chain.js';
import type { Channel } from '../channel.js';
import { CommitLock } from '../ledger/commitLock.js';
import type { Collection } from '../ledger/collection.js';
import { collectionIn } from '../ledger/definition.js';
import { EndorsementCheck } from '../ledger/endorsementCheck.js';
import { expiryOf, ExpirySchedule } from '../ledger/expiry.js';
import { keyModifications } from '../ledger/history.js';
import { hashKey, type StateDb } from '../ledger/state.js';
import { TxCode } from '../ledger/transaction.js';
import type { Version } from '../ledger/version.js';
import { PrivateStore, type PrivateRequest } from './privateStore.js';

/** The ledgers of the other peers that would give private data away now. */
export type PrivateSources = () => readonly PeerLedger[];

/** A peer takes nothing from the others that one of them loses within so many blocks (peer.gossip.pvtData.btlPullMargin). */
const PULL_MARGIN_BLOCKS = 10;

/** Private data of one collection. */
interface Expiring {
  readonly namespace: string;
  readonly collection: string;
}

export class PeerLedger {
  readonly state: StateDb;
  /** For who plans by what this peer has. */
  readonly endorsementCheck: EndorsementCheck;
  readonly lock = new CommitLock();
  /** Announces the blocks that this peer has committed. */
  readonly announcer = new Announcer();
  privateData = new PrivateStore();
  readonly #mspId: string;
  readonly #chain: Chain;
  readonly #sources: PrivateSources;
  #expiringKeys = new ExpirySchedule<Expiring & { readonly key: string; readonly written: number }>();
  #expiringSets = new ExpirySchedule<Expiring & { readonly place: Version }>();
  #height = 0;

  constructor(mspId: string, chain: Chain, sources: PrivateSources) {
    this.#mspId = mspId;
    this.#chain = chain;
    this.#sources = sources;
    this.state = chain.stateBelow(() => this.#height);
    this.endorsementCheck = new EndorsementCheck(() => this.channel, this.state);
  }

  get channel(): Channel {
    return this.#chain.channelBelow(this.#height);
  }

  /** The number of the last block with a configuration that this peer has. */
  get configBlock(): number {
    return this.#chain.configBlockBelow(this.#height);
  }

  get height(): number {
    return this.#height;
  }

  /** The collection that a chaincode had before a block; undefined when it had none of this name. */
  collectionBelow(block: number, chaincode: string, name: string): Collection | undefined {
    return collectionIn(
      this.#chain.stateBelow(() => block),
      chaincode,
      name,
    );
  }

  block(number: number): CommittedBlock | undefined {
    return number < this.#height ? this.#chain.block(number) : undefined;
  }

  /** The outcome of a transaction, once this peer has committed it. */
  status(txId: string): TransactionStatus | undefined {
    const status = this.#chain.status(txId);
    return status && status.block < this.#height ? status : undefined;
  }

  readonly history = (namespace: string, key: string): (() => Uint8Array | undefined) =>
    keyModifications(this.state.lastChange(namespace, '', key), this.#chain.envelope);

  /**
   * Commits every block of the chain that this peer does not have; waits for simulations that read the state. The ordering
   * service gives none to an organisation that was taken off the channel, the block that says so included.
   */
  async catchUp(): Promise<void> {
    while (this.#height < this.#chain.height && this.#chain.channel.mspIds.includes(this.#mspId)) {
      await this.lock.exclusive(() => {
        const block = this.#chain.block(this.#height);
        if (block) {
          this.#commit(block);
        }
      });
    }
  }

  /** Loses all that it has stored, and what it waited for. */
  async lose(): Promise<void> {
    await this.lock.exclusive(() => {
      this.#height = 0;
      this.state.losePrivate();
      this.privateData = new PrivateStore();
      this.#expiringKeys = new ExpirySchedule();
      this.#expiringSets = new ExpirySchedule();
    });
  }

  /** Asks the other peers again for the private data that nobody gave when their block was committed. */
  async reconcile(): Promise<void> {
    await this.lock.exclusive(() => {
      this.privateData.takeMissing().forEach((request) => {
        if (!this.#commitPrivate(request)) {
          this.privateData.miss(request);
        }
      });
    });
  }

  #commit({ number, transactions }: CommittedBlock): void {
    this.#height += 1; // from here on the state is that after the block
    transactions.forEach(({ txId, code, privateSets }, tx) => {
      if (code === TxCode.VALID) {
        privateSets
          .filter(({ namespace, collection }) => this.#isMember(namespace, collection))
          .forEach((reference) => {
            const request = { ...reference, txId, place: { block: number, tx } };
            if (!this.#commitPrivate(request) && !this.#isSoonGone(request)) {
              this.privateData.miss(request);
            }
          });
      }
      this.privateData.drop(txId);
    });
    this.#expire(number);
  }

  /** Values that no later write gave more time go with this block, as their hashes have, and blocks are delivered without them. */
  #expire(block: number): void {
    for (const { namespace, collection, key, written } of this.#expiringKeys.take(block)) {
      if (this.state.getPrivate(namespace, collection, key)?.version.block === written) {
        this.state.setPrivate(namespace, collection, key, undefined);
      }
    }
    for (const { namespace, collection, place } of this.#expiringSets.take(block)) {
      this.privateData.expire(place, namespace, collection);
    }
  }

  #isMember(namespace: string, collection: string): boolean {
    return collectionIn(this.state, namespace, collection)?.memberMspIds.has(this.#mspId) ?? false;
  }

  #blockToLive(namespace: string, collection: string): number {
    return collectionIn(this.state, namespace, collection)?.blockToLive ?? 0;
  }

  #otherMembers({ namespace, collection }: PrivateRequest): readonly PeerLedger[] {
    return this.#sources().filter((source) => source.#isMember(namespace, collection));
  }

  /** Whether another member has nearly lost it: then it is asked of nobody, and is not missed when its block is committed. */
  #isSoonGone(request: PrivateRequest): boolean {
    const { namespace, collection, place } = request;
    const due = expiryOf(place.block, this.#blockToLive(namespace, collection));
    return (
      due !== undefined && this.#otherMembers(request).some(({ height }) => height + PULL_MARGIN_BLOCKS >= due - 1)
    );
  }

  /**
   * Private values come from this peer's own simulation, from a peer that sent them, or now from another member. A
   * member that gets them from nobody commits all the same, and cannot read what it misses. What its time is over for is
   * settled without any. Answers whether it is settled.
   */
  #commitPrivate(request: PrivateRequest): boolean {
    const { namespace, collection, place } = request;
    const blockToLive = this.#blockToLive(namespace, collection);
    const due = expiryOf(place.block, blockToLive);
    if (due !== undefined && due < this.#height) {
      return true;
    }
    const others = this.#isSoonGone(request) ? [] : this.#otherMembers(request);
    const set = [this, ...others]
      .map((holder) => holder.privateData.find(request))
      .find((found) => found !== undefined);
    if (!set) {
      return false;
    }
    this.privateData.commit(place, set);
    this.#expiringSets.add(due, { namespace, collection, place });
    const { writes, metadataKeys } = decode(set.bytes);
    for (const [key, value] of writes) {
      this.#writePrivate({ namespace, collection, blockToLive }, key, value);
    }
    metadataKeys.forEach((key) => {
      const value = this.state.getPrivate(namespace, collection, key)?.value;
      this.#writePrivate({ namespace, collection, blockToLive }, key, value);
    });
    return true;
  }

  /** The version is that of the hash, which a later transaction or a change of metadata may have raised. */
  #writePrivate(at: Expiring & { readonly blockToLive: number }, key: string, value: Uint8Array | undefined): void {
    const { namespace, collection, blockToLive } = at;
    const hashed = this.state.getHashed(namespace, collection, hashKey(key));
    if (!hashed) {
      this.state.setPrivate(namespace, collection, key, undefined);
    } else if (value && sha256(value).equals(hashed.value)) {
      const { version } = hashed;
      this.state.setPrivate(namespace, collection, key, { value, version });
      this.#expiringKeys.add(expiryOf(version.block, blockToLive), {
        namespace,
        collection,
        key,
        written: version.block,
      });
    }
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
