// The orderer: takes signed envelopes from clients, and cuts them into blocks by count, size and time.
import { common } from '@hyperledger/fabric-protos';
import type { Channel } from '../channel.js';
import { messageOf } from '../messageOf.js';
import { openEnvelope } from '../ledger/transaction.js';
import { ABSOLUTE_MAX_BYTES, type BatchOptions, type EngineOptions } from '../options.js';

type Status = keyof common.StatusMap;

export interface BroadcastReply {
  readonly status: Status;
  readonly info: string;
}

/** Makes a block of the envelopes and resolves when the peers have it. */
export type CommitBatch = (envelopes: readonly Uint8Array[]) => Promise<void>;

export class Orderer {
  readonly mspId: string;
  readonly address: string;
  /** Nobody reaches it while this is false. */
  available = true;
  readonly #channel: Channel;
  readonly #batch: BatchOptions;
  readonly #commit: CommitBatch;
  readonly #cut: Uint8Array[][] = [];
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #committing = false;

  constructor(channel: Channel, { batch, orderer }: EngineOptions, commit: CommitBatch) {
    this.#channel = channel;
    this.mspId = orderer.mspId;
    this.address = orderer.endpoint ?? 'orderer';
    this.#batch = batch;
    this.#commit = commit;
  }

  /** Checks an envelope and puts it in line. Endorsements and duplicates are none of the orderer's business. */
  broadcast(envelope: common.Envelope): BroadcastReply {
    const refusal = this.#refusal(envelope);
    if (!refusal) {
      this.order(envelope.serializeBinary(), sizeOf(envelope));
    }
    return refusal ?? { status: 'SUCCESS', info: '' };
  }

  /** Puts an envelope in line without any check. */
  order(envelope: Uint8Array, sizeBytes: number): void {
    const { preferredMaxBytes, maxMessageCount } = this.#batch;
    if (sizeBytes > preferredMaxBytes) {
      this.#cutPending();
      this.#cut.push([envelope]);
    } else {
      if (this.#pendingBytes + sizeBytes > preferredMaxBytes) {
        this.#cutPending();
      }
      this.#pending.push(envelope);
      this.#pendingBytes += sizeBytes;
      if (this.#pending.length >= maxMessageCount) {
        this.#cutPending();
      }
    }
    this.#arrangeNextCut();
    this.#startCommitting();
  }

  /** Stops the clock: what is pending stays out of any block. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #refusal(envelope: common.Envelope): BroadcastReply | undefined {
    let opened;
    try {
      opened = openEnvelope(envelope.serializeBinary());
    } catch (error) {
      return { status: 'BAD_REQUEST', info: `could not determine channel ID: ${messageOf(error)}` };
    }
    const type = opened.channelHeader.getType();
    if (opened.channelHeader.getChannelId() !== this.#channel.name) {
      return { status: 'BAD_REQUEST', info: 'channel does not exist' };
    }
    if (type === common.HeaderType.CONFIG || type === common.HeaderType.CONFIG_UPDATE) {
      return { status: 'NOT_IMPLEMENTED', info: 'devnet does not serve configuration transactions' };
    }
    return this.#sizeRefusal(sizeOf(envelope)) ?? this.#signerRefusal(opened.signed);
  }

  #sizeRefusal(sizeBytes: number): BroadcastReply | undefined {
    const max = this.#batch.absoluteMaxBytes ?? ABSOLUTE_MAX_BYTES;
    const info = `message payload is ${String(sizeBytes)} bytes and exceeds maximum allowed ${String(max)} bytes`;
    return sizeBytes > max ? { status: 'BAD_REQUEST', info } : undefined;
  }

  #signerRefusal(signed: Parameters<Channel['ordererRefusal']>[0]): BroadcastReply | undefined {
    const creator = this.#channel.membership.identify(signed.identity);
    if (creator && Date.now() >= creator.expiresAt) {
      return { status: 'BAD_REQUEST', info: 'broadcast client identity expired' };
    }
    const refusal = this.#channel.ordererRefusal(signed);
    return refusal === undefined ? undefined : { status: 'FORBIDDEN', info: `${refusal}: permission denied` };
  }

  #cutPending(): void {
    if (this.#pending.length > 0) {
      this.#cut.push(this.#pending);
      this.#pending = [];
      this.#pendingBytes = 0;
    }
  }

  /** The clock runs from the first pending envelope, and is not set back when a full batch is cut on the way. */
  #arrangeNextCut(): void {
    if (this.#pending.length === 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else if (this.#batch.timeoutMs > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#cutPending();
        this.#startCommitting();
      }, this.#batch.timeoutMs);
    }
  }

  #startCommitting(): void {
    if (!this.#committing && (this.#cut.length > 0 || this.#cutsWhenIdle())) {
      this.#committing = true;
      // After this turn of the event loop, so that envelopes that arrive together share a block.
      setImmediate(() => void this.#commitAll());
    }
  }

  async #commitAll(): Promise<void> {
    for (;;) {
      if (this.#cut.length === 0 && this.#cutsWhenIdle()) {
        this.#cutPending();
      }
      const batch = this.#cut.shift();
      if (!batch) {
        break;
      }
      await this.#commit(batch);
    }
    this.#committing = false;
  }

  #cutsWhenIdle(): boolean {
    return this.#batch.timeoutMs === 0 && this.#pending.length > 0;
  }
}

function sizeOf(envelope: common.Envelope): number {
  return envelope.getPayload_asU8().length + envelope.getSignature_asU8().length;
}
