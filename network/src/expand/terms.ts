/** Terms of a chaincode as the `peer` command takes them: a policy as its language says it, collections as a JSON file. */
import { common, msp, peer } from '@hyperledger/fabric-protos';
import type { ChaincodeTerms } from '../driver.js';

const ROLES = new Map(Object.entries(msp.MSPRole.MSPRoleType).map(([name, role]) => [role, name.toLowerCase()]));

function principalText(principal: msp.MSPPrincipal | undefined): string {
  if (principal?.getPrincipalClassification() !== msp.MSPPrincipal.Classification.ROLE) {
    throw new Error('A policy for the peer command can name roles only.');
  }
  const role = msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8());
  return `'${role.getMspIdentifier()}.${ROLES.get(role.getRole()) ?? 'member'}'`;
}

function ruleText(rule: common.SignaturePolicy, identities: readonly msp.MSPPrincipal[]): string {
  const nested = rule.getNOutOf();
  if (nested === undefined) return principalText(identities[rule.getSignedBy()]);
  const rules = nested.getRulesList().map((each) => ruleText(each, identities));
  return `OutOf(${[String(nested.getN()), ...rules].join(',')})`;
}

/** A signature policy in the policy language. @throws Error when it names principals other than roles */
export function policyText(envelope: common.SignaturePolicyEnvelope | undefined): string {
  const rule = envelope?.getRule();
  if (envelope === undefined || rule === undefined) throw new Error('A signature policy has no rule.');
  return ruleText(rule, envelope.getIdentitiesList());
}

function collectionEntry(config: peer.StaticCollectionConfig | undefined): object {
  if (config === undefined) throw new Error('A collection has no configuration.');
  const endorsement = config.getEndorsementPolicy()?.getSignaturePolicy();
  return {
    name: config.getName(),
    policy: policyText(config.getMemberOrgsPolicy()?.getSignaturePolicy()),
    requiredPeerCount: config.getRequiredPeerCount(),
    maxPeerCount: config.getMaximumPeerCount(),
    blockToLive: config.getBlockToLive(),
    memberOnlyRead: config.getMemberOnlyRead(),
    memberOnlyWrite: config.getMemberOnlyWrite(),
    ...(endorsement === undefined ? {} : { endorsementPolicy: { signaturePolicy: policyText(endorsement) } }),
  };
}

/** The content of `--collections-config`. @throws Error when the package cannot be said in that form */
export function collectionsFile(collections: Uint8Array): string {
  const configs = peer.CollectionConfigPackage.deserializeBinary(collections).getConfigList();
  return JSON.stringify(configs.map((each) => collectionEntry(each.getStaticCollectionConfig())));
}

/** Arguments of `peer lifecycle chaincode` that all approvals and the commit must share. */
export function termsArguments(terms: ChaincodeTerms, collectionsPath: string): readonly string[] {
  const { version = '1', sequence = 1, endorsementPolicy, collections, initRequired = false } = terms;
  const policy =
    endorsementPolicy === undefined
      ? []
      : ['--signature-policy', policyText(common.SignaturePolicyEnvelope.deserializeBinary(endorsementPolicy))];
  return [
    ...['--version', version, '--sequence', String(sequence)],
    ...policy,
    ...(collections === undefined ? [] : ['--collections-config', collectionsPath]),
    ...(initRequired ? ['--init-required'] : []),
  ];
}
