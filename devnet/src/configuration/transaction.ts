// Transactions that carry a configuration: the first block's, and one for each update that an orderer has let through.
import { randomBytes } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { OpenEnvelope } from '../ledger/transaction.js';
import type { Signer } from '../orderer/blockWriter.js';

interface Content {
  readonly config: common.Config;
  readonly creator: common.SignatureHeader;
  /** The update that it follows from. */
  readonly lastUpdate?: common.Envelope;
}

/** The serialized common.Payload of a configuration transaction. */
export function configPayload(channel: string, { config, creator, lastUpdate }: Content): Uint8Array {
  const content = new common.ConfigEnvelope();
  content.setConfig(config);
  content.setLastUpdate(lastUpdate);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG);
  channelHeader.setVersion(1);
  channelHeader.setChannelId(channel);
  channelHeader.setTimestamp(Timestamp.fromDate(new Date()));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(creator.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(content.serializeBinary());
  return payload.serializeBinary();
}

/** The transaction that an orderer makes of an update. */
export function configEnvelope(
  channel: string,
  signer: Signer,
  content: { readonly config: common.Config; readonly lastUpdate: common.Envelope },
): common.Envelope {
  const creator = new common.SignatureHeader();
  creator.setCreator(signer.identity);
  creator.setNonce(randomBytes(24));
  const envelope = new common.Envelope();
  envelope.setPayload(configPayload(channel, { ...content, creator }));
  envelope.setSignature(signer.sign(envelope.getPayload_asU8()));
  return envelope;
}

/** The configuration in a transaction; undefined when it is of another kind. */
export function configIn({ channelHeader, data }: OpenEnvelope): common.Config | undefined {
  return channelHeader.getType() === common.HeaderType.CONFIG
    ? common.ConfigEnvelope.deserializeBinary(data).getConfig()
    : undefined;
}
