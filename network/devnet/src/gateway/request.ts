// What the gateway itself reads of a proposal before it passes it on.
import { common, peer } from '@hyperledger/fabric-protos';

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
