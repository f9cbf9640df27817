/** The shim's handler and stub on a line in memory, whose other end a test plays. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { peer } from '@hyperledger/fabric-protos';
import type { BookStub } from '../../../chaincode/src/ledger/expectations.js';

const Type = peer.ChaincodeMessage.Type;
const shim = createRequire(join(__dirname, '../../../chaincode/package.json'));

interface ShimMessage {
  serializeBinary(): Uint8Array;
}
interface Shim {
  readonly ChaincodeMessageHandler: new (stream: object, chaincode: object) => { chat(starter: unknown): void };
  readonly Stub: new (handler: object, channel: string, txId: string, input: object) => BookStub;
  readonly old: { readonly peer: Record<'ChaincodeMessage' | 'ChaincodeInput', new () => object> };
}

/** The shim's handler and stub on a line in memory, whose other end is a peer that offers `params` and answers by `answer`. */
export function stubOn(
  params: peer.ChaincodeAdditionalParams,
  answer: (message: peer.ChaincodeMessage) => Uint8Array,
): { readonly stub: BookStub; readonly sent: peer.ChaincodeMessage[] } {
  const { ChaincodeMessageHandler } = shim('fabric-shim/lib/handler.js') as Shim;
  const { peer: old } = shim('@hyperledger/fabric-protos') as Shim['old'];
  const Stub = shim('fabric-shim/lib/stub.js') as Shim['Stub'];
  const decode = (bytes: Uint8Array): unknown =>
    (old.ChaincodeMessage as unknown as { deserializeBinary(bytes: Uint8Array): unknown }).deserializeBinary(bytes);
  const listeners: ((message: unknown) => void)[] = [];
  const toChaincode = (type: number, payload: Uint8Array): void => {
    const message = new peer.ChaincodeMessage();
    message.setType(type as typeof Type.READY);
    message.setPayload(payload);
    message.setTxid('t');
    message.setChannelId('c');
    for (const listener of listeners) listener(decode(message.serializeBinary()));
  };
  const sent: peer.ChaincodeMessage[] = [];
  const stream = {
    on: (event: string, listener: (message: unknown) => void) => {
      if (event === 'data') listeners.push(listener);
    },
    write: (message: ShimMessage) => {
      const read = peer.ChaincodeMessage.deserializeBinary(message.serializeBinary());
      if (read.getType() === Type.REGISTER) return;
      sent.push(read);
      queueMicrotask(() => {
        toChaincode(Type.RESPONSE, answer(read));
      });
    },
  };
  const handler = new ChaincodeMessageHandler(stream, {});
  const register = new peer.ChaincodeMessage();
  register.setType(Type.REGISTER);
  handler.chat(register);
  toChaincode(Type.REGISTERED, new Uint8Array());
  toChaincode(Type.READY, params.serializeBinary());
  const input = new old.ChaincodeInput();
  return { stub: new Stub(handler, 'c', 't', input), sent };
}

/** What a peer says that takes so many writes, and reads, in one message. */
export function offering(writes: number, reads: number): peer.ChaincodeAdditionalParams {
  const params = new peer.ChaincodeAdditionalParams();
  params.setUseWriteBatch(writes > 0);
  params.setMaxSizeWriteBatch(writes);
  params.setUseGetMultipleKeys(reads > 0);
  params.setMaxSizeGetMultipleKeys(reads);
  return params;
}
