/** Signed messages below the SDK: right in every part, but for the parts that a case wants wrong. */
import { randomBytes } from 'node:crypto';
import { common, orderer, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Identity } from './identity.js';

export const EMPTY = new Uint8Array();

/** What goes into a proposal. */
export interface ProposalParts {
  readonly creator: Identity;
  readonly channel: string;
  readonly chaincode: string;
  readonly args: readonly (string | Uint8Array)[];
  readonly transient?: Readonly<Record<string, string>>;
  readonly isInit?: boolean;
  readonly timestamp?: Date;
  readonly txId?: string;
  readonly epoch?: number;
  readonly nonce?: Uint8Array;
  readonly type?: number;
  /** In place of the serialized header extension. */
  readonly extension?: Uint8Array;
  /** In place of the serialized invocation. */
  readonly invocation?: Uint8Array;
  readonly sign?: (message: Uint8Array) => Uint8Array;
}

/** A proposal with the transaction id that it carries. */
export interface SignedProposal {
  readonly txId: string;
  readonly creator: Identity;
  readonly proposal: peer.Proposal;
  readonly signed: peer.SignedProposal;
}

function headerOf(parts: ProposalParts): { header: common.Header; txId: string } {
  const nonce = parts.nonce ?? randomBytes(24);
  const txId = parts.txId ?? parts.creator.txId(nonce);
  const id = new peer.ChaincodeID();
  id.setName(parts.chaincode);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(parts.type ?? common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(parts.channel);
  channelHeader.setTxId(txId);
  channelHeader.setEpoch(parts.epoch ?? 0);
  channelHeader.setTimestamp(Timestamp.fromDate(parts.timestamp ?? new Date()));
  channelHeader.setExtension$(parts.extension ?? extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(parts.creator.bytes);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return { header, txId };
}

function payloadOf({ chaincode, args, isInit = false, transient = {}, ...parts }: ProposalParts): Uint8Array {
  const input = new peer.ChaincodeInput();
  input.setIsInit(isInit);
  input.setArgsList(args.map((each) => Buffer.from(each)));
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const spec = new peer.ChaincodeSpec();
  spec.setType(peer.ChaincodeSpec.Type.NODE);
  spec.setChaincodeId(id);
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(parts.invocation ?? invocation.serializeBinary());
  for (const [name, value] of Object.entries(transient)) payload.getTransientmapMap().set(name, Buffer.from(value));
  return payload.serializeBinary();
}

export function signedProposal(parts: ProposalParts): SignedProposal {
  const { creator } = parts;
  const { header, txId } = headerOf(parts);
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payloadOf(parts));
  const signed = new peer.SignedProposal();
  const bytes = proposal.serializeBinary();
  signed.setProposalBytes(bytes);
  signed.setSignature((parts.sign ?? ((message) => creator.sign(message)))(bytes));
  return { txId, creator, proposal, signed };
}

/** The envelope with the creator's signature, or any other. */
export function signedEnvelope(payload: Uint8Array, signature: Uint8Array): common.Envelope {
  const envelope = new common.Envelope();
  envelope.setPayload(payload);
  envelope.setSignature(signature);
  return envelope;
}

/** Where a deliver request starts or stops. */
export type Position = 'oldest' | 'newest' | 'next' | number;

function positionOf(position: Position): orderer.SeekPosition {
  const seek = new orderer.SeekPosition();
  if (position === 'oldest') seek.setOldest(new orderer.SeekOldest());
  else if (position === 'newest') seek.setNewest(new orderer.SeekNewest());
  else if (position === 'next') seek.setNextCommit(new orderer.SeekNextCommit());
  else {
    const specified = new orderer.SeekSpecified();
    specified.setNumber(position);
    seek.setSpecified(specified);
  }
  return seek;
}

/** A deliver request. */
export interface SeekParts {
  readonly creator: Identity;
  readonly channel: string;
  readonly start?: Position;
  readonly stop?: Position;
  readonly failIfNotReady?: boolean;
  /** Null: none at all. */
  readonly timestamp?: Date | null;
  readonly sign?: (message: Uint8Array) => Uint8Array;
}

export function seekEnvelope(parts: SeekParts): common.Envelope {
  const seek = new orderer.SeekInfo();
  if (parts.start !== undefined) seek.setStart(positionOf(parts.start));
  if (parts.stop !== undefined) seek.setStop(positionOf(parts.stop));
  const { BLOCK_UNTIL_READY, FAIL_IF_NOT_READY } = orderer.SeekInfo.SeekBehavior;
  seek.setBehavior(parts.failIfNotReady === true ? FAIL_IF_NOT_READY : BLOCK_UNTIL_READY);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.DELIVER_SEEK_INFO);
  channelHeader.setChannelId(parts.channel);
  const { timestamp = new Date() } = parts;
  if (timestamp !== null) channelHeader.setTimestamp(Timestamp.fromDate(timestamp));
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(parts.creator.bytes);
  signatureHeader.setNonce(randomBytes(24));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(seek.serializeBinary());
  const bytes = payload.serializeBinary();
  return signedEnvelope(bytes, (parts.sign ?? ((message) => parts.creator.sign(message)))(bytes));
}
