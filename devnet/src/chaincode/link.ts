// The two-way line between a peer and a chaincode: serialized protos.ChaincodeMessage in both directions.
import { Client, connectivityState, credentials } from '@grpc/grpc-js';
import { messageOf } from '../messageOf.js';

/** One open line. Messages arrive in the order in which they were sent. */
export interface ChaincodeLink {
  /** Sends one serialized ChaincodeMessage to the other side. */
  send(bytes: Uint8Array): void;
  onMessage(handler: (bytes: Uint8Array) => void): void;
  /** Called once, when the line ends, with the reason if there is one. */
  onClose(handler: (reason?: Error) => void): void;
  close(): void;
}

/** Opens a line. Rejects when the chaincode cannot be reached. */
export type ConnectChaincode = () => Promise<ChaincodeLink>;

const DIAL_TIMEOUT_MS = 3000;
const CONNECT_METHOD = '/protos.Chaincode/Connect';

/** A line to a chaincode server (chaincode as a service, without TLS) at host:port. */
export function dialChaincode(address: string): ConnectChaincode {
  return async () => {
    const client = new Client(address, credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
      'grpc.use_local_subchannel_pool': 1, // a redial must not inherit the back-off of an earlier failure
    });
    try {
      await ready(client);
    } catch (error) {
      client.close();
      const reason = `dial tcp ${address}: connect: ${messageOf(error)}`;
      throw new Error(
        `error creating grpc connection to ${address}: failed to create new connection: ` +
          `connection error: desc = "transport: error while dialing: ${reason}"`,
        { cause: error },
      );
    }
    return openLink(client);
  };
}

/** Rejects at the first failure, as a peer does when nobody listens at the address. */
async function ready(client: Client): Promise<void> {
  const channel = client.getChannel();
  const deadline = Date.now() + DIAL_TIMEOUT_MS;
  for (;;) {
    const state = channel.getConnectivityState(true);
    if (state === connectivityState.READY) {
      return;
    }
    if (state === connectivityState.TRANSIENT_FAILURE) {
      throw new Error('connection refused');
    }
    await new Promise<void>((resolve, reject) => {
      channel.watchConnectivityState(state, deadline, (error) => {
        if (error) {
          reject(error);
        } else {
          resolve();
        }
      });
    });
  }
}

function openLink(client: Client): ChaincodeLink {
  const stream = client.makeBidiStreamRequest<Uint8Array, Uint8Array>(
    CONNECT_METHOD,
    (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    (bytes) => bytes,
  );
  let closed: ((reason?: Error) => void) | undefined;
  const end = (reason?: Error): void => {
    client.close();
    closed?.(reason);
    closed = undefined;
  };
  stream.on('error', end);
  stream.on('end', () => {
    end();
  });
  return {
    send: (bytes) => {
      stream.write(bytes);
    },
    onMessage: (handler) => {
      stream.on('data', handler);
    },
    onClose: (handler) => {
      closed = handler;
    },
    close: () => {
      stream.end();
      client.close();
    },
  };
}
