// The peer's side of one chaincode stream: registration, calls, and the requests that the chaincode makes meanwhile.
import { peer } from '@hyperledger/fabric-protos';
import type { Simulator } from '../ledger/simulator.js';
import { messageOf } from '../messageOf.js';
import { TransactionContext } from './context.js';
import type { ChaincodeLink } from './link.js';
import { MessageType, REQUESTS } from './requests.js';

export interface ChaincodeCall {
  readonly channel: string;
  readonly txId: string;
  readonly chaincode: string;
  /** A serialized ChaincodeInput. */
  readonly input: Uint8Array;
  readonly signedProposal: peer.SignedProposal;
  readonly simulator: Simulator;
}

export interface ChaincodeResult {
  readonly response: peer.Response;
  readonly event: peer.ChaincodeEvent | undefined;
}

interface Running {
  readonly context: TransactionContext;
  readonly resolve: (message: peer.ChaincodeMessage) => void;
  readonly reject: (error: Error) => void;
}

/** The end of this text tells the gateway that the chaincode's connection is gone. */
const STREAM_TERMINATED = 'chaincode stream terminated';

export class ChaincodeStream {
  readonly #link: ChaincodeLink;
  readonly #packageId: string;
  readonly #running = new Map<string, Running>();
  readonly #registered: Promise<void>;
  #register: (error?: Error) => void = () => undefined;
  #state: 'created' | 'ready' | 'closed' = 'created';

  constructor(link: ChaincodeLink, packageId: string) {
    this.#link = link;
    this.#packageId = packageId;
    this.#registered = new Promise((resolve, reject) => {
      this.#register = (error) => {
        if (error) {
          reject(error);
        } else {
          resolve();
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

  /** Resolves when the chaincode has registered; rejects when it is another one or hangs up. */
  async ready(): Promise<void> {
    await this.#registered;
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  close(): void {
    this.#link.close();
    this.#end();
  }

  /** Runs one transaction. Rejects with the peer's own text when the chaincode gives no answer. */
  async execute(call: ChaincodeCall, timeoutMs: number): Promise<ChaincodeResult> {
    let reply: peer.ChaincodeMessage;
    try {
      reply = await this.#call(call, timeoutMs);
    } catch (error) {
      throw new Error(`failed to execute transaction ${call.txId}: error sending: ${messageOf(error)}`, {
        cause: error,
      });
    }
    if (reply.getType() === MessageType.ERROR) {
      throw new Error(`transaction returned with failure: ${Buffer.from(reply.getPayload_asU8()).toString()}`);
    }
    const event = reply.getChaincodeEvent();
    event?.setChaincodeId(call.chaincode);
    event?.setTxId(call.txId);
    return { response: peer.Response.deserializeBinary(reply.getPayload_asU8()), event };
  }

  async #call(call: ChaincodeCall, timeoutMs: number): Promise<peer.ChaincodeMessage> {
    const id = contextId(call.channel, call.txId);
    if (this.#running.has(id)) {
      throw new Error(`txid: ${call.txId}(${call.channel}) exists`);
    }
    if (this.#state !== 'ready') {
      throw new Error(STREAM_TERMINATED);
    }
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<peer.ChaincodeMessage>((resolve, reject) => {
        this.#running.set(id, { context: new TransactionContext(call.chaincode, call.simulator), resolve, reject });
        timer = setTimeout(() => {
          reject(new Error('timeout expired while executing transaction'));
        }, timeoutMs);
        this.#send(MessageType.TRANSACTION, call.channel, call.txId, call.input, call.signedProposal);
      });
    } finally {
      clearTimeout(timer);
      this.#running.delete(id);
    }
  }

  #read(bytes: Uint8Array): void {
    let message: peer.ChaincodeMessage;
    try {
      message = peer.ChaincodeMessage.deserializeBinary(bytes);
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
    this.#answer(message, running?.context);
  }

  #receiveRegistration(message: peer.ChaincodeMessage): void {
    const name =
      message.getType() === MessageType.REGISTER
        ? peer.ChaincodeID.deserializeBinary(message.getPayload_asU8()).getName()
        : '';
    if (name !== this.#packageId) {
      // A Fabric peer would wait for the right one until its start-up timeout of 300 seconds; here the mistake is named.
      this.#register(new Error(`chaincode registered as ${name}, but ${this.#packageId} is installed`));
      this.close();
      return;
    }
    this.#state = 'ready';
    this.#send(MessageType.REGISTERED, '', '', new Uint8Array());
    this.#send(MessageType.READY, '', '', new peer.ChaincodeAdditionalParams().serializeBinary());
    this.#register();
  }

  #answer(message: peer.ChaincodeMessage, context: TransactionContext | undefined): void {
    const [channel, txId] = [message.getChannelId(), message.getTxid()];
    try {
      const payload = answerOf(message, context);
      this.#send(MessageType.RESPONSE, channel, txId, payload);
    } catch (error) {
      const text = `${nameOf(message)} failed: transaction ID: ${txId}: ${messageOf(error)}`;
      this.#send(MessageType.ERROR, channel, txId, Buffer.from(text));
    }
  }

  #send(
    type: peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap],
    channel: string,
    txId: string,
    payload: Uint8Array,
    proposal?: peer.SignedProposal,
  ): void {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    message.setChannelId(channel);
    message.setTxid(txId);
    message.setPayload(payload);
    message.setProposal(proposal);
    this.#link.send(message.serializeBinary());
  }

  #end(): void {
    if (this.#state === 'closed') {
      return;
    }
    this.#state = 'closed';
    this.#register(new Error('chaincode hung up before it registered'));
    for (const running of this.#running.values()) {
      running.reject(new Error(STREAM_TERMINATED));
    }
  }
}

function answerOf(message: peer.ChaincodeMessage, context: TransactionContext | undefined): Uint8Array {
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
