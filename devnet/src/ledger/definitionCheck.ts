// What may be a chaincode definition: names, version and collections, by the rules and in the words of Fabric's lifecycle.
import { msp, peer, type common } from '@hyperledger/fabric-protos';
import type { Channel } from '../channel.js';
import { within } from '../decode.js';
import type { ChaincodeDefinition } from './definition.js';

/** What a definition states, before it is one. */
export interface ProposedDefinition {
  readonly name: string;
  readonly version: string;
  readonly collections: peer.CollectionConfigPackage;
}

// As $ does in Go, (?![^]) matches at the end of all and not before a last line break.
const NAME = /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*(?![^])/;
const VERSION = /^[A-Za-z0-9_.+-]+(?![^])/;
const COLLECTION_NAME = /^[A-Za-z0-9-][A-Za-z0-9_-]*(?![^])/;
const SYSTEM_NAMES: ReadonlySet<string> = new Set(['cscc', 'escc', 'lscc', 'qscc', 'vscc']);

const { Classification } = msp.MSPPrincipal;

/** Throws when the definition may not follow the committed one of its name, which is undefined when there is none. */
export function checkDefinition(
  proposed: ProposedDefinition,
  channel: Channel,
  committed: ChaincodeDefinition | undefined,
): void {
  const { name, version } = proposed;
  if (!NAME.test(name)) {
    throw new Error(
      `invalid chaincode name '${name}'. Names can only consist of alphanumerics, '_', and '-' and can only begin with alphanumerics`,
    );
  }
  if (SYSTEM_NAMES.has(name)) {
    throw new Error(`chaincode name '${name}' is the name of a system chaincode`);
  }
  if (!VERSION.test(version)) {
    throw new Error(
      `invalid chaincode version '${version}'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'`,
    );
  }
  const collections = proposed.collections.getConfigList().map(staticConfig);
  const seen = new Set<string>();
  for (const collection of collections) {
    checkCollection(collection, seen, channel);
    seen.add(collection.getName());
  }
  if (committed) {
    checkAgainst(collections, committed);
  }
}

function staticConfig(config: peer.CollectionConfig): peer.StaticCollectionConfig {
  const content = config.getStaticCollectionConfig();
  if (!content) {
    throw new Error('collection config contains unexpected payload type: <nil>');
  }
  return content;
}

function checkCollection(collection: peer.StaticCollectionConfig, others: ReadonlySet<string>, channel: Channel): void {
  const name = collection.getName();
  if (!COLLECTION_NAME.test(name)) {
    throw new Error(
      `invalid collection name '${name}'. Names can only consist of alphanumerics, '_', and '-' and cannot begin with '_'`,
    );
  }
  const [required, maximum] = [collection.getRequiredPeerCount(), collection.getMaximumPeerCount()];
  const problems: readonly (readonly [boolean, string])[] = [
    [others.has(name), 'found duplicate in collection configuration'],
    [
      maximum < required,
      `maximum peer count (${String(maximum)}) cannot be less than the required peer count (${String(required)})`,
    ],
    [required < 0, `requiredPeerCount (${String(required)}) cannot be less than zero`],
  ];
  const problem = problems.find(([found]) => found)?.[1];
  if (problem !== undefined) {
    throw new Error(`collection-name: ${name} -- ${problem}`);
  }
  checkMembers(name, collection.getMemberOrgsPolicy(), channel);
}

function checkMembers(collection: string, stated: peer.CollectionPolicyConfig | undefined, channel: Channel): void {
  if (!stated) {
    throw new Error(`collection member policy is not set for collection '${collection}'`);
  }
  const policy = stated.getSignaturePolicy();
  if (!policy) {
    throw new Error(`collection member org policy is empty for collection '${collection}'`);
  }
  within(`invalid member org policy for collection '${collection}'`, () => {
    checkRule(policy.getRule(), policy.getIdentitiesList().length);
  });
  within(`collection-name: ${collection} -- error in member org policy`, () => {
    checkAlternatives(policy.getRule());
  });
  for (const principal of policy.getIdentitiesList()) {
    const problem = principalProblem(principal, channel);
    if (problem !== undefined) {
      throw new Error(`collection-name: ${collection} -- ${problem}`);
    }
  }
}

function checkRule(rule: common.SignaturePolicy | undefined, identities: number): void {
  if (!rule) {
    throw new Error('Empty policy element');
  }
  const nested = rule.getNOutOf();
  if (nested) {
    nested.getRulesList().forEach((each) => {
      checkRule(each, identities);
    });
    return;
  }
  if (!rule.hasSignedBy()) {
    throw new Error('Unknown type: <nil>:<nil>');
  }
  const index = rule.getSignedBy();
  if (index < 0 || index >= identities) {
    throw new Error(
      `identity index out of range, requested ${String(index)}, but identities length is ${String(identities)}`,
    );
  }
}

function checkAlternatives(rule: common.SignaturePolicy | undefined): void {
  const nested = rule?.getNOutOf();
  if (!nested) {
    return;
  }
  if (nested.getN() !== 1) {
    throw new Error(`signature policy is not an OR concatenation, NOutOf ${String(nested.getN())}`);
  }
  nested.getRulesList().forEach(checkAlternatives);
}

/** Why a member may not be named so; undefined when it may. */
function principalProblem(principal: msp.MSPPrincipal, channel: Channel): string | undefined {
  const bytes = principal.getPrincipal_asU8();
  const mspIdOf: Readonly<Record<number, () => string>> = {
    [Classification.ROLE]: () => msp.MSPRole.deserializeBinary(bytes).getMspIdentifier(),
    [Classification.ORGANIZATION_UNIT]: () => msp.OrganizationUnit.deserializeBinary(bytes).getMspIdentifier(),
  };
  const kind = principal.getPrincipalClassification();
  if (kind === Classification.IDENTITY) {
    return channel.membership.identify(bytes) ? undefined : 'contains an identity that is not part of the channel';
  }
  const mspId = mspIdOf[kind]?.();
  if (mspId === undefined) {
    const name = Object.entries(Classification).find(([, value]) => value === kind)?.[0] ?? String(kind);
    return `principal type ${name} is not supported`;
  }
  return channel.membership.has(mspId) ? undefined : `collection member '${mspId}' is not part of the channel`;
}

/** Collections are added by an upgrade, and never taken away. */
function checkAgainst(proposed: readonly peer.StaticCollectionConfig[], { collections }: ChaincodeDefinition): void {
  const committed = peer.CollectionConfigPackage.deserializeBinary(collections).getConfigList().map(staticConfig);
  if (committed.length > 0 && proposed.length === 0) {
    throw new Error('the proposed collection config does not contain previously defined collections');
  }
  for (const before of committed) {
    const name = before.getName();
    const after = proposed.find((each) => each.getName() === name);
    if (!after) {
      throw new Error(`existing collection [${name}] missing in the proposed collection configuration`);
    }
    if (after.getBlockToLive() !== before.getBlockToLive()) {
      const existing = String(before.getBlockToLive());
      throw new Error(`the BlockToLive in an existing collection [${name}] modified. Existing value [${existing}]`);
    }
  }
}
