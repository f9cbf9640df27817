/** The two signed messages that the network's own checks send: a proposal, and a request for blocks. */
import { createHash, randomBytes } from 'node:crypto';
import { common, orderer, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import type { Signer } from './signer.js';

/** A proposal with its transaction id. */
export interface SignedProposal {
  readonly transactionId: string;
  readonly message: peer.SignedProposal;
}

interface Headers {
  readonly type: number;
  readonly channel: string;
  readonly extension?: Uint8Array;
}

function headers(
  { type, channel, extension }: Headers,
  signer: Signer,
): { header: common.Header; transactionId: string } {
  const nonce = randomBytes(24);
  const transactionId = createHash('sha256').update(nonce).update(signer.creator).digest('hex');
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(type);
  channelHeader.setChannelId(channel);
  channelHeader.setTxId(transactionId);
  channelHeader.setTimestamp(Timestamp.fromDate(new Date()));
  if (extension !== undefined) channelHeader.setExtension$(extension);
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(signer.creator);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return { header, transactionId };
}

function invocation(chaincode: string, functionName: string): peer.ChaincodeInvocationSpec {
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const input = new peer.ChaincodeInput();
  input.setArgsList([Buffer.from(functionName)]);
  const spec = new peer.ChaincodeSpec();
  spec.setType(peer.ChaincodeSpec.Type.NODE);
  spec.setChaincodeId(id);
  spec.setInput(input);
  const invocationSpec = new peer.ChaincodeInvocationSpec();
  invocationSpec.setChaincodeSpec(spec);
  return invocationSpec;
}

/** A proposal to call a function without arguments. */
export function signedProposal(
  signer: Signer,
  channel: string,
  chaincode: string,
  functionName: string,
): SignedProposal {
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  const { header, transactionId } = headers(
    { type: common.HeaderType.ENDORSER_TRANSACTION, channel, extension: extension.serializeBinary() },
    signer,
  );
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation(chaincode, functionName).serializeBinary());
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload.serializeBinary());
  const message = new peer.SignedProposal();
  message.setProposalBytes(proposal.serializeBinary());
  message.setSignature(signer.sign(message.getProposalBytes_asU8()));
  return { transactionId, message };
}

/** A request for every block from the first to the one that is newest when the peer reads it. */
export function seekAllBlocks(signer: Signer, channel: string): common.Envelope {
  const start = new orderer.SeekPosition();
  start.setOldest(new orderer.SeekOldest());
  const stop = new orderer.SeekPosition();
  stop.setNewest(new orderer.SeekNewest());
  const seek = new orderer.SeekInfo();
  seek.setStart(start);
  seek.setStop(stop);
  seek.setBehavior(orderer.SeekInfo.SeekBehavior.BLOCK_UNTIL_READY);
  const payload = new common.Payload();
  payload.setHeader(headers({ type: common.HeaderType.DELIVER_SEEK_INFO, channel }, signer).header);
  payload.setData(seek.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(signer.sign(envelope.getPayload_asU8()));
  return envelope;
}
