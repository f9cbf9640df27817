// The orderer's own service: Broadcast takes envelopes, Deliver gives blocks. Gateways need neither, the `peer` command does.
import { status } from '@grpc/grpc-js';
import { common, orderer } from '@hyperledger/fabric-protos';
import { streamMessage } from '../decode.js';
import { deliver, type BlockSource } from '../deliver/deliver.js';
import type { Network } from '../gateway/network.js';
import { RpcError } from '../gateway/rpcError.js';
import type { PeerService } from '../gateway/service.js';
import { assembleBlock } from './blockWriter.js';

export function createOrdererService(network: Network): PeerService {
  const { chain } = network;
  const source: BlockSource = {
    channel: chain.channel.name,
    get height() {
      return chain.height;
    },
    get now() {
      return Date.now();
    },
    nextBlock: () => chain.announcer.next(),
    refusal: (asker) => chain.channel.ordererDeliverRefusal(asker.signed, Date.now()),
  };
  const responder = {
    block: (number: number): Uint8Array => {
      const response = new orderer.DeliverResponse();
      response.setBlock(assembleBlock(chain.block(number)));
      return response.serializeBinary();
    },
    status: (code: keyof common.StatusMap): Uint8Array => {
      const response = new orderer.DeliverResponse();
      response.setStatus(common.Status[code]);
      return response.serializeBinary();
    },
  };
  return {
    unary: {},
    stream: {},
    duplex: {
      '/orderer.AtomicBroadcast/Broadcast': async function* (requests) {
        for await (const bytes of requests) {
          if (!network.orderer.available) {
            throw new RpcError(status.UNAVAILABLE, 'the orderer is not available');
          }
          const reply = network.orderer.broadcast(streamMessage(common.Envelope, bytes));
          const response = new orderer.BroadcastResponse();
          response.setStatus(common.Status[reply.status]);
          response.setInfo(reply.info);
          yield response.serializeBinary();
          if (reply.status !== 'SUCCESS') {
            return;
          }
        }
      },
      '/orderer.AtomicBroadcast/Deliver': (requests, context) => deliver(source, responder, requests, context),
    },
  };
}
