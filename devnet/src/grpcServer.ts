// A gRPC server on localhost: the methods of one service, with TLS or in the clear.
import { once } from 'node:events';
import { createServer } from 'node:net';
import {
  Server,
  ServerCredentials,
  status,
  type handleBidiStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type ServerDuplexStream,
  type ServerErrorResponse,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import type { CallContext } from './callContext.js';
import { RpcError } from './gateway/rpcError.js';
import type { DuplexMethod, PeerService, StreamMethod, UnaryMethod } from './gateway/service.js';
import { messageOf } from './messageOf.js';

export interface ServerOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** Without it, everything goes in the clear. */
  readonly tls: ServerTls | undefined;
}

export interface ServerTls {
  readonly tlsCertPem: string;
  readonly tlsKeyPem: string;
  /** Whose clients alone are served; everybody when absent. */
  readonly clientRootCertsPem?: readonly string[];
}

export interface RunningServer {
  readonly port: number;
  /** Ends every open call and stops listening. */
  stop(): void;
}

/** As the peer's own limit: 100 MB. */
const MESSAGE_MAX_BYTES = 100 * 1024 * 1024;
const HOST = 'localhost';
/** Nobody reads it; without it an error with its stack would be made for every call. */
const CANCELLED = 'cancelled';

/** Starts listening. Rejects when the port is taken or the TLS identity cannot be used. */
export async function startServer(service: PeerService, options: ServerOptions): Promise<RunningServer> {
  const server = new Server({
    'grpc.max_receive_message_length': MESSAGE_MAX_BYTES,
    'grpc.max_send_message_length': MESSAGE_MAX_BYTES,
  });
  for (const [path, method] of Object.entries(service.unary)) {
    server.register(path, unaryHandler(method), pass, pass, 'unary');
  }
  for (const [path, method] of Object.entries(service.stream)) {
    server.register(path, streamHandler(method), pass, pass, 'serverStream');
  }
  for (const [path, method] of Object.entries(service.duplex)) {
    server.register(path, duplexHandler(method), pass, pass, 'bidi');
  }
  const port = await new Promise<number>((resolve, reject) => {
    const address = `${HOST}:${String(options.port)}`;
    server.bindAsync(address, credentialsOf(options.tls), (error, bound) => {
      if (error) {
        reject(new Error(`cannot listen on ${address}: ${error.message}`));
      } else {
        resolve(bound);
      }
    });
  });
  return {
    port,
    stop: () => {
      server.forceShutdown();
    },
  };
}

function credentialsOf(tls: ServerTls | undefined): ServerCredentials {
  if (!tls) {
    return ServerCredentials.createInsecure();
  }
  const { tlsCertPem, tlsKeyPem, clientRootCertsPem } = tls;
  const pair = { cert_chain: Buffer.from(tlsCertPem), private_key: Buffer.from(tlsKeyPem) };
  const roots = clientRootCertsPem ? Buffer.from(clientRootCertsPem.join('\n')) : null;
  return ServerCredentials.createSsl(roots, [pair], clientRootCertsPem !== undefined);
}

/** A port of localhost that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Messages stay bytes: the service itself decodes them. */
function pass(bytes: Buffer): Buffer {
  return bytes;
}

function unaryHandler(method: UnaryMethod): handleUnaryCall<Buffer, Buffer> {
  return (call, callback) => {
    const caller = new AbortController();
    call.on('cancelled', () => {
      caller.abort(CANCELLED);
    });
    method(call.request, { signal: caller.signal }).then(
      (bytes) => {
        callback(null, toBuffer(bytes));
      },
      (error: unknown) => {
        callback(toErrorResponse(error));
      },
    );
  };
}

function streamHandler(method: StreamMethod): handleServerStreamingCall<Buffer, Buffer> {
  return (call) => {
    respond(call, (context) => method(call.request, context));
  };
}

function duplexHandler(method: DuplexMethod): handleBidiStreamingCall<Buffer, Buffer> {
  return (call) => {
    // Who stops reading requests still has responses to write.
    const requests = call.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    respond(call, (context) => method(requests, context));
  };
}

/** Writes what the method yields, and waits when the client is slower. */
function respond(
  call: ServerWritableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>,
  run: (context: CallContext) => AsyncIterable<Uint8Array>,
): void {
  const caller = new AbortController();
  call.on('cancelled', () => {
    caller.abort(CANCELLED);
    call.emit('drain'); // nobody reads any more: whoever waits for that goes on to find out
  });
  const send = async (): Promise<void> => {
    for await (const bytes of run({ signal: caller.signal })) {
      if (!call.write(toBuffer(bytes)) && !caller.signal.aborted) {
        await once(call, 'drain');
      }
    }
    call.end();
  };
  send().catch((error: unknown) => {
    call.emit('error', toErrorResponse(error));
  });
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toErrorResponse(error: unknown): ServerErrorResponse {
  if (error instanceof RpcError) {
    return error;
  }
  const text = messageOf(error);
  return Object.assign(new Error(text), { code: status.UNKNOWN, details: text });
}
