// What the gateway itself reads of a proposal before it passes it on.
import { status } from '@grpc/grpc-js';
import { common, peer } from '@hyperledger/fabric-protos';

import { RpcError } from './rpcError.js';

export interface ProposalContent {
  readonly header: common.Header;
  readonly channel: string;
  /** By the invocation spec, which is what the gateway goes by. */
  readonly chaincode: string;
  readonly payload: peer.ChaincodeProposalPayload;
  readonly hasTransient: boolean;
}

/** Throws when the bytes are no proposal. Missing names come back empty. */
export function readProposal(proposalBytes: Uint8Array): ProposalContent {
  const proposal = peer.Proposal.deserializeBinary(proposalBytes);
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const payload = peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8());
  const spec = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8());
  return {
    header,
    channel: channelHeader.getChannelId(),
    chaincode: spec.getChaincodeSpec()?.getChaincodeId()?.getName() ?? '',
    payload,
    hasTransient: payload.getTransientmapMap().getLength() > 0,
  };
}

const SYSTEM_CHAINCODES: ReadonlySet<string> = new Set(['qscc', 'cscc', 'lscc', '_lifecycle']);

/** Throws for the chaincodes that every Fabric peer brings along: this network has none of them. */
export function refuseSystemChaincode({ chaincode }: ProposalContent): void {
  if (SYSTEM_CHAINCODES.has(chaincode)) {
    throw new RpcError(status.UNIMPLEMENTED, `devnet does not serve the system chaincode ${chaincode}`);
  }
}
