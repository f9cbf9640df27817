// The peer's side of one chaincode stream: registration, calls, and the requests that the chaincode makes meanwhile.
import { peer } from '@hyperledger/fabric-protos';
import { unmarshal } from '../decode.js';
import { messageOf } from '../messageOf.js';
import type { ChaincodeCall } from './call.js';
import type { TransactionContext } from './context.js';
import type { ChaincodeLink } from './link.js';
import { MessageType, REQUESTS } from './requests.js';

interface Running {
  readonly context: TransactionContext;
  /** A request that is not answered yet: meanwhile no other of the transaction is taken. */
  busy: boolean;
  readonly resolve: (message: peer.ChaincodeMessage) => void;
  readonly reject: (error: Error) => void;
}

/** Between a peer and a chaincode, either way: who sends more is cut off. */
const MESSAGE_MAX_BYTES = 100 * 1024 * 1024;

/** The end of this text tells the gateway that the chaincode's connection is gone. */
const STREAM_TERMINATED = 'chaincode stream terminated';

/** Why a chaincode may not register under a name; undefined when it may. */
export type RefuseName = (name: string) => string | undefined;

export class ChaincodeStream {
  readonly #link: ChaincodeLink;
  readonly #refuseName: RefuseName;
  readonly #running = new Map<string, Running>();
  readonly #registered: Promise<string>;
  #register: (outcome: string | Error) => void = () => undefined;
  #state: 'created' | 'ready' | 'closed' = 'created';

  constructor(link: ChaincodeLink, refuseName: RefuseName) {
    this.#link = link;
    this.#refuseName = refuseName;
    this.#registered = new Promise((resolve, reject) => {
      this.#register = (outcome) => {
        if (outcome instanceof Error) {
          reject(outcome);
        } else {
          resolve(outcome);
        }
      };
    });
    this.#registered.catch(() => undefined); // whoever waits for the registration gets the error
    link.onMessage((bytes) => {
      this.#read(bytes);
    });
    link.onClose(() => {
      this.#end();
    });
  }

  /** The name under which the chaincode has registered; rejects when it may not under this name, or hangs up. */
  ready(): Promise<string> {
    return this.#registered;
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  close(): void {
    this.#link.close();
    this.#end();
  }

  /** Runs one call and gives the chaincode's last message. Rejects with the peer's own text when there is none. */
  async execute(
    call: ChaincodeCall,
    context: TransactionContext,
    type: MessageType,
    timeoutMs: number,
  ): Promise<peer.ChaincodeMessage> {
    const id = contextId(call.channel, call.txId);
    if (this.#running.has(id)) {
      throw new Error(`error sending: txid: ${call.txId}(${call.channel}) exists`);
    }
    if (this.#state !== 'ready') {
      throw new Error(`error sending: ${STREAM_TERMINATED}`);
    }
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<peer.ChaincodeMessage>((resolve, reject) => {
        this.#running.set(id, { context, busy: false, resolve, reject });
        timer = setTimeout(() => {
          reject(new Error('error sending: timeout expired while executing transaction'));
        }, timeoutMs);
        this.#send(type, call.channel, call.txId, call.input, call.signedProposal);
      });
    } finally {
      clearTimeout(timer);
      this.#running.delete(id);
    }
  }

  #read(bytes: Uint8Array): void {
    if (bytes.length > MESSAGE_MAX_BYTES) {
      this.close();
      return;
    }
    let message: peer.ChaincodeMessage;
    try {
      message = unmarshal(peer.ChaincodeMessage, bytes);
    } catch {
      this.close(); // bytes that are no message end the stream, as in gRPC
      return;
    }
    this.#receive(message);
  }

  #receive(message: peer.ChaincodeMessage): void {
    const type = message.getType();
    if (type === MessageType.KEEPALIVE) {
      return;
    }
    if (this.#state === 'created') {
      this.#receiveRegistration(message);
      return;
    }
    const running = this.#running.get(contextId(message.getChannelId(), message.getTxid()));
    if (type === MessageType.COMPLETED || type === MessageType.ERROR) {
      running?.resolve(message);
      return;
    }
    void this.#answer(message, running);
  }

  #receiveRegistration(message: peer.ChaincodeMessage): void {
    const name = nameIn(message);
    const refusal = this.#refuseName(name);
    if (refusal !== undefined) {
      this.#register(new Error(refusal));
      this.close();
      return;
    }
    this.#state = 'ready';
    this.#send(MessageType.REGISTERED, '', '', new Uint8Array());
    this.#send(MessageType.READY, '', '', runtimeParams());
    this.#register(name);
  }

  /** One request of a transaction at a time, as Fabric takes them: others are dropped without a word. */
  async #answer(message: peer.ChaincodeMessage, running: Running | undefined): Promise<void> {
    if (running?.busy) {
      return;
    }
    const [channel, txId] = [message.getChannelId(), message.getTxid()];
    try {
      const answer = answerOf(message, running?.context);
      this.#send(
        MessageType.RESPONSE,
        channel,
        txId,
        answer instanceof Promise ? await pending(answer, running) : answer,
      );
    } catch (error) {
      const text = `${nameOf(message)} failed: transaction ID: ${txId}: ${messageOf(error)}`;
      this.#send(MessageType.ERROR, channel, txId, Buffer.from(text));
    }
  }

  #send(type: MessageType, channel: string, txId: string, payload: Uint8Array, proposal?: peer.SignedProposal): void {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    message.setChannelId(channel);
    message.setTxid(txId);
    message.setPayload(payload);
    message.setProposal(proposal);
    const bytes = message.serializeBinary();
    if (bytes.length > MESSAGE_MAX_BYTES) {
      this.#fail(
        message,
        `trying to send message larger than max (${String(bytes.length)} vs. ${String(MESSAGE_MAX_BYTES)})`,
      );
      return;
    }
    this.#link.send(bytes);
  }

  /** What cannot be sent ends its transaction with the reason, and all others with the stream. */
  #fail(message: peer.ChaincodeMessage, reason: string): void {
    const [channel, txId] = [message.getChannelId(), message.getTxid()];
    const text = `[${txId.slice(0, 8)}] error sending ${nameOf(message)}: rpc error: code = ResourceExhausted desc = ${reason}`;
    const failure = new peer.ChaincodeMessage();
    failure.setType(MessageType.ERROR);
    failure.setPayload(Buffer.from(text));
    this.#running.get(contextId(channel, txId))?.resolve(failure);
    this.close();
  }

  #end(): void {
    if (this.#state === 'closed') {
      return;
    }
    this.#state = 'closed';
    this.#register(new Error('chaincode hung up before it registered'));
    for (const running of this.#running.values()) {
      running.reject(new Error(`error sending: ${STREAM_TERMINATED}`));
    }
  }
}

/** The name under which a chaincode registers; empty where the message is no registration. */
function nameIn(message: peer.ChaincodeMessage): string {
  try {
    return message.getType() === MessageType.REGISTER
      ? unmarshal(peer.ChaincodeID, message.getPayload_asU8()).getName()
      : '';
  } catch {
    return ''; // which nobody may register under
  }
}

/** What a peer offers with the configuration that it is released with (core.yaml, chaincode.runtimeParams). */
function runtimeParams(): Uint8Array {
  const params = new peer.ChaincodeAdditionalParams();
  params.setUseWriteBatch(true);
  params.setMaxSizeWriteBatch(1000);
  params.setUseGetMultipleKeys(true);
  params.setMaxSizeGetMultipleKeys(1000);
  return params.serializeBinary();
}

async function pending<T>(answer: Promise<T>, running: Running | undefined): Promise<T> {
  const state = running ?? { busy: false };
  state.busy = true;
  try {
    return await answer;
  } finally {
    state.busy = false;
  }
}

function answerOf(
  message: peer.ChaincodeMessage,
  context: TransactionContext | undefined,
): Uint8Array | Promise<Uint8Array> {
  const request = REQUESTS.get(message.getType());
  if (!request) {
    throw new Error(`devnet does not serve ${nameOf(message)}`);
  }
  if (!context) {
    throw new Error('no ledger context');
  }
  return request(context, message.getPayload_asU8()) ?? new Uint8Array();
}

function nameOf(message: peer.ChaincodeMessage): string {
  const type = message.getType();
  return Object.entries(MessageType).find(([, value]) => value === type)?.[0] ?? `message type ${String(type)}`;
}

function contextId(channel: string, txId: string): string {
  return `${channel}\0${txId}`;
}
