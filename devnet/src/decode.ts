// Decodes messages that may be malformed. A malformed message is refused with the text that Go gives.
import { status } from '@grpc/grpc-js';
import { RpcError } from './gateway/rpcError.js';
import { messageOf } from './messageOf.js';
import { isRowOfFields } from './wire.js';

/** A class of messages. */
export interface MessageClass<T> {
  deserializeBinary(bytes: Uint8Array): T;
}

const MALFORMED = 'proto: cannot parse invalid wire-format data';

/** Throws with Go's text when the bytes are no message of this type. */
export function unmarshal<T>(type: MessageClass<T>, bytes: Uint8Array): T {
  if (!isRowOfFields(bytes)) {
    throw new Error(MALFORMED);
  }
  try {
    return type.deserializeBinary(bytes);
  } catch (error) {
    throw new Error(MALFORMED, { cause: error });
  }
}

/** Throws with Fabric's text when the bytes are no message of this type. */
export function decode<T>(type: MessageClass<T>, name: string, bytes: Uint8Array): T {
  return within(`error unmarshalling ${name}`, () => unmarshal(type, bytes));
}

/** Runs what may throw; its text then says what it was a part of. */
export function within<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(`${what}: ${messageOf(error)}`, { cause: error });
  }
}

/** The request of a unary call. Throws as gRPC does when the bytes are none. */
export function unaryRequest<T>(type: MessageClass<T>, bytes: Uint8Array): T {
  return received('grpc: error unmarshalling request', type, bytes);
}

/** A message of a stream. Throws as gRPC does when the bytes are none. */
export function streamMessage<T>(type: MessageClass<T>, bytes: Uint8Array): T {
  return received('grpc: failed to unmarshal the received message', type, bytes);
}

function received<T>(what: string, type: MessageClass<T>, bytes: Uint8Array): T {
  try {
    return unmarshal(type, bytes);
  } catch (error) {
    throw new RpcError(status.INTERNAL, `${what}: ${messageOf(error)}`);
  }
}
