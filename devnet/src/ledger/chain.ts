// The channel's one chain of blocks, each validated once: every peer would come to the same result on the same state.
import type { common, peer } from '@hyperledger/fabric-protos';
import { Announcer } from '../announcer.js';
import { createChannel, type Channel } from '../channel.js';
import { configIn } from '../configuration/transaction.js';
import type { BlockWriter, WrittenBlock } from '../orderer/blockWriter.js';
import { collectionIn } from './definition.js';
import { EndorsementCheck, type PolicyChanges } from './endorsementCheck.js';
import { expiryOf, ExpirySchedule } from './expiry.js';
import { BlockValidator } from './mvcc.js';
import { Segments } from './segments.js';
import { partsOfId, StateDb, UpdateBatch, type ChannelKeys } from './state.js';
import {
  InvalidTransaction,
  openEnvelope,
  readTransaction,
  TxCode,
  type OpenEnvelope,
  type Transaction,
} from './transaction.js';
import type { Version } from './version.js';

/** A private set that a transaction names by its hash. */
export interface PrivateReference {
  readonly namespace: string;
  readonly collection: string;
  readonly hash: Uint8Array;
}

export interface BlockTransaction {
  /** Empty when the envelope is unreadable. */
  readonly txId: string;
  readonly code: TxCode;
  /** Why the transaction is invalid, for people; empty when it is valid. */
  readonly reason: string;
  /** Undefined when the chaincode set none. */
  readonly event: peer.ChaincodeEvent | undefined;
  readonly privateSets: readonly PrivateReference[];
}

export interface CommittedBlock extends WrittenBlock {
  readonly number: number;
  readonly transactions: readonly BlockTransaction[];
}

/** A private key as everybody knows it, and the block that wrote it. */
interface HashedKey {
  readonly namespace: string;
  readonly collection: string;
  readonly key: string;
  readonly written: number;
}

/** A transaction on its way through the checks. */
interface Checked {
  readonly txId: string;
  readonly code: TxCode;
  readonly reason: string;
  /** Undefined when the envelope is no well-formed endorser transaction. */
  readonly transaction: Transaction | undefined;
}

interface Outcome {
  readonly outcomes: readonly Checked[];
  readonly updates: UpdateBatch;
}

export interface TransactionStatus {
  readonly code: TxCode;
  readonly block: number;
  readonly tx: number;
}

export class Chain {
  /** Announces new blocks. */
  readonly announcer = new Announcer();
  readonly #writer: BlockWriter;
  readonly #segments = new Segments();
  readonly #keys: ChannelKeys = new Map();
  readonly #state = this.stateBelow(() => Infinity);
  readonly #check: EndorsementCheck;
  /** Hashes of private keys in collections with a block-to-live. */
  readonly #expiring = new ExpirySchedule<HashedKey>();
  readonly #blocks: CommittedBlock[] = [];
  readonly #statuses = new Map<string, TransactionStatus>();
  /** The newest first. */
  readonly #configured: { readonly block: number; readonly channel: Channel }[] = [];

  /** Throws when what the first block says of the channel cannot be read. */
  constructor(writer: BlockWriter, genesis: common.Envelope) {
    this.#writer = writer;
    this.#check = new EndorsementCheck(() => this.channel, this.#state);
    this.append([genesis.serializeBinary()]);
  }

  /** The channel after the last block. */
  get channel(): Channel {
    return this.channelBelow(Infinity);
  }

  /** The channel as it is for whoever has so many blocks. */
  channelBelow(height: number): Channel {
    return this.#configuredBelow(height).channel;
  }

  /** The number of the last block with a configuration, for whoever has so many blocks. */
  configBlockBelow(height: number): number {
    return this.#configuredBelow(height).block;
  }

  get height(): number {
    return this.#blocks.length;
  }

  /** The state after the last block: what policies and definitions are read from. */
  get state(): StateDb {
    return this.#state;
  }

  /** The state as it is for whoever has so many blocks. */
  stateBelow(height: () => number): StateDb {
    return new StateDb(this.#keys, height);
  }

  /** Undefined when there is no such block yet. */
  block(number: number): CommittedBlock | undefined {
    return this.#blocks[number];
  }

  /** The number of the block whose header has this hash; undefined when there is none. */
  numberOf(hash: Uint8Array): number | undefined {
    return this.#blocks.find((block) => block.hash.equals(hash))?.number;
  }

  /** The first outcome of a transaction id; undefined when it is not on the chain. */
  status(txId: string): TransactionStatus | undefined {
    return this.#statuses.get(txId);
  }

  /** The serialized envelope at a place in the chain. */
  readonly envelope = ({ block, tx }: Version): Uint8Array => this.#blocks[block]?.envelopes[tx] ?? new Uint8Array();

  /** Validates the envelopes as the next block and adds it to the chain; tells what it changed, too. */
  append(ordered: readonly Uint8Array[]): CommittedBlock & { readonly updates: UpdateBatch } {
    const envelopes = ordered.map((envelope) => this.#segments.keep(envelope));
    const number = this.#writer.nextNumber;
    const { outcomes, updates } = this.#configure(number, envelopes) ?? this.#validate(number, envelopes);
    const codes = outcomes.map(({ code }) => code);
    const written = this.#writer.write(envelopes, codes, this.configBlockBelow(Infinity));
    const block = { number, ...written, transactions: outcomes.map(toKeep) };
    updates.applyTo(this.#keys);
    this.#schedule(number, updates);
    this.#expire(number);
    this.#blocks.push(block);
    outcomes.forEach(({ txId, code }, tx) => {
      if (txId !== '' && !this.#statuses.has(txId)) {
        this.#statuses.set(txId, { code, block: number, tx });
      }
    });
    this.announcer.announce();
    return { ...block, updates };
  }

  /** Hashes of private keys that a block writes go with a later one, where their collection says so. */
  #schedule(number: number, updates: UpdateBatch): void {
    for (const [id, changes] of updates.changes) {
      const [namespace, collection] = partsOfId(id);
      const blockToLive = collection === '' ? 0 : (collectionIn(this.#state, namespace, collection)?.blockToLive ?? 0);
      const due = expiryOf(number, blockToLive);
      for (const [key, { value }] of changes) {
        if (value) {
          this.#expiring.add(due, { namespace, collection, key, written: number });
        }
      }
    }
  }

  /** What goes with this block goes, unless a later write, in this block or before, gave it more time. */
  #expire(number: number): void {
    const expired = new UpdateBatch();
    for (const { namespace, collection, key, written } of this.#expiring.take(number)) {
      const before = this.#state.lastChange(namespace, collection, key);
      if (before?.value && before.version.block === written) {
        const version = { block: number, tx: Infinity };
        expired.set(namespace, collection, key, { value: undefined, metadata: undefined, version, before });
      }
    }
    expired.applyTo(this.#keys); // no part of what the block is said to change: Fabric's commit hash leaves it out, too
  }

  /** A configuration has a block to itself, and is what the ordering service lets through. */
  #configure(number: number, [envelope, ...others]: readonly Uint8Array[]): Outcome | undefined {
    if (envelope === undefined || others.length > 0) {
      return undefined;
    }
    const opened = readable(envelope);
    const config = opened && configIn(opened);
    if (!config) {
      return undefined;
    }
    const channel = createChannel(opened.channelHeader.getChannelId(), config);
    this.#configured.unshift({ block: number, channel });
    const outcome = { txId: '', code: TxCode.VALID, reason: '', transaction: undefined };
    return { outcomes: [outcome], updates: new UpdateBatch() };
  }

  #configuredBelow(height: number): { readonly block: number; readonly channel: Channel } {
    const found = this.#configured.find(({ block }) => block < height) ?? this.#configured.at(-1);
    if (!found) {
      throw new Error('the first block is no configuration of a channel');
    }
    return found;
  }

  #validate(number: number, envelopes: readonly Uint8Array[]): Outcome {
    const changed: PolicyChanges = new Set();
    const endorsed = envelopes.map((envelope) => this.#checkOne(envelope, changed));
    const seen = new Set<string>();
    const ledger = new BlockValidator(this.#state);
    const outcomes = endorsed.map((outcome, tx) => {
      if (outcome.code !== TxCode.VALID || !outcome.transaction) {
        return outcome;
      }
      if (seen.has(outcome.txId)) {
        return { ...outcome, code: TxCode.DUPLICATE_TXID, reason: 'transaction id twice in the block' };
      }
      seen.add(outcome.txId);
      const code = ledger.validate(outcome.transaction, { block: number, tx });
      return { ...outcome, code, reason: code === TxCode.VALID ? '' : 'what it read has changed' };
    });
    return { outcomes, updates: ledger.updates };
  }

  /** Form, identity and endorsements; the ledger's own checks come after all transactions of the block had theirs. */
  #checkOne(envelope: Uint8Array, changed: PolicyChanges): Checked {
    const txId = readTxId(envelope);
    let transaction: Transaction | undefined;
    try {
      transaction = readTransaction(envelope, (id) => this.#statuses.has(id));
      this.#check.check(transaction, changed);
      return { txId, code: TxCode.VALID, transaction, reason: '' };
    } catch (error) {
      if (!(error instanceof InvalidTransaction)) {
        throw error;
      }
      return { txId, code: error.code, transaction, reason: error.message };
    }
  }
}

/** Only what somebody may still ask for: the rest is in the envelope. */
function toKeep({ txId, code, reason, transaction }: Checked): BlockTransaction {
  const sets = transaction?.namespaces ?? [];
  return {
    txId,
    code,
    reason,
    event: transaction?.event,
    privateSets: sets.flatMap(({ namespace, collections }) =>
      collections
        .filter(({ privateHash }) => privateHash.length > 0)
        .map(({ name, privateHash }) => ({ namespace, collection: name, hash: privateHash })),
    ),
  };
}

function readTxId(envelope: Uint8Array): string {
  return readable(envelope)?.channelHeader.getTxId() ?? '';
}

function readable(envelope: Uint8Array): OpenEnvelope | undefined {
  try {
    return openEnvelope(envelope);
  } catch {
    return undefined; // what it is not, its code says
  }
}
