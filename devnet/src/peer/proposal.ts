// A signed proposal taken apart, and the checks that a peer makes before it runs a chaincode for it.
import { common, peer } from '@hyperledger/fabric-protos';
import type { Channel } from '../channel.js';
import { decode, within } from '../decode.js';
import type { SignedData } from '../identity/membership.js';
import { proposalHash, transactionId } from '../ledger/transaction.js';

export interface Proposal {
  readonly signed: peer.SignedProposal;
  readonly header: common.Header;
  readonly channelHeader: common.ChannelHeader;
  readonly signatureHeader: common.SignatureHeader;
  readonly channel: string;
  readonly txId: string;
  /** By the header's extension, which is what the peer goes by. */
  readonly chaincode: string;
  /** A serialized ChaincodeInput. */
  readonly input: Uint8Array;
  readonly hash: Buffer;
}

const TIME_WINDOW_MS = 15 * 60 * 1000;

/** The peers of this process are given the same object: it is taken apart once. */
const unpacked = new WeakMap<peer.SignedProposal, Proposal>();

/** Takes a proposal apart. Throws with Fabric's text when a part is missing. */
export function unpackProposal(signed: peer.SignedProposal): Proposal {
  let proposal = unpacked.get(signed);
  if (!proposal) {
    proposal = unpack(signed);
    unpacked.set(signed, proposal);
  }
  return proposal;
}

function unpack(signed: peer.SignedProposal): Proposal {
  const { proposal, header, signatureHeader } = openProposal(signed);
  const channelHeader = decode(common.ChannelHeader, 'ChannelHeader', header.getChannelHeader_asU8());
  const extensionBytes = channelHeader.getExtension_asU8();
  const extension = decode(peer.ChaincodeHeaderExtension, 'ChaincodeHeaderExtension', extensionBytes);
  const chaincode = extension.getChaincodeId()?.getName();
  if (chaincode === undefined || chaincode === '') {
    throw new Error(`ChaincodeHeaderExtension.ChaincodeId${chaincode === '' ? '.Name is empty' : ' is nil'}`);
  }
  const payload = decode(peer.ChaincodeProposalPayload, 'ChaincodeProposalPayload', proposal.getPayload_asU8());
  const invocation = decode(peer.ChaincodeInvocationSpec, 'ChaincodeInvocationSpec', payload.getInput_asU8());
  const spec = invocation.getChaincodeSpec();
  if (!spec) {
    throw new Error('chaincode invocation spec did not contain chaincode spec');
  }
  const input = spec.getInput();
  if (!input) {
    throw new Error('chaincode input did not contain any input');
  }
  const public_ = new peer.ChaincodeProposalPayload();
  public_.setInput(payload.getInput_asU8());
  return {
    signed,
    header,
    channelHeader,
    signatureHeader,
    channel: channelHeader.getChannelId(),
    txId: channelHeader.getTxId(),
    chaincode,
    input: input.serializeBinary(),
    hash: proposalHash(header, public_.serializeBinary()),
  };
}

/** What every filter looks at first. */
interface OpenProposal {
  readonly proposal: peer.Proposal;
  readonly header: common.Header;
  readonly signatureHeader: common.SignatureHeader;
}

const opened = new WeakMap<peer.SignedProposal, OpenProposal>();

/** Throws with the filters' texts when a part is none. */
function openProposal(signed: peer.SignedProposal): OpenProposal {
  let open = opened.get(signed);
  if (!open) {
    const proposal = within('failed parsing proposal', () =>
      decode(peer.Proposal, 'Proposal', signed.getProposalBytes_asU8()),
    );
    const header = within('failed parsing header', () => decode(common.Header, 'Header', proposal.getHeader_asU8()));
    const signatureHeader = within('failed parsing signature header', () =>
      decode(common.SignatureHeader, 'SignatureHeader', header.getSignatureHeader_asU8()),
    );
    open = { proposal, header, signatureHeader };
    opened.set(signed, open);
  }
  return open;
}

/** What the creator signed, for policies. */
export function signedData({ signed, signatureHeader }: Proposal): SignedData {
  return {
    data: signed.getProposalBytes_asU8(),
    identity: signatureHeader.getCreator_asU8(),
    signature: signed.getSignature_asU8(),
  };
}

/** The peer's filters before all else: an expired creator, a clock that is off. Throws. */
export function checkFilters(signed: peer.SignedProposal, channel: Channel, now: number): void {
  const { header, signatureHeader } = openProposal(signed);
  const expiresAt = channel.membership.expiryOf(signatureHeader.getCreator_asU8());
  if (expiresAt !== undefined && now > expiresAt) {
    throw new Error('proposal client identity expired');
  }
  const channelHeader = within('failed parsing channel header', () =>
    decode(common.ChannelHeader, 'ChannelHeader', header.getChannelHeader_asU8()),
  );
  const timestamp = channelHeader.getTimestamp();
  const claimed = (timestamp?.getSeconds() ?? 0) * 1000 + Math.floor((timestamp?.getNanos() ?? 0) / 1e6);
  if (Math.abs(claimed - now) > TIME_WINDOW_MS) {
    throw new Error(
      `request unauthorized due to incorrect timestamp ${printTime(claimed)}, ` +
        `peer time ${printTime(now)}, peer.authentication.timewindow 15m0s`,
    );
  }
}

/** Header, transaction id, creator and signature, in Fabric's order. Throws with Fabric's text. */
export function validateProposal(proposal: Proposal, channel: Channel): void {
  const problem = headerProblem(proposal) ?? creatorProblem(proposal, channel);
  if (problem !== undefined) {
    throw new Error(`error validating proposal: ${problem}`);
  }
}

function headerProblem({ channelHeader, signatureHeader, txId, signed }: Proposal): string | undefined {
  const type = channelHeader.getType();
  const expected = transactionId(signatureHeader);
  const checks: readonly (readonly [boolean, string])[] = [
    [
      type === common.HeaderType.ENDORSER_TRANSACTION || type === common.HeaderType.CONFIG,
      `invalid header type ${headerTypeName(type)}`,
    ],
    [channelHeader.getEpoch() === 0, 'epoch is non-zero'],
    [signatureHeader.getNonce_asU8().length > 0, 'nonce is empty'],
    [signatureHeader.getCreator_asU8().length > 0, 'creator is empty'],
    [txId === expected, `incorrectly computed txid '${txId}' -- expected '${expected}'`],
    [signed.getSignature_asU8().length > 0, 'empty signature bytes'],
  ];
  return checks.find(([holds]) => !holds)?.[1];
}

function creatorProblem({ signatureHeader, signed, channel: name }: Proposal, channel: Channel): string | undefined {
  const creator = channel.membership.identify(signatureHeader.getCreator_asU8());
  if (!creator) {
    return `access denied: channel [${name}] creator org unknown, creator is malformed`;
  }
  const proven = creator.valid && creator.verify(signed.getProposalBytes_asU8(), signed.getSignature_asU8());
  return proven ? undefined : `access denied: channel [${name}] creator org [${creator.mspId}]`;
}

function headerTypeName(type: number): string {
  return Object.entries(common.HeaderType).find(([, value]) => (value as number) === type)?.[0] ?? String(type);
}

function printTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
