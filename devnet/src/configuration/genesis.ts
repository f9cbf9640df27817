// Block 0: the channel's configuration, with the MSPs and policies of this network.
import { common } from '@hyperledger/fabric-protos';
import type { EngineOptions } from '../options.js';
import { configPayload } from './transaction.js';
import { applicationGroup, ordererGroup } from './groups.js';
import { ADMINS, capabilities, group, META_POLICIES, value } from './tree.js';

/** The envelope of the genesis block, which nobody signs. */
export function genesisEnvelope(options: EngineOptions): common.Envelope {
  const config = new common.Config();
  config.setChannelGroup(channelGroup(options));
  const envelope = new common.Envelope();
  envelope.setPayload(configPayload(options.channel, { config, creator: new common.SignatureHeader() }));
  return envelope;
}

/** The tree of the channel's configuration. */
function channelGroup(options: EngineOptions): common.ConfigGroup {
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
