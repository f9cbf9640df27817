// The orderer: takes signed envelopes from clients, and cuts them into blocks by count, size and time.
import { common } from '@hyperledger/fabric-protos';
import { createChannel, type Channel } from '../channel.js';
import { configEnvelope } from '../configuration/transaction.js';
import { updatedConfig } from '../configuration/update.js';
import { messageOf } from '../messageOf.js';
import { decode, within } from '../decode.js';
import type { SignedData } from '../identity/membership.js';
import { openEnvelope } from '../ledger/transaction.js';
import type { Signer } from './blockWriter.js';
import { ABSOLUTE_MAX_BYTES, type BatchOptions, type EngineOptions } from '../options.js';

type Status = keyof common.StatusMap;

export interface BroadcastReply {
  readonly status: Status;
  readonly info: string;
}

/** Makes a block of the envelopes and resolves when the peers have it. */
export type CommitBatch = (envelopes: readonly Uint8Array[]) => Promise<void>;

/** A batch that is cut: ordinary envelopes, or one update of the configuration. */
type Batch =
  | {
      readonly kind: 'envelopes';
      readonly envelopes: readonly Uint8Array[];
      /** As it was when the first of them was let through. */
      readonly channel: Channel;
    }
  | { readonly kind: 'update'; readonly update: common.Envelope };

interface OrdererParts {
  readonly chain: { readonly channel: Channel };
  /** The ordering node's own. */
  readonly signer: Signer;
}

export class Orderer {
  readonly mspId: string;
  readonly address: string;
  /** Nobody reaches it while this is false. */
  available = true;
  readonly #chain: OrdererParts['chain'];
  readonly #signer: Signer;
  readonly #batch: BatchOptions;
  readonly #commit: CommitBatch;
  readonly #cut: Batch[] = [];
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #pendingSince: Channel | undefined;
  #timer: NodeJS.Timeout | undefined;
  #committing = false;

  constructor({ chain, signer }: OrdererParts, { batch, orderer }: EngineOptions, commit: CommitBatch) {
    this.#chain = chain;
    this.#signer = signer;
    this.mspId = orderer.mspId;
    this.address = orderer.endpoint ?? 'orderer';
    this.#batch = batch;
    this.#commit = commit;
  }

  get #channel(): Channel {
    return this.#chain.channel;
  }

  /** Checks an envelope and puts it in line. Endorsements and duplicates are none of the orderer's business. */
  broadcast(envelope: common.Envelope): BroadcastReply {
    let header: common.ChannelHeader;
    try {
      header = within('could not determine channel ID', () => channelHeaderOf(envelope));
    } catch (error) {
      return { status: 'BAD_REQUEST', info: messageOf(error) };
    }
    const isUpdate = header.getType() === common.HeaderType.CONFIG_UPDATE;
    const refusal = this.#refusal(envelope, header) ?? (isUpdate ? this.#updateRefusal(envelope) : undefined);
    if (refusal) {
      return refusal;
    }
    if (isUpdate) {
      this.#orderUpdate(envelope);
    } else {
      this.order(envelope.serializeBinary(), sizeOf(envelope));
    }
    return { status: 'SUCCESS', info: '' };
  }

  /** Puts an envelope in line without any check. */
  order(envelope: Uint8Array, sizeBytes: number): void {
    const { preferredMaxBytes, maxMessageCount } = this.#batch;
    if (sizeBytes > preferredMaxBytes) {
      this.#cutPending();
      this.#cut.push({ kind: 'envelopes', envelopes: [envelope], channel: this.#channel });
    } else {
      if (this.#pendingBytes + sizeBytes > preferredMaxBytes) {
        this.#cutPending();
      }
      this.#pendingSince ??= this.#channel;
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

  /** An update has a block to itself, after what came before it. */
  #orderUpdate(update: common.Envelope): void {
    this.#cutPending();
    this.#cut.push({ kind: 'update', update });
    this.#arrangeNextCut();
    this.#startCommitting();
  }

  #refusal(envelope: common.Envelope, header: common.ChannelHeader): BroadcastReply | undefined {
    const type = header.getType();
    if (header.getChannelId() !== this.#channel.name) {
      return { status: 'BAD_REQUEST', info: 'channel does not exist' };
    }
    const problem = NOT_ORDERED.get(type);
    if (problem !== undefined) {
      return { status: 'BAD_REQUEST', info: `message is of type that ${problem}` };
    }
    const refusal = this.#sizeRefusal(sizeOf(envelope)) ?? this.#signerRefusal(envelope);
    return refusal && type === common.HeaderType.CONFIG_UPDATE
      ? { ...refusal, info: `config update for existing channel did not pass initial checks: ${refusal.info}` }
      : refusal;
  }

  #sizeRefusal(sizeBytes: number): BroadcastReply | undefined {
    const max = this.#batch.absoluteMaxBytes ?? ABSOLUTE_MAX_BYTES;
    const info = `message payload is ${String(sizeBytes)} bytes and exceeds maximum allowed ${String(max)} bytes`;
    return sizeBytes > max ? { status: 'BAD_REQUEST', info } : undefined;
  }

  #signerRefusal(envelope: common.Envelope): BroadcastReply | undefined {
    let signed: SignedData;
    try {
      ({ signed } = openEnvelope(envelope.serializeBinary()));
    } catch (error) {
      const reason = `GetSignatureHeaderFromBytes failed, err ${messageOf(error)}`;
      return { status: 'BAD_REQUEST', info: `could not convert message to signedData: ${reason}` };
    }
    if (Date.now() >= (this.#channel.membership.expiryOf(signed.identity) ?? Infinity)) {
      return { status: 'BAD_REQUEST', info: 'broadcast client identity expired' };
    }
    const refusal = this.#channel.ordererRefusal(signed);
    return refusal === undefined ? undefined : { status: 'FORBIDDEN', info: `${refusal}: permission denied` };
  }

  #updateRefusal(envelope: common.Envelope): BroadcastReply | undefined {
    try {
      this.#updated(envelope);
      return undefined;
    } catch (error) {
      const info = `error applying config update to existing channel '${this.#channel.name}': ${messageOf(error)}`;
      return { status: 'BAD_REQUEST', info };
    }
  }

  /** The configuration after an update. Throws when it may not be, or makes no channel. */
  #updated(envelope: common.Envelope): common.Config {
    const channel = this.#channel;
    const { data } = openEnvelope(envelope.serializeBinary());
    const update = within('error converting envelope to config update', () =>
      decode(common.ConfigUpdateEnvelope, 'message for type CONFIG_UPDATE', data),
    );
    return within('error authorizing update', () => {
      const config = updatedConfig(channel, update);
      createChannel(channel.name, config);
      return config;
    });
  }

  #cutPending(): void {
    if (this.#pending.length > 0) {
      const channel = this.#pendingSince ?? this.#channel;
      this.#cut.push({ kind: 'envelopes', envelopes: this.#pending, channel });
      this.#pendingSince = undefined;
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
      const envelopes = this.#stillGood(batch);
      if (envelopes.length > 0) {
        await this.#commit(envelopes);
      }
    }
    this.#committing = false;
  }

  /** What was let through before the configuration changed is checked again, and left out where it would be refused now. */
  #stillGood(batch: Batch): readonly Uint8Array[] {
    if (batch.kind === 'envelopes') {
      return batch.channel === this.#channel ? batch.envelopes : batch.envelopes.filter((each) => this.#isGood(each));
    }
    const { update } = batch;
    try {
      const config = this.#updated(update);
      return [configEnvelope(this.#channel.name, this.#signer, { config, lastUpdate: update }).serializeBinary()];
    } catch {
      return []; // another update was faster: as in Fabric, nobody is told
    }
  }

  #isGood(envelope: Uint8Array): boolean {
    const content = common.Envelope.deserializeBinary(envelope);
    return this.#refusal(content, channelHeaderOf(content)) === undefined;
  }

  #cutsWhenIdle(): boolean {
    return this.#batch.timeoutMs === 0 && this.#pending.length > 0;
  }
}

/** Types that are not put in line, and why. */
const NOT_ORDERED: ReadonlyMap<number, string> = new Map([
  [common.HeaderType.CONFIG, 'cannot be processed directly'],
  [common.HeaderType.ORDERER_TRANSACTION, 'is no longer supported'],
]);

/** Where an envelope says that it belongs. Throws with the ordering service's text when it does not say. */
function channelHeaderOf(envelope: common.Envelope): common.ChannelHeader {
  const header = decode(common.Payload, 'Payload', envelope.getPayload_asU8()).getHeader();
  if (!header) {
    throw new Error('header not set');
  }
  const bytes = header.getChannelHeader_asU8();
  if (bytes.length === 0) {
    throw new Error('channel header not set');
  }
  return within('error unmarshalling channel header', () => decode(common.ChannelHeader, 'ChannelHeader', bytes));
}

function sizeOf(envelope: common.Envelope): number {
  return envelope.getPayload_asU8().length + envelope.getSignature_asU8().length;
}
