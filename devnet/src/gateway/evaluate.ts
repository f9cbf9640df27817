// Gateway.Evaluate: one peer runs the chaincode, preferably one of the gateway's own organisation.
import { status } from '@grpc/grpc-js';
import { gateway, peer } from '@hyperledger/fabric-protos';
import type { Peer } from '../peer/peer.js';
import { askEndorser, detailOf } from './grading.js';
import { unlessAborted, type CallContext } from '../callContext.js';
import { peersKnownTo, type Network, type View } from './network.js';
import { readProposal, type ProposalContent } from './request.js';
import { messageOf } from '../messageOf.js';
import { RpcError, type Detail } from './rpcError.js';

export async function evaluate(
  network: Network,
  own: Peer,
  request: gateway.EvaluateRequest,
  context: CallContext,
): Promise<gateway.EvaluateResponse> {
  const signed = request.getProposedTransaction() ?? new peer.SignedProposal();
  const proposal = unpack(signed);
  if (proposal.channel !== network.channel.name) {
    throw new RpcError(status.UNAVAILABLE, unknownChannel(proposal.channel));
  }
  const targets = chooseTargets(network, own, proposal, request.getTargetOrganizationsList());
  const answer = await unlessAborted(tryInTurn({ network, own }, targets, signed), context);
  if (!answer) {
    throw new RpcError(status.DEADLINE_EXCEEDED, 'evaluate timeout expired');
  }
  const response = new gateway.EvaluateResponse();
  response.setResult(answer);
  return response;
}

/** The text for a channel that the gateway's peer has not joined. */
export function unknownChannel(channel: string): string {
  return `failed to get config for channel [${channel}]: could not get last config for channel ${channel}`;
}

function unpack(signed: peer.SignedProposal): ProposalContent {
  let problem: string | undefined;
  try {
    const content = readProposal(signed.getProposalBytes_asU8());
    problem = missingPart(signed, content);
    if (problem === undefined) {
      return content;
    }
  } catch (error) {
    problem = messageOf(error);
  }
  throw new RpcError(status.INVALID_ARGUMENT, `failed to unpack transaction proposal: ${problem}`);
}

function missingPart(
  signed: peer.SignedProposal,
  { channel, chaincode, hasSpec, hasChaincodeId }: ProposalContent,
): string | undefined {
  if (signed.getProposalBytes_asU8().length === 0) {
    return 'a signed proposal is required';
  }
  if (channel === '') {
    return 'no channel id provided';
  }
  const checks: readonly (readonly [boolean, string])[] = [
    [hasSpec, 'spec'],
    [hasChaincodeId, 'id'],
    [chaincode !== '', 'name'],
  ];
  const missing = checks.find(([holds]) => !holds)?.[1];
  return missing && `no chaincode ${missing} is provided, channel id [${channel}]`;
}

/** Own organisation first. Transient data stays there, unless the caller names other organisations. */
function chooseTargets(
  network: Network,
  own: Peer,
  { chaincode, channel, hasTransient }: ProposalContent,
  named: readonly string[],
): Peer[] {
  const isProtected = hasTransient && named.length === 0;
  const organisations = isProtected ? [own.mspId] : named;
  const hosts = peersKnownTo(own, network).filter(
    (candidate) =>
      candidate.hosts(chaincode) && (organisations.length === 0 || organisations.includes(candidate.mspId)),
  );
  if (hosts.length === 0) {
    const reason = `no peers available to evaluate chaincode ${chaincode} in channel ${channel}`;
    throw new RpcError(
      status.FAILED_PRECONDITION,
      isProtected
        ? "no endorsers found in the gateway's organization; " +
            `retry specifying target organization(s) to protect transient data: ${reason}`
        : reason,
    );
  }
  const others = hosts.filter((candidate) => candidate !== own).sort((a, b) => b.ledger.height - a.ledger.height);
  return [...hosts.filter((candidate) => candidate === own), ...others];
}

async function tryInTurn(view: View, targets: readonly Peer[], signed: peer.SignedProposal): Promise<peer.Response> {
  const details: Detail[] = [];
  let code = status.UNAVAILABLE;
  for (const target of targets) {
    const answer = await askEndorser(view, target, signed);
    if (answer.ok) {
      return resultOf(answer.response);
    }
    const { failure } = answer;
    code = failure.code;
    details.push(detailOf(target, failure));
    if (!failure.retry) {
      throw new RpcError(code, `evaluate call to endorser returned error: ${failure.message}`, details);
    }
  }
  throw new RpcError(code, 'failed to evaluate transaction, see attached details for more info', details);
}

/** Status and message as the peer gave them, the payload from the action that would be endorsed. */
function resultOf(answer: peer.ProposalResponse): peer.Response {
  const payload = peer.ProposalResponsePayload.deserializeBinary(answer.getPayload_asU8());
  const action = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
  const response = answer.getResponse() ?? new peer.Response();
  response.setPayload(action.getResponse()?.getPayload_asU8() ?? new Uint8Array());
  return response;
}
