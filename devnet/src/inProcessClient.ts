// A stand-in for a gRPC client whose calls go straight to a peer in this process. The SDK cannot tell the difference.
import { PassThrough } from 'node:stream';
import { Metadata, status, type CallOptions, type Client, type ServiceError } from '@grpc/grpc-js';
import { unlessAborted } from './callContext.js';
import { RpcError } from './gateway/rpcError.js';
import type { PeerService } from './gateway/service.js';
import { messageOf } from './messageOf.js';

/** What a call needs to know of the peer it goes to. */
export interface PeerDoor {
  readonly service: PeerService;
  /** Aborted when the peer stops; undefined while it is stopped. */
  alive(): AbortSignal | undefined;
}

type Serialize<T> = (value: T) => Buffer;
type Deserialize<T> = (bytes: Buffer) => T;
type Callback<T> = (error: ServiceError | null, value?: T) => void;

/** The part of a grpc-js client that `connect` of @hyperledger/fabric-gateway uses. */
export function createInProcessClient(door: PeerDoor): Client {
  const client = {
    makeUnaryRequest: <Q, A>(
      method: string,
      serialize: Serialize<Q>,
      deserialize: Deserialize<A>,
      request: Q,
      options: CallOptions,
      callback: Callback<A>,
    ) => {
      const call = openCall(door, options);
      const answer = async (): Promise<A> => {
        const handler = door.service.unary[method];
        if (!handler) {
          throw unimplemented(method);
        }
        call.requireAlive();
        const bytes = await unlessAborted(handler(serialize(request), call), { signal: call.stopped });
        if (!bytes) {
          throw new RpcError(status.UNAVAILABLE, 'Connection dropped');
        }
        return deserialize(Buffer.from(bytes));
      };
      answer()
        .finally(call.close)
        .then(
          (value) => {
            callback(null, value);
          },
          (error: unknown) => {
            callback(toServiceError(error));
          },
        );
      return { cancel: call.cancel };
    },
    makeServerStreamRequest: <Q, A>(
      method: string,
      serialize: Serialize<Q>,
      deserialize: Deserialize<A>,
      request: Q,
      options: CallOptions,
    ) => {
      return readable(method, openCall(door, options), deserialize, (call) =>
        door.service.stream[method]?.(serialize(request), call),
      );
    },
    makeBidiStreamRequest: <Q, A>(
      method: string,
      serialize: Serialize<Q>,
      deserialize: Deserialize<A>,
      options: CallOptions,
    ) => {
      const requests = new PassThrough({ objectMode: true });
      const responses = readable(method, openCall(door, options), deserialize, (call) =>
        door.service.duplex[method]?.(requests, call),
      );
      return Object.assign(responses, {
        write: (request: Q) => requests.write(serialize(request)),
        end: () => requests.end(),
      });
    },
    waitForReady: (_deadline: unknown, callback: (error?: Error) => void) => {
      callback();
    },
    close: () => undefined,
  };
  // The rest of grpc-js's client is not there, and the SDK never asks for it.
  return client as unknown as Client;
}

/** The responses of a call that begins now, as in gRPC, and not when somebody reads from it. */
function readable<A>(
  method: string,
  call: Call,
  deserialize: Deserialize<A>,
  open: (call: Call) => AsyncIterable<Uint8Array> | undefined,
): AsyncIterable<A> & { cancel(): void } {
  const responses = open(call)?.[Symbol.asyncIterator]();
  const first = call.isAlive ? responses?.next() : undefined;
  first?.catch(() => undefined); // whoever reads gets the error
  return {
    cancel: call.cancel,
    async *[Symbol.asyncIterator]() {
      try {
        call.requireAlive();
        if (!responses || !first) {
          throw unimplemented(method);
        }
        for (let next = await first; !next.done; next = await responses.next()) {
          yield deserialize(Buffer.from(next.value));
        }
        call.requireOpen();
      } catch (error) {
        throw toServiceError(error);
      } finally {
        call.close();
      }
    },
  };
}

interface Call {
  /** Aborted at the deadline, on cancellation, and when the peer stops. */
  readonly signal: AbortSignal;
  readonly stopped: AbortSignal;
  readonly cancel: () => void;
  readonly close: () => void;
  readonly isAlive: boolean;
  /** Throws when the peer does not run. */
  requireAlive(): void;
  /** Throws what ended the call. */
  requireOpen(): void;
}

function openCall(door: PeerDoor, { deadline }: CallOptions): Call {
  const alive = door.alive();
  const own = new AbortController();
  const abort = (): void => {
    own.abort();
    clearTimeout(timer); // a cancelled stream that nobody reads to its end must not keep the process waiting
  };
  let cancelled = false;
  const timer = deadline === undefined ? undefined : setTimeout(abort, Math.max(0, Number(deadline) - Date.now()));
  alive?.addEventListener('abort', abort);
  return {
    signal: own.signal,
    isAlive: alive !== undefined,
    stopped: alive ?? AbortSignal.abort(),
    cancel: () => {
      cancelled = true;
      abort();
    },
    close: () => {
      clearTimeout(timer);
      alive?.removeEventListener('abort', abort);
    },
    requireAlive: () => {
      if (!alive) {
        throw new RpcError(status.UNAVAILABLE, 'No connection established. Last error: connect ECONNREFUSED');
      }
    },
    requireOpen: () => {
      if (!own.signal.aborted) {
        return; // the peer ended the stream by itself
      }
      if (alive?.aborted) {
        throw new RpcError(status.UNAVAILABLE, 'Connection dropped');
      }
      throw cancelled
        ? new RpcError(status.CANCELLED, 'Cancelled on client')
        : new RpcError(status.DEADLINE_EXCEEDED, 'Deadline exceeded');
    },
  };
}

function unimplemented(method: string): RpcError {
  return new RpcError(status.UNIMPLEMENTED, `devnet does not serve ${method}`);
}

/** As grpc-js builds it: the text of the message begins with number and name of the code. */
function toServiceError(error: unknown): ServiceError {
  const { code, details, metadata } =
    error instanceof RpcError
      ? error
      : {
          code: status.UNKNOWN,
          details: messageOf(error),
          metadata: new Metadata(),
        };
  return Object.assign(new Error(`${String(code)} ${status[code]}: ${details}`), { code, details, metadata });
}
