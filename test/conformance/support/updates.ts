/** Updates of the channel's configuration, as an organisation's administrators sign them and anybody sends them. */
import { randomBytes } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Context } from './context.js';
import type { Identity } from './identity.js';
import { EMPTY, signedEnvelope } from './messages.js';
import { broadcastAll } from './wire.js';

/** The configuration as the first organisation's peer has it. */
export async function configOf(t: Context): Promise<common.Config> {
  const { signed } = t.proposal({ chaincode: 'cscc', args: ['GetChannelConfig', t.net.channel] });
  const reply = await t.net.wires.Org1.process(signed);
  return common.Config.deserializeBinary(reply.getResponse()?.getPayload_asU8() ?? EMPTY);
}

function headerOf(creator: Identity): common.SignatureHeader {
  const header = new common.SignatureHeader();
  header.setCreator(creator.bytes);
  header.setNonce(randomBytes(24));
  return header;
}

function signatureOf(content: Uint8Array, by: Identity): common.ConfigSignature {
  const signature = new common.ConfigSignature();
  signature.setSignatureHeader(headerOf(by).serializeBinary());
  signature.setSignature(by.sign(Buffer.concat([signature.getSignatureHeader_asU8(), content])));
  return signature;
}

/** What an update consists of. */
export interface UpdateParts {
  /** Serialized `common.ConfigUpdate`. */
  readonly content: Uint8Array;
  readonly signers: readonly Identity[];
  readonly sender: Identity;
}

/** What the ordering service answers to an update. */
export async function sent(t: Context, { content, signers, sender }: UpdateParts): Promise<unknown> {
  const update = new common.ConfigUpdateEnvelope();
  update.setConfigUpdate(content);
  update.setSignaturesList(signers.map((each) => signatureOf(content, each)));
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG_UPDATE);
  channelHeader.setChannelId(t.net.channel);
  channelHeader.setTimestamp(Timestamp.fromDate(new Date()));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(headerOf(sender).serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(update.serializeBinary());
  const bytes = payload.serializeBinary();
  const [reply] = await broadcastAll(t.net.orderer, [signedEnvelope(bytes, sender.sign(bytes))]);
  return reply;
}
