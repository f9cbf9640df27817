// What the gateway itself reads of a proposal before it passes it on.
import { common, peer } from '@hyperledger/fabric-protos';
import { decode } from '../decode.js';

export interface ProposalContent {
  readonly header: common.Header;
  readonly channel: string;
  readonly hasSpec: boolean;
  readonly hasChaincodeId: boolean;
  /** By the invocation spec, which is what the gateway goes by. */
  readonly chaincode: string;
  readonly payload: peer.ChaincodeProposalPayload;
  readonly hasTransient: boolean;
}

/** Throws when the bytes are no proposal. Missing names come back empty. */
export function readProposal(proposalBytes: Uint8Array): ProposalContent {
  const proposal = decode(peer.Proposal, 'Proposal', proposalBytes);
  const header = decode(common.Header, 'Header', proposal.getHeader_asU8());
  const channelHeader = decode(common.ChannelHeader, 'ChannelHeader', header.getChannelHeader_asU8());
  const payload = decode(peer.ChaincodeProposalPayload, 'ChaincodeProposalPayload', proposal.getPayload_asU8());
  const invocation = decode(peer.ChaincodeInvocationSpec, 'ChaincodeInvocationSpec', payload.getInput_asU8());
  const spec = invocation.getChaincodeSpec();
  return {
    header,
    channel: channelHeader.getChannelId(),
    hasSpec: spec !== undefined,
    hasChaincodeId: spec?.hasChaincodeId() ?? false,
    chaincode: spec?.getChaincodeId()?.getName() ?? '',
    payload,
    hasTransient: payload.getTransientmapMap().getLength() > 0,
  };
}
