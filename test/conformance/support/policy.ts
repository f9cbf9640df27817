/** Policies and collections as the protocol has them. */
import { common, msp, peer } from '@hyperledger/fabric-protos';

type Role = keyof msp.MSPRole.MSPRoleTypeMap;

/** `Org1MSP.peer`, as in the policy language. */
export type Principal = `${string}.${Lowercase<Role>}`;

function principalOf(text: Principal): msp.MSPPrincipal {
  const [mspId = '', role = ''] = text.split('.');
  const wanted = new msp.MSPRole();
  wanted.setMspIdentifier(mspId);
  wanted.setRole(msp.MSPRole.MSPRoleType[role.toUpperCase() as Role]);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(wanted.serializeBinary());
  return principal;
}

/** `count` of what follows. */
export type Rule = Principal | { readonly count: number; readonly of: readonly Rule[] };

function ruleOf(rule: Rule, principals: Principal[]): common.SignaturePolicy {
  const result = new common.SignaturePolicy();
  if (typeof rule === 'string') {
    result.setSignedBy(principals.push(rule) - 1);
    return result;
  }
  const nested = new common.SignaturePolicy.NOutOf();
  nested.setN(rule.count);
  nested.setRulesList(rule.of.map((each) => ruleOf(each, principals)));
  result.setNOutOf(nested);
  return result;
}

/** `count` of the principals, or of policies inside. */
export function outOf(count: number, ...of: readonly Rule[]): Uint8Array {
  const principals: Principal[] = [];
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setRule(ruleOf({ count, of }, principals));
  envelope.setIdentitiesList(principals.map(principalOf));
  return envelope.serializeBinary();
}

/** Settings of a collection; members are organisations by MSP id. */
export interface CollectionParts {
  readonly name: string;
  readonly members: readonly string[];
  readonly memberOnlyRead?: boolean;
  readonly memberOnlyWrite?: boolean;
  readonly requiredPeerCount?: number;
  readonly endorsementPolicy?: Uint8Array;
  /** 3 when left out. */
  readonly maximumPeerCount?: number;
  readonly blockToLive?: number;
}

function collectionOf(parts: CollectionParts): peer.CollectionConfig {
  const members = new peer.CollectionPolicyConfig();
  const policy = outOf(1, ...parts.members.map((mspId): Principal => `${mspId}.member`));
  members.setSignaturePolicy(common.SignaturePolicyEnvelope.deserializeBinary(policy));
  const collection = new peer.StaticCollectionConfig();
  collection.setName(parts.name);
  collection.setMemberOrgsPolicy(members);
  collection.setMemberOnlyRead(parts.memberOnlyRead ?? false);
  collection.setMemberOnlyWrite(parts.memberOnlyWrite ?? false);
  collection.setRequiredPeerCount(parts.requiredPeerCount ?? 0);
  collection.setMaximumPeerCount(parts.maximumPeerCount ?? 3);
  collection.setBlockToLive(parts.blockToLive ?? 0);
  if (parts.endorsementPolicy !== undefined) {
    const endorsement = new peer.ApplicationPolicy();
    endorsement.setSignaturePolicy(common.SignaturePolicyEnvelope.deserializeBinary(parts.endorsementPolicy));
    collection.setEndorsementPolicy(endorsement);
  }
  const config = new peer.CollectionConfig();
  config.setStaticCollectionConfig(collection);
  return config;
}

/** A serialized `CollectionConfigPackage`. */
export function collectionsOf(...collections: readonly CollectionParts[]): Uint8Array {
  const config = new peer.CollectionConfigPackage();
  config.setConfigList(collections.map(collectionOf));
  return config.serializeBinary();
}
