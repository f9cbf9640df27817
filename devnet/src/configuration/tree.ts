// The tree that a channel's configuration is: groups of values and policies.
import { common, msp } from '@hyperledger/fabric-protos';
import type { NodeRole } from '../identity/membership.js';

export const ADMINS = 'Admins';

interface GroupParts {
  readonly groups?: Readonly<Record<string, common.ConfigGroup>>;
  readonly values: Readonly<Record<string, common.ConfigValue>>;
  readonly policies: Readonly<Record<string, common.ConfigPolicy>>;
  readonly modPolicy: string;
}

export function group({ groups = {}, values, policies, modPolicy }: GroupParts): common.ConfigGroup {
  const result = new common.ConfigGroup();
  for (const [name, content] of Object.entries(groups)) {
    result.getGroupsMap().set(name, content);
  }
  for (const [name, content] of Object.entries(values)) {
    result.getValuesMap().set(name, content);
  }
  for (const [name, content] of Object.entries(policies)) {
    result.getPoliciesMap().set(name, content);
  }
  result.setModPolicy(modPolicy);
  return result;
}

export function value(content: { serializeBinary(): Uint8Array }): common.ConfigValue {
  const result = new common.ConfigValue();
  result.setValue(content.serializeBinary());
  result.setModPolicy(ADMINS);
  return result;
}

export function capabilities(level: string): common.Capabilities {
  const result = new common.Capabilities();
  result.getCapabilitiesMap().set(level, new common.Capability());
  return result;
}

/** Any one signature of the organisation in one of these roles; without roles, of any member. */
export function anySignature(mspId: string, roles: readonly NodeRole[]): common.ConfigPolicy {
  const names = roles.length > 0 ? roles : (['member'] as const);
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setIdentitiesList(names.map((role) => principal(mspId, role)));
  const choice = new common.SignaturePolicy.NOutOf();
  choice.setN(1);
  choice.setRulesList(
    names.map((_, index) => {
      const rule = new common.SignaturePolicy();
      rule.setSignedBy(index);
      return rule;
    }),
  );
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(choice);
  envelope.setRule(rule);
  return policy(common.Policy.PolicyType.SIGNATURE, envelope);
}

function principal(mspId: string, role: NodeRole | 'member'): msp.MSPPrincipal {
  const wanted = new msp.MSPRole();
  wanted.setMspIdentifier(mspId);
  wanted.setRole(msp.MSPRole.MSPRoleType[role.toUpperCase() as keyof msp.MSPRole.MSPRoleTypeMap]);
  const result = new msp.MSPPrincipal();
  result.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  result.setPrincipal(wanted.serializeBinary());
  return result;
}

/** So many of the policies of this name in the groups below. */
export function implicitMeta(rule: keyof common.ImplicitMetaPolicy.RuleMap, name: string): common.ConfigPolicy {
  const meta = new common.ImplicitMetaPolicy();
  meta.setSubPolicy(name);
  meta.setRule(common.ImplicitMetaPolicy.Rule[rule]);
  return policy(common.Policy.PolicyType.IMPLICIT_META, meta);
}

function policy(
  type: common.Policy.PolicyTypeMap[keyof common.Policy.PolicyTypeMap],
  content: { serializeBinary(): Uint8Array },
): common.ConfigPolicy {
  const inner = new common.Policy();
  inner.setType(type);
  inner.setValue(content.serializeBinary());
  const result = new common.ConfigPolicy();
  result.setPolicy(inner);
  result.setModPolicy(ADMINS);
  return result;
}

/** What every group above the organisations says. */
export const META_POLICIES: Readonly<Record<string, common.ConfigPolicy>> = {
  Readers: implicitMeta('ANY', 'Readers'),
  Writers: implicitMeta('ANY', 'Writers'),
  Admins: implicitMeta('MAJORITY', 'Admins'),
};
