// Collections of private data: who is a member, who may use them, and whose endorsement a write into them needs.
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { implicitCollectionOwner, type Channel } from '../channel.js';
import type { Identity } from '../identity/membership.js';
import { anyOf, signaturePolicy, type Policy } from '../identity/policy.js';

export interface Collection {
  readonly name: string;
  /** Whether this identity alone satisfies the member policy. */
  isMember(identity: Identity): boolean;
  readonly memberMspIds: ReadonlySet<string>;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  /** Other members that must get the data before an endorsement is given. */
  readonly requiredPeerCount: number;
  readonly maximumPeerCount: number;
  /** Blocks after that of a write during which it can still be read; 0 for ever. */
  readonly blockToLive: number;
  /** A serialized ApplicationPolicy; undefined means that of the chaincode, and in an implicit one the owner's. */
  readonly endorsementPolicy: Uint8Array | undefined;
}

/** The collections of a chaincode by their names. */
export type Collections = ReadonlyMap<string, Collection>;

/** Reads a serialized CollectionConfigPackage, which the definition holds. */
export function readCollections(bytes: Uint8Array): Collections {
  const configs = peer.CollectionConfigPackage.deserializeBinary(bytes).getConfigList();
  return new Map(
    configs.map((config) => {
      const collection = toCollection(config.getStaticCollectionConfig() ?? new peer.StaticCollectionConfig());
      return [collection.name, collection];
    }),
  );
}

/** Throws when a collection's own endorsement policy is none: better here than when the first write into it is validated. */
export function checkCollectionPolicies(collections: peer.CollectionConfigPackage, channel: Channel): void {
  for (const config of collections.getConfigList()) {
    const policy = config.getStaticCollectionConfig()?.getEndorsementPolicy();
    if (policy) {
      channel.applicationPolicy(policy.serializeBinary());
    }
  }
}

function toCollection(content: peer.StaticCollectionConfig): Collection {
  const members = content.getMemberOrgsPolicy()?.getSignaturePolicy() ?? new common.SignaturePolicyEnvelope();
  const policy = signaturePolicy(members.serializeBinary());
  return {
    name: content.getName(),
    isMember: (identity) => policy([identity]),
    memberMspIds: new Set(
      members
        .getIdentitiesList()
        .map((each) => msp.MSPRole.deserializeBinary(each.getPrincipal_asU8()).getMspIdentifier()),
    ),
    memberOnlyRead: content.getMemberOnlyRead(),
    memberOnlyWrite: content.getMemberOnlyWrite(),
    requiredPeerCount: content.getRequiredPeerCount(),
    maximumPeerCount: content.getMaximumPeerCount(),
    blockToLive: content.getBlockToLive(),
    endorsementPolicy: content.getEndorsementPolicy()?.serializeBinary(),
  };
}

/** The collection that every organisation has in every chaincode; undefined when this is no such name. */
export function implicitCollection(name: string): Collection | undefined {
  const owner = implicitCollectionOwner(name);
  if (owner === undefined) {
    return undefined;
  }
  const member: Policy = anyOf(owner, ['client', 'peer', 'admin', 'orderer']);
  return {
    name,
    isMember: (identity) => member([identity]),
    memberMspIds: new Set([owner]),
    memberOnlyRead: false,
    memberOnlyWrite: false,
    requiredPeerCount: 0,
    maximumPeerCount: 0,
    blockToLive: 0,
    endorsementPolicy: undefined,
  };
}
