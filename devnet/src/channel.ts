// What the channel's configuration says: its organisations, their MSPs and the policies made from them.
import { peer } from '@hyperledger/fabric-protos';
import { anyOf, atLeast, signaturePolicy, type Policy } from './identity/policy.js';
import { Membership, type Identity, type SignedData } from './identity/membership.js';
import type { EngineOptions } from './options.js';

type AclPolicy = 'Readers' | 'Writers';

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
  /** Why the signer may not do what the policy guards; undefined when it may. */
  refusal(policy: AclPolicy, signed: SignedData): string | undefined;
  /** Why the signer may not have blocks delivered at this time (milliseconds); undefined when it may. */
  deliverRefusal(signed: SignedData, now: number): string | undefined;
  /** The same for /Channel/Writers, which the orderer asks. */
  ordererRefusal(signed: SignedData): string | undefined;
}

const IMPLICIT_PREFIX = '_implicit_org_';

/** The organisation whose implicit collection has this name. */
export function implicitCollectionOwner(collection: string): string | undefined {
  return collection.startsWith(IMPLICIT_PREFIX) ? collection.slice(IMPLICIT_PREFIX.length) : undefined;
}

/** Throws when a root certificate cannot be read. */
export function createChannel({ channel, organizations, orderer }: EngineOptions): Channel {
  const mspIds = organizations.map(({ mspId }) => mspId);
  const membership = new Membership([...organizations.map(({ mspId, msp }) => ({ mspId, ...msp })), orderer]);
  const endorsements = new Map(mspIds.map((mspId) => [mspId, anyOf(mspId, ['peer'])]));
  const endorsement = atLeast(Math.floor(mspIds.length / 2) + 1, [...endorsements.values()]);
  const referenced = new Map([
    ['/Channel/Application/Endorsement', endorsement],
    ...[...endorsements].map(([mspId, policy]) => [`/Channel/Application/${mspId}/Endorsement`, policy] as const),
  ]);
  const acl: Readonly<Record<AclPolicy, Policy>> = {
    Readers: atLeast(
      1,
      mspIds.map((mspId) => anyOf(mspId, ['admin', 'peer', 'client'])),
    ),
    Writers: atLeast(
      1,
      mspIds.map((mspId) => anyOf(mspId, ['admin', 'client'])),
    ),
  };
  const ordererWriters = anyOf(orderer.mspId, ['admin', 'client', 'peer', 'orderer']);
  const satisfied = (policy: Policy, signed: SignedData): boolean => {
    const signers: readonly Identity[] = membership.signers([signed]);
    return policy(signers);
  };
  const refusal: Channel['refusal'] = (policy, signed) =>
    satisfied(acl[policy], signed)
      ? undefined
      : `Failed evaluating policy on signed data during check policy on channel [${channel}] ` +
        `with policy [/Channel/Application/${policy}]: [${unsatisfied(policy)}]`;
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
    refusal,
    deliverRefusal: (signed, now) =>
      now > (membership.identify(signed.identity)?.expiresAt ?? Infinity)
        ? 'client identity expired'
        : refusal('Readers', signed),
    ordererRefusal: (signed) =>
      satisfied(atLeast(1, [acl.Writers, ordererWriters]), signed) ? undefined : unsatisfied('Writers'),
  };
}

function unsatisfied(policy: AclPolicy): string {
  return (
    'implicit policy evaluation failed - 0 sub-policies were satisfied, ' +
    `but this policy requires 1 of the '${policy}' sub-policies to be satisfied`
  );
}
