// What one organisation's peer has committed: its state, its private data, and who waits for its next block.
import { ledger } from '@hyperledger/fabric-protos';
import { Announcer } from '../announcer.js';
import { sha256 } from '../identity/ecdsa.js';
import type { Chain, CommittedBlock, TransactionStatus } from '../ledger/chain.js';
import type { Channel } from '../channel.js';
import { CommitLock } from '../ledger/commitLock.js';
import { findCollection, LIFECYCLE, readDefinition, type ChaincodeDefinition } from '../ledger/definition.js';
import { EndorsementCheck } from '../ledger/endorsementCheck.js';
import { keyModifications } from '../ledger/history.js';
import { hashKey, type StateDb } from '../ledger/state.js';
import { TxCode } from '../ledger/transaction.js';
import { PrivateStore, type PrivateRequest } from './privateStore.js';

/** The ledgers of the other peers that would give private data away now. */
export type PrivateSources = () => readonly PeerLedger[];

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

  /** The definition of a chaincode as it stood before a block; undefined when there was none. */
  definitionBelow(block: number, chaincode: string): ChaincodeDefinition | undefined {
    const state = this.#chain.stateBelow(() => block);
    return readDefinition(chaincode, (key) => state.getPublic(LIFECYCLE, key)?.value);
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
    });
  }

  /** Asks the other peers again for the private data that nobody gave when their block was committed. */
  async reconcile(): Promise<void> {
    await this.lock.exclusive(() => {
      this.privateData.takeMissing().forEach((request) => {
        this.#commitPrivate(request);
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
            this.#commitPrivate({ ...reference, txId, place: { block: number, tx } });
          });
      }
      this.privateData.drop(txId);
    });
  }

  #isMember(namespace: string, collection: string): boolean {
    const definition = readDefinition(namespace, (key) => this.state.getPublic(LIFECYCLE, key)?.value);
    return findCollection(definition, collection)?.memberMspIds.has(this.#mspId) ?? false;
  }

  /**
   * Private values come from this peer's own simulation, from a peer that sent them, or now from another member. A
   * member that gets them from nobody commits all the same, and cannot read what it misses.
   */
  #commitPrivate(request: PrivateRequest): void {
    const { namespace, collection, place } = request;
    const others = this.#sources().filter((source) => source.#isMember(namespace, collection));
    const set = [this, ...others]
      .map((holder) => holder.privateData.find(request))
      .find((found) => found !== undefined);
    if (!set) {
      this.privateData.miss(request);
      return;
    }
    this.privateData.commit(place, set);
    const { writes, metadataKeys } = decode(set.bytes);
    for (const [key, value] of writes) {
      this.#writePrivate(namespace, collection, key, value);
    }
    metadataKeys.forEach((key) => {
      this.#writePrivate(namespace, collection, key, this.state.getPrivate(namespace, collection, key)?.value);
    });
  }

  /** The version is that of the hash, which a later transaction or a change of metadata may have raised. */
  #writePrivate(namespace: string, collection: string, key: string, value: Uint8Array | undefined): void {
    const hashed = this.state.getHashed(namespace, collection, hashKey(key));
    if (!hashed) {
      this.state.setPrivate(namespace, collection, key, undefined);
    } else if (value && sha256(value).equals(hashed.value)) {
      this.state.setPrivate(namespace, collection, key, { value, version: hashed.version });
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
