// The two halves of a channel's configuration: the organisations with peers, and those who order.
import { common, msp, orderer, peer } from '@hyperledger/fabric-protos';
import type { NodeRole } from '../identity/membership.js';
import {
  ABSOLUTE_MAX_BYTES,
  type AccessOptions,
  type EngineOptions,
  type MetaRule,
  type MspOptions,
} from '../options.js';
import { ADMINS, anySignature, capabilities, group, implicitMeta, META_POLICIES, value } from './tree.js';

type Roles = Readonly<Record<string, readonly NodeRole[]>>;

const PEER_ROLES: Roles = {
  Readers: ['admin', 'peer', 'client'],
  Writers: ['admin', 'client'],
  Admins: ['admin'],
  Endorsement: ['peer'],
};

const ORDERER_ROLES: Roles = { Readers: [], Writers: [], Admins: ['admin'] };

const DEFAULT_ACCESS: AccessOptions = { policies: {}, list: {} };

export function applicationGroup({ organizations, access = DEFAULT_ACCESS }: EngineOptions): common.ConfigGroup {
  return group({
    groups: Object.fromEntries(
      organizations.map(({ mspId, msp: content }) => [mspId, organization(mspId, content, PEER_ROLES)]),
    ),
    values: { Capabilities: value(capabilities('V2_5')), ...accessList(access) },
    policies: {
      ...META_POLICIES,
      LifecycleEndorsement: implicitMeta('MAJORITY', 'Endorsement'),
      Endorsement: implicitMeta('MAJORITY', 'Endorsement'),
      ...Object.fromEntries(Object.entries(access.policies).map(([name, rule]) => [name, metaPolicy(rule)])),
    },
    modPolicy: ADMINS,
  });
}

/** As configtxgen writes it: not at all when nothing is in it. */
function accessList({ list }: AccessOptions): Readonly<Record<string, common.ConfigValue>> {
  const entries = Object.entries(list);
  if (entries.length === 0) {
    return {};
  }
  const acls = new peer.ACLs();
  for (const [resource, policyRef] of entries) {
    const entry = new peer.APIResource();
    entry.setPolicyRef(policyRef);
    acls.getAclsMap().set(resource, entry);
  }
  return { ACLs: value(acls) };
}

function metaPolicy(rule: MetaRule): common.ConfigPolicy {
  const [, count, name] = /^(ANY|ALL|MAJORITY) (\S+)$/.exec(rule) ?? [];
  if (count === undefined || name === undefined) {
    throw new Error(`"${rule}" is no rule of a policy: write ANY, ALL or MAJORITY, a space, and the name of a policy`);
  }
  return implicitMeta(count as keyof common.ImplicitMetaPolicy.RuleMap, name);
}

export function ordererGroup({
  orderer: { mspId, endpoint, ...mspOptions },
  batch,
}: EngineOptions): common.ConfigGroup {
  const size = new orderer.BatchSize();
  size.setMaxMessageCount(batch.maxMessageCount);
  size.setAbsoluteMaxBytes(batch.absoluteMaxBytes ?? ABSOLUTE_MAX_BYTES);
  size.setPreferredMaxBytes(batch.preferredMaxBytes);
  const timeout = new orderer.BatchTimeout();
  timeout.setTimeout(`${String(batch.timeoutMs)}ms`);
  const consensus = new orderer.ConsensusType();
  consensus.setType('etcdraft');
  const addresses = new common.OrdererAddresses();
  addresses.setAddressesList(endpoint === undefined ? [] : [endpoint]);
  return group({
    groups: { [mspId]: organization(mspId, mspOptions, ORDERER_ROLES, { Endpoints: value(addresses) }) },
    values: {
      ConsensusType: value(consensus),
      BatchSize: value(size),
      BatchTimeout: value(timeout),
      ChannelRestrictions: value(new orderer.ChannelRestrictions()),
      Capabilities: value(capabilities('V2_0')),
    },
    policies: { ...META_POLICIES, BlockValidation: implicitMeta('ANY', 'Writers') },
    modPolicy: ADMINS,
  });
}

function organization(
  mspId: string,
  options: MspOptions,
  roles: Roles,
  values: Readonly<Record<string, common.ConfigValue>> = {},
): common.ConfigGroup {
  return group({
    values: { MSP: value(mspConfig(mspId, options)), ...values },
    policies: Object.fromEntries(Object.entries(roles).map(([name, each]) => [name, anySignature(mspId, each)])),
    modPolicy: ADMINS,
  });
}

function mspConfig(mspId: string, options: MspOptions): msp.MSPConfig {
  const bytes = (texts: readonly string[] = []): Uint8Array[] => texts.map((text) => Buffer.from(text));
  const crypto = new msp.FabricCryptoConfig();
  crypto.setSignatureHashFamily('SHA2');
  crypto.setIdentityIdentifierHashFunction('SHA256');
  const content = new msp.FabricMSPConfig();
  content.setName(mspId);
  content.setRootCertsList(bytes(options.rootCertsPem));
  content.setIntermediateCertsList(bytes(options.intermediateCertsPem));
  content.setTlsRootCertsList(bytes(options.tlsRootCertsPem));
  content.setRevocationListList(bytes(options.crlsPem));
  content.setCryptoConfig(crypto);
  content.setFabricNodeOus(nodeOus(options.rootCertsPem[0] ?? ''));
  const config = new msp.MSPConfig();
  config.setConfig(content.serializeBinary());
  return config;
}

function nodeOus(rootPem: string): msp.FabricNodeOUs {
  const identifier = (role: NodeRole): msp.FabricOUIdentifier => {
    const result = new msp.FabricOUIdentifier();
    result.setCertificate(Buffer.from(rootPem));
    result.setOrganizationalUnitIdentifier(role);
    return result;
  };
  const result = new msp.FabricNodeOUs();
  result.setEnable(true);
  result.setClientOuIdentifier(identifier('client'));
  result.setPeerOuIdentifier(identifier('peer'));
  result.setAdminOuIdentifier(identifier('admin'));
  result.setOrdererOuIdentifier(identifier('orderer'));
  return result;
}
