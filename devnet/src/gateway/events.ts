// Gateway.ChaincodeEvents: the events of valid transactions, block by block, from a place in the chain onwards.
import { status } from '@grpc/grpc-js';
import { gateway, type peer } from '@hyperledger/fabric-protos';
import { unmarshal } from '../decode.js';
import { messageOf } from '../messageOf.js';
import type { CommittedBlock } from '../ledger/chain.js';
import { TxCode } from '../ledger/transaction.js';
import type { Peer } from '../peer/peer.js';
import { unlessAborted, type CallContext } from '../callContext.js';
import { RpcError } from './rpcError.js';
import { requireAccess } from './submit.js';

/** Yields one response per block that has matching events, until the caller is gone. */
export async function* chaincodeEvents(
  own: Peer,
  signed: gateway.SignedChaincodeEventsRequest,
  context: CallContext,
): AsyncGenerator<gateway.ChaincodeEventsResponse> {
  const request = readRequest(signed);
  requireAccess(own, 'gateway/ChaincodeEvents', request, signed);
  const matches = matcher(request);
  let number = startBlock(own, request);
  while (!context.signal.aborted) {
    const block = own.ledger.block(number);
    if (!block) {
      await unlessAborted(own.ledger.announcer.next(), context);
      continue;
    }
    const events = eventsOf(block).filter(matches);
    if (events.length > 0) {
      const response = new gateway.ChaincodeEventsResponse();
      response.setBlockNumber(number);
      response.setEventsList(events);
      yield response;
    }
    number += 1;
  }
}

function eventsOf(block: CommittedBlock): peer.ChaincodeEvent[] {
  return block.transactions
    .filter(({ code }) => code === TxCode.VALID)
    .map(({ event }) => event)
    .filter((event): event is peer.ChaincodeEvent => event !== undefined && isComplete(event));
}

function isComplete(event: peer.ChaincodeEvent): boolean {
  return event.getChaincodeId() !== '' && event.getEventName() !== '' && event.getTxId() !== '';
}

/** After a checkpoint everything is withheld until an event of that transaction, of any chaincode, has passed. */
function matcher(request: gateway.ChaincodeEventsRequest): (event: peer.ChaincodeEvent) => boolean {
  const chaincode = request.getChaincodeId();
  const checkpoint = request.getAfterTransactionId();
  let passed = checkpoint === '';
  return (event) => {
    if (!passed) {
      passed = event.getTxId() === checkpoint;
      return false;
    }
    return event.getChaincodeId() === chaincode;
  };
}

function startBlock(own: Peer, request: gateway.ChaincodeEventsRequest): number {
  const checkpoint = request.getAfterTransactionId();
  const found = checkpoint === '' ? undefined : own.ledger.status(checkpoint);
  if (found) {
    return found.block;
  }
  const position = request.getStartPosition();
  const specified = position?.getSpecified();
  if (specified) {
    return specified.getNumber();
  }
  if (position?.hasOldest() || position?.hasNewest()) {
    const type = position.hasOldest() ? 'Oldest' : 'Newest';
    throw new RpcError(status.INVALID_ARGUMENT, `invalid start position type: *orderer.SeekPosition_${type}`);
  }
  return own.ledger.height;
}

function readRequest(signed: gateway.SignedChaincodeEventsRequest): gateway.ChaincodeEventsRequest {
  if (signed.getRequest_asU8().length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'a chaincode events request is required');
  }
  try {
    return unmarshal(gateway.ChaincodeEventsRequest, signed.getRequest_asU8());
  } catch (error) {
    throw new RpcError(status.INVALID_ARGUMENT, `invalid chaincode events request: ${messageOf(error)}`);
  }
}
