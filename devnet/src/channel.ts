// What the channel's configuration says: its organisations, their MSPs and the policies made from them.
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { createAccess } from './access.js';
import type { Configured } from './configuration/update.js';
import { anyOf, atLeast, signaturePolicy, type Policy } from './identity/policy.js';
import { Membership, type MspDefinition, type SignedData } from './identity/membership.js';

export interface Channel extends Configured {
  readonly name: string;
  readonly config: common.Config;
  /** Of the organisations with peers. */
  readonly mspIds: readonly string[];
  readonly membership: Membership;
  /** /Channel/Application/Endorsement: a majority of the organisations, each by one of its peers. */
  readonly endorsement: Policy;
  /** /Channel/Application/ORG/Endorsement, which guards the organisation's implicit collection. */
  endorsementOf(mspId: string): Policy | undefined;
  /** The policy that a collection names: of signatures, or one of the Endorsement policies. Throws for any other. */
  applicationPolicy(serialized: Uint8Array): Policy;
  /** Why the signer may not use a resource of a peer, such as `peer/Propose`; undefined when it may. */
  refusal(resource: string, signed: SignedData): string | undefined;
  /** The same for blocks that a peer delivers at this time (milliseconds). */
  deliverRefusal(resource: string, signed: SignedData, now: number): string | undefined;
  /** The same for blocks that the orderer delivers, whom the access list does not concern. */
  ordererDeliverRefusal(signed: SignedData, now: number): string | undefined;
  /** Why the signer may not have a transaction ordered; undefined when it may. */
  ordererRefusal(signed: SignedData): string | undefined;
}

const EXPIRED = 'client identity expired';

const IMPLICIT_PREFIX = '_implicit_org_';

/** The organisation whose implicit collection has this name. */
export function implicitCollectionOwner(collection: string): string | undefined {
  return collection.startsWith(IMPLICIT_PREFIX) ? collection.slice(IMPLICIT_PREFIX.length) : undefined;
}

/** MSPs of the organisations in a group. */
function mspsIn(group: common.ConfigGroup | undefined): MspDefinition[] {
  return [...(group?.getGroupsMap().entries() ?? [])].map(([, organization]) => {
    const value = organization.getValuesMap().get('MSP')?.getValue_asU8() ?? new Uint8Array();
    const content = msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(value).getConfig_asU8());
    return {
      mspId: content.getName(),
      rootCertsPem: texts(content.getRootCertsList_asU8()),
      intermediateCertsPem: texts(content.getIntermediateCertsList_asU8()),
      crlsPem: texts(content.getRevocationListList_asU8()),
    };
  });
}

function texts(list: readonly Uint8Array[]): string[] {
  return list.map((bytes) => Buffer.from(bytes).toString());
}

/** The channel as a configuration says it. Throws when a root certificate or a policy cannot be read. */
export function createChannel(name: string, config: common.Config): Channel {
  const channelGroup = config.getChannelGroup() ?? new common.ConfigGroup();
  const members = mspsIn(channelGroup.getGroupsMap().get('Application'));
  const mspIds = members.map(({ mspId }) => mspId);
  const membership = new Membership([...members, ...mspsIn(channelGroup.getGroupsMap().get('Orderer'))]);
  const endorsements = new Map(mspIds.map((mspId) => [mspId, anyOf(mspId, ['peer'])]));
  const endorsement = atLeast(Math.floor(mspIds.length / 2) + 1, [...endorsements.values()]);
  const referenced = new Map([
    ['/Channel/Application/Endorsement', endorsement],
    ...[...endorsements].map(([mspId, policy]) => [`/Channel/Application/${mspId}/Endorsement`, policy] as const),
  ]);
  const access = createAccess(name, channelGroup, membership);
  const isExpired = (signed: SignedData, now: number): boolean =>
    now > (membership.expiryOf(signed.identity) ?? Infinity);
  return {
    ...{ name, config, mspIds },
    membership,
    endorsement,
    endorsementOf: (mspId) => endorsements.get(mspId),
    applicationPolicy: (serialized) => {
      const stated = peer.ApplicationPolicy.deserializeBinary(serialized);
      const signatures = stated.getSignaturePolicy();
      const reference = stated.getChannelConfigPolicyReference();
      const policy = signatures ? signaturePolicy(signatures.serializeBinary()) : referenced.get(reference);
      if (!policy) {
        throw new Error(`devnet has no policy ${reference}: name an Endorsement policy, or state one of signatures`);
      }
      return policy;
    },
    refusal: (resource, signed) => access.refusal(resource, signed),
    deliverRefusal: (resource, signed, now) => (isExpired(signed, now) ? EXPIRED : access.refusal(resource, signed)),
    ordererDeliverRefusal: (signed, now) =>
      isExpired(signed, now) ? EXPIRED : access.policyRefusal('/Channel/Readers', signed),
    policyRefusal: (path, ...signed) => access.policyRefusal(path, ...signed),
    hasPolicy: (path) => access.hasPolicy(path),
    ordererRefusal: (signed) => access.policyRefusal('/Channel/Writers', signed),
  };
}
