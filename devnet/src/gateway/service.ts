// The services of one peer by method name, on serialized messages: gRPC and the in-process client both come in here.
import { status } from '@grpc/grpc-js';
import { gateway, peer } from '@hyperledger/fabric-protos';
import { streamMessage, unaryRequest } from '../decode.js';
import { deliverMethods } from '../deliver/peerDeliver.js';
import type { Peer } from '../peer/peer.js';
import { endorse } from './endorse.js';
import { evaluate } from './evaluate.js';
import { chaincodeEvents } from './events.js';
import type { CallContext } from '../callContext.js';
import type { Network } from './network.js';
import { RpcError } from './rpcError.js';
import { commitStatus, submit } from './submit.js';

export type UnaryMethod = (request: Uint8Array, context: CallContext) => Promise<Uint8Array>;
export type StreamMethod = (request: Uint8Array, context: CallContext) => AsyncIterable<Uint8Array>;

export type DuplexMethod = (requests: AsyncIterable<Uint8Array>, context: CallContext) => AsyncIterable<Uint8Array>;

export interface PeerService {
  readonly unary: Readonly<Record<string, UnaryMethod>>;
  readonly stream: Readonly<Record<string, StreamMethod>>;
  readonly duplex: Readonly<Record<string, DuplexMethod>>;
}

const CONCURRENCY_MAX = 500;

export function createPeerService(network: Network, own: Peer): PeerService {
  let running = 0;
  const limited =
    (method: UnaryMethod): UnaryMethod =>
    async (request, context) => {
      if (running >= CONCURRENCY_MAX) {
        const limit = `exceeding concurrency limit (${String(CONCURRENCY_MAX)})`;
        throw new RpcError(status.UNKNOWN, `too many requests for /gateway.Gateway, ${limit}`);
      }
      running += 1;
      try {
        return await method(request, context);
      } finally {
        running -= 1;
      }
    };
  return {
    unary: {
      '/gateway.Gateway/Evaluate': limited(async (bytes, context) =>
        (await evaluate(network, own, unaryRequest(gateway.EvaluateRequest, bytes), context)).serializeBinary(),
      ),
      '/gateway.Gateway/Endorse': limited(async (bytes, context) =>
        (await endorse(network, own, unaryRequest(gateway.EndorseRequest, bytes), context)).serializeBinary(),
      ),
      '/gateway.Gateway/Submit': limited(async (bytes) =>
        (await submit(network, unaryRequest(gateway.SubmitRequest, bytes))).serializeBinary(),
      ),
      '/gateway.Gateway/CommitStatus': limited(async (bytes, context) =>
        (await commitStatus(own, unaryRequest(gateway.SignedCommitStatusRequest, bytes), context)).serializeBinary(),
      ),
      '/protos.Endorser/ProcessProposal': async (bytes) => {
        const reply = await own.endorser.process(unaryRequest(peer.SignedProposal, bytes));
        if (!reply.response || reply.error !== undefined) {
          throw new RpcError(status.UNKNOWN, reply.error ?? 'no response');
        }
        return reply.response.serializeBinary();
      },
    },
    stream: {
      '/gateway.Gateway/ChaincodeEvents': async function* (bytes, context) {
        const request = streamMessage(gateway.SignedChaincodeEventsRequest, bytes);
        for await (const response of chaincodeEvents(own, request, context)) {
          yield response.serializeBinary();
        }
      },
    },
    duplex: deliverMethods(own),
  };
}
