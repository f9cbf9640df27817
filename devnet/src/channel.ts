// What the channel's configuration says: its organisations, their MSPs and the policies made from them.
import { peer } from '@hyperledger/fabric-protos';
import { createAccess } from './access.js';
import { channelGroup } from './configuration/genesis.js';
import { anyOf, atLeast, signaturePolicy, type Policy } from './identity/policy.js';
import { Membership, type SignedData } from './identity/membership.js';
import type { EngineOptions } from './options.js';

export interface Channel {
  readonly name: string;
  /** In the order of the topology. */
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

/** Throws when a root certificate cannot be read. */
export function createChannel(options: EngineOptions): Channel {
  const { channel, organizations, orderer } = options;
  const mspIds = organizations.map(({ mspId }) => mspId);
  const membership = new Membership([...organizations.map(({ mspId, msp }) => ({ mspId, ...msp })), orderer]);
  const endorsements = new Map(mspIds.map((mspId) => [mspId, anyOf(mspId, ['peer'])]));
  const endorsement = atLeast(Math.floor(mspIds.length / 2) + 1, [...endorsements.values()]);
  const referenced = new Map([
    ['/Channel/Application/Endorsement', endorsement],
    ...[...endorsements].map(([mspId, policy]) => [`/Channel/Application/${mspId}/Endorsement`, policy] as const),
  ]);
  const access = createAccess(channel, channelGroup(options), membership);
  const isExpired = (signed: SignedData, now: number): boolean =>
    now > (membership.identify(signed.identity)?.expiresAt ?? Infinity);
  return {
    name: channel,
    mspIds,
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
    ordererRefusal: (signed) => access.policyRefusal('/Channel/Writers', signed),
  };
}
