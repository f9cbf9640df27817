/** A channel's configuration as far as the access list and the policies that it names go. */
import { common, msp, peer } from '@hyperledger/fabric-protos';

/** Implicit meta policies as in `configtx.yaml`, or the serialized policy itself. */
export type PolicySpec = `${'ANY' | 'ALL' | 'MAJORITY'} ${string}` | common.Policy;

interface ChannelSpec {
  readonly organizations?: Readonly<Record<string, Readonly<Record<string, PolicySpec>>>>;
  readonly policies?: Readonly<Record<string, PolicySpec>>;
  readonly list?: Readonly<Record<string, string>>;
}

const SIGNED = common.Policy.PolicyType.SIGNATURE;
const META = common.Policy.PolicyType.IMPLICIT_META;

function policy(type: typeof SIGNED | typeof META, content: { serializeBinary(): Uint8Array }): common.Policy {
  const result = new common.Policy();
  result.setType(type);
  result.setValue(content.serializeBinary());
  return result;
}

/** A principal: the administrators of an organisation. */
export function adminsOf(mspId: string): msp.MSPPrincipal {
  const role = new msp.MSPRole();
  role.setMspIdentifier(mspId);
  role.setRole(msp.MSPRole.MSPRoleType.ADMIN);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(role.serializeBinary());
  return principal;
}

/** So many signatures of these principals. */
export function outOf(count: number, ...principals: readonly msp.MSPPrincipal[]): common.Policy {
  const choice = new common.SignaturePolicy.NOutOf();
  choice.setN(count);
  choice.setRulesList(
    principals.map((_, index) => {
      const rule = new common.SignaturePolicy();
      rule.setSignedBy(index);
      return rule;
    }),
  );
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(choice);
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setRule(rule);
  envelope.setIdentitiesList([...principals]);
  return policy(SIGNED, envelope);
}

function policyOf(spec: PolicySpec): common.Policy {
  if (typeof spec !== 'string') return spec;
  const [rule = '', name = ''] = spec.split(' ');
  const meta = new common.ImplicitMetaPolicy();
  meta.setRule(common.ImplicitMetaPolicy.Rule[rule as keyof common.ImplicitMetaPolicy.RuleMap]);
  meta.setSubPolicy(name);
  return policy(META, meta);
}

function group(policies: Readonly<Record<string, PolicySpec>>): common.ConfigGroup {
  const result = new common.ConfigGroup();
  for (const [name, spec] of Object.entries(policies)) {
    const content = new common.ConfigPolicy();
    content.setPolicy(policyOf(spec));
    result.getPoliciesMap().set(name, content);
  }
  return result;
}

const organization = (mspId: string): Readonly<Record<string, PolicySpec>> => ({
  Admins: outOf(1, adminsOf(mspId)),
  Readers: outOf(1, adminsOf(mspId)),
});

/** Two organisations unless told otherwise, with the usual policies. */
export function configuration({
  organizations = { Org1MSP: organization('Org1MSP'), Org2MSP: organization('Org2MSP') },
  policies = {},
  list,
}: ChannelSpec): common.Config {
  const application = group({ Readers: 'ANY Readers', Admins: 'MAJORITY Admins', ...policies });
  for (const [name, own] of Object.entries(organizations)) application.getGroupsMap().set(name, group(own));
  if (list !== undefined) {
    const acls = new peer.ACLs();
    for (const [resource, reference] of Object.entries(list)) {
      const entry = new peer.APIResource();
      entry.setPolicyRef(reference);
      acls.getAclsMap().set(resource, entry);
    }
    const value = new common.ConfigValue();
    value.setValue(acls.serializeBinary());
    application.getValuesMap().set('ACLs', value);
  }
  const channel = group({ Readers: 'ANY Readers' });
  channel.getGroupsMap().set('Application', application);
  const config = new common.Config();
  config.setChannelGroup(channel);
  return config;
}
