// Block 0: the channel's configuration, with the MSPs and policies of this network.
import { common } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { EngineOptions } from '../options.js';
import { applicationGroup, ordererGroup } from './groups.js';
import { ADMINS, capabilities, group, META_POLICIES, value } from './tree.js';

/** The envelope of the genesis block. */
export function genesisEnvelope(options: EngineOptions): common.Envelope {
  const config = new common.Config();
  config.setChannelGroup(channelGroup(options));
  const content = new common.ConfigEnvelope();
  content.setConfig(config);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG);
  channelHeader.setVersion(1);
  channelHeader.setChannelId(options.channel);
  channelHeader.setTimestamp(Timestamp.fromDate(new Date()));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(new common.SignatureHeader().serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(content.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope;
}

/** The tree of the channel's configuration. */
export function channelGroup(options: EngineOptions): common.ConfigGroup {
  const algorithm = new common.HashingAlgorithm();
  algorithm.setName('SHA256');
  const structure = new common.BlockDataHashingStructure();
  structure.setWidth(0xffffffff);
  return group({
    groups: { Application: applicationGroup(options), Orderer: ordererGroup(options) },
    values: {
      HashingAlgorithm: value(algorithm),
      BlockDataHashingStructure: value(structure),
      Capabilities: value(capabilities('V3_0')),
    },
    policies: META_POLICIES,
    modPolicy: ADMINS,
  });
}
