/** The signed message that the network's own checks send: a proposal. */
import { createHash, randomBytes } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import type { Signer } from './signer.js';

/** A proposal with its transaction id. */
export interface SignedProposal {
  readonly transactionId: string;
  readonly message: peer.SignedProposal;
}

/** What is called, and where. */
export interface Invocation {
  readonly channel: string;
  readonly chaincode: string;
  /** The function's name first. */
  readonly args: readonly string[];
}

function headers({ channel, chaincode }: Invocation, signer: Signer): { header: common.Header; transactionId: string } {
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  const nonce = randomBytes(24);
  const transactionId = createHash('sha256').update(nonce).update(signer.creator).digest('hex');
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(channel);
  channelHeader.setTxId(transactionId);
  channelHeader.setTimestamp(Timestamp.fromDate(new Date()));
  channelHeader.setExtension$(extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(signer.creator);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return { header, transactionId };
}

function invocationSpec({ chaincode, args }: Invocation): peer.ChaincodeInvocationSpec {
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const input = new peer.ChaincodeInput();
  input.setArgsList(args.map((each) => Buffer.from(each)));
  const spec = new peer.ChaincodeSpec();
  spec.setType(peer.ChaincodeSpec.Type.NODE);
  spec.setChaincodeId(id);
  spec.setInput(input);
  const result = new peer.ChaincodeInvocationSpec();
  result.setChaincodeSpec(spec);
  return result;
}

/** A proposal to call a chaincode. */
export function signedProposal(signer: Signer, invocation: Invocation): SignedProposal {
  const { header, transactionId } = headers(invocation, signer);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocationSpec(invocation).serializeBinary());
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload.serializeBinary());
  const message = new peer.SignedProposal();
  message.setProposalBytes(proposal.serializeBinary());
  message.setSignature(signer.sign(message.getProposalBytes_asU8()));
  return { transactionId, message };
}
