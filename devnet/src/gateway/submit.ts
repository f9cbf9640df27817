// Gateway.Submit and Gateway.CommitStatus: hand a signed transaction to the orderer, and wait for its validation code.
import { status } from '@grpc/grpc-js';
import { common, gateway } from '@hyperledger/fabric-protos';
import type { Peer } from '../peer/peer.js';
import { unmarshal } from '../decode.js';
import { messageOf } from '../messageOf.js';
import { unknownChannel } from './evaluate.js';
import { unlessAborted, type CallContext } from '../callContext.js';
import type { Network } from './network.js';
import { RpcError } from './rpcError.js';

const NO_ORDERER = 'no orderers could successfully process transaction';

export async function submit(network: Network, request: gateway.SubmitRequest): Promise<gateway.SubmitResponse> {
  const envelope = request.getPreparedTransaction();
  if (!envelope) {
    throw new RpcError(status.INVALID_ARGUMENT, 'a prepared transaction is required');
  }
  if (envelope.getSignature_asU8().length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'prepared transaction must be signed');
  }
  if (request.getChannelId() !== network.channel.name) {
    throw new RpcError(status.FAILED_PRECONDITION, unknownChannel(request.getChannelId()));
  }
  await network.scheduler.turn();
  const { orderer } = network;
  if (!orderer.available) {
    const { address, mspId } = orderer;
    const message = `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp ${address}: connect: connection refused"`;
    throw new RpcError(status.UNAVAILABLE, NO_ORDERER, [{ address, mspId, message }]);
  }
  const reply = orderer.broadcast(envelope);
  const code = common.Status[reply.status];
  if (code >= 400 && code < 500) {
    const text = `received unsuccessful response from orderer: status=${reply.status}, info=${reply.info}`;
    throw new RpcError(status.ABORTED, text);
  }
  if (reply.status !== 'SUCCESS') {
    throw new RpcError(status.UNAVAILABLE, NO_ORDERER);
  }
  return new gateway.SubmitResponse();
}

export async function commitStatus(
  own: Peer,
  signed: gateway.SignedCommitStatusRequest,
  context: CallContext,
): Promise<gateway.CommitStatusResponse> {
  const request = readRequest(signed);
  requireAccess(own, 'gateway/CommitStatus', request, signed);
  for (;;) {
    const found = own.ledger.status(request.getTransactionId());
    if (found) {
      const response = new gateway.CommitStatusResponse();
      response.setResult(found.code);
      response.setBlockNumber(found.block);
      return response;
    }
    await unlessAborted(own.ledger.announcer.next(), context);
    if (context.signal.aborted) {
      throw new RpcError(status.DEADLINE_EXCEEDED, 'context deadline exceeded');
    }
  }
}

/** Throws unless the signer of a request may use the resource on its channel. */
export function requireAccess(
  { channel }: Peer,
  resource: string,
  request: { getChannelId(): string; getIdentity_asU8(): Uint8Array },
  signed: { getRequest_asU8(): Uint8Array; getSignature_asU8(): Uint8Array },
): void {
  const refusal =
    request.getChannelId() === channel.name
      ? channel.refusal(resource, {
          data: signed.getRequest_asU8(),
          identity: request.getIdentity_asU8(),
          signature: signed.getSignature_asU8(),
        })
      : `Failed to get policy manager for channel [${request.getChannelId()}]`;
  if (refusal !== undefined) {
    throw new RpcError(status.PERMISSION_DENIED, refusal);
  }
}

function readRequest(signed: gateway.SignedCommitStatusRequest): gateway.CommitStatusRequest {
  const refuse = (text: string): RpcError => new RpcError(status.INVALID_ARGUMENT, text);
  if (signed.getRequest_asU8().length === 0) {
    throw refuse('a commit status request is required');
  }
  let request: gateway.CommitStatusRequest;
  try {
    request = unmarshal(gateway.CommitStatusRequest, signed.getRequest_asU8());
  } catch (error) {
    throw refuse(`invalid status request: ${messageOf(error)}`);
  }
  if (request.getIdentity_asU8().length === 0) {
    throw refuse('no identity provided');
  }
  if (request.getChannelId() === '') {
    throw refuse('no channel ID provided');
  }
  if (request.getTransactionId() === '') {
    throw refuse('transaction ID should not be empty');
  }
  return request;
}
