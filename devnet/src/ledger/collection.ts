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

const NAME = /^[A-Za-z0-9-]+([A-Za-z0-9_-]+)*$/;

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

/** Throws with the reason when a definition with these collections cannot be committed after one with those of `before`. */
export function checkCollections(bytes: Uint8Array, channel: Channel, before: Uint8Array): void {
  const names = new Set<string>();
  for (const config of peer.CollectionConfigPackage.deserializeBinary(bytes).getConfigList()) {
    const content = config.getStaticCollectionConfig();
    if (!content) {
      throw new Error('collection configuration of an unknown kind');
    }
    const problem = problemOf(content, names);
    if (problem !== undefined) {
      throw new Error(`collection-name: ${content.getName()} -- ${problem}`);
    }
    const endorsement = content.getEndorsementPolicy();
    if (endorsement) {
      channel.applicationPolicy(endorsement.serializeBinary());
    }
    names.add(content.getName());
  }
  checkKept(readCollections(before), readCollections(bytes));
}

/** Data stands under them: an upgrade keeps every collection, and how long it keeps data. */
function checkKept(before: Collections, after: Collections): void {
  if (before.size > 0 && after.size === 0) {
    throw new Error('the proposed collection config does not contain previously defined collections');
  }
  for (const { name, blockToLive } of before.values()) {
    const kept = after.get(name);
    if (!kept) {
      throw new Error(`existing collection [${name}] missing in the proposed collection configuration`);
    }
    if (kept.blockToLive !== blockToLive) {
      throw new Error(
        `the BlockToLive in an existing collection [${name}] modified. Existing value [${String(blockToLive)}]`,
      );
    }
  }
}

function problemOf(content: peer.StaticCollectionConfig, names: ReadonlySet<string>): string | undefined {
  const rule = content.getMemberOrgsPolicy()?.getSignaturePolicy()?.getRule();
  const [required, maximum] = [content.getRequiredPeerCount(), content.getMaximumPeerCount()];
  const problems: readonly (readonly [boolean, string])[] = [
    [!NAME.test(content.getName()), `name does not match ${NAME.source}`],
    [names.has(content.getName()), 'found duplicate in collection configuration'],
    [
      maximum < required,
      `maximum peer count (${String(maximum)}) cannot be less than the required peer count (${String(required)})`,
    ],
    [required < 0, `requiredPeerCount (${String(required)}) cannot be less than zero`],
    [rule === undefined, 'collection member policy is not set'],
    [rule !== undefined && !isOr(rule), 'signature policy is not an OR concatenation'],
  ];
  return problems.find(([found]) => found)?.[1];
}

function isOr(rule: common.SignaturePolicy): boolean {
  const nested = rule.getNOutOf();
  return nested ? nested.getN() === 1 && nested.getRulesList().every(isOr) : rule.hasSignedBy();
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
