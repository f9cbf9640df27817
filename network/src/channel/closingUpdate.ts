/**
 * The update of a channel's configuration that closes the books. It adds a policy that no single signature satisfies, and an entry of
 * the access list that puts block events under this policy. It is a pure function of the configuration. So everybody who is asked to
 * sign can make the same update from the configuration of their own peer, and compare the bytes.
 */
import { common, peer } from '@hyperledger/fabric-protos';
import { NetworkError } from '../driver.js';
import { BLOCK_EVENTS, NOBODY } from '../expand/access.js';
import { applicationOf, applicationUpdate, mention, namesOf, versionOnly } from './applicationUpdate.js';

const ADMINS = 'Admins';
const ACCESS_LIST = 'ACLs';

type Group = common.ConfigGroup;

/** ALL Admins needs a signature of each organisation, but a request for blocks carries only one signature. */
function closedPolicy(): common.Policy {
  const meta = new common.ImplicitMetaPolicy();
  meta.setRule(common.ImplicitMetaPolicy.Rule.ALL);
  meta.setSubPolicy(ADMINS);
  const policy = new common.Policy();
  policy.setType(common.Policy.PolicyType.IMPLICIT_META);
  policy.setValue(meta.serializeBinary());
  return policy;
}

const same = (one: common.Policy | undefined, other: common.Policy): boolean =>
  one !== undefined && Buffer.from(one.serializeBinary()).equals(other.serializeBinary());

const accessListOf = (application: Group): peer.ACLs =>
  peer.ACLs.deserializeBinary(application.getValuesMap().get(ACCESS_LIST)?.getValue_asU8() ?? new Uint8Array());

/** Name of the Application group's own policy that guards whole blocks, where the access list names one. */
function guardOf(application: Group): string | undefined {
  const reference = accessListOf(application).getAclsMap().get(BLOCK_EVENTS)?.getPolicyRef() ?? '';
  const [, name] = /^(?:\/Channel\/Application\/)?([^/]+)$/.exec(reference) ?? [];
  return name;
}

/** Whether the access list keeps whole blocks from everybody, by a policy such as this update makes. */
export function isClosed(config: common.Config): boolean {
  const application = applicationOf(config);
  const guard = guardOf(application);
  if (guard === undefined || application.getGroupsMap().getLength() < 2) return false;
  return same(application.getPoliciesMap().get(guard)?.getPolicy(), closedPolicy());
}

function closedAccessList(application: Group): common.ConfigValue {
  const now = application.getValuesMap().get(ACCESS_LIST);
  const before = accessListOf(application).getAclsMap();
  const list = new peer.ACLs();
  const entry = new peer.APIResource();
  entry.setPolicyRef(NOBODY);
  for (const name of [...new Set([...namesOf(before), BLOCK_EVENTS])].sort())
    list.getAclsMap().set(name, name === BLOCK_EVENTS ? entry : (before.get(name) ?? entry));
  const value = versionOnly(new common.ConfigValue(), now === undefined ? 0 : now.getVersion() + 1);
  value.setModPolicy(now?.getModPolicy() ?? ADMINS);
  value.setValue(list.serializeBinary());
  return value;
}

/** Adds the policy to a write set, where it is not there already. @throws NetworkError when its name is taken by another */
function addPolicy(application: Group, write: Group): boolean {
  const there = application.getPoliciesMap().get(NOBODY)?.getPolicy();
  if (same(there, closedPolicy())) return false;
  if (there !== undefined) {
    throw new NetworkError(
      `The channel already has a policy /Channel/Application/${NOBODY}, and it is not ALL Admins. ` +
        'Close the books with an update of your own that puts event/Block under a policy that no single signature satisfies.',
    );
  }
  const policy = new common.ConfigPolicy();
  policy.setModPolicy(ADMINS);
  policy.setPolicy(closedPolicy());
  write.getPoliciesMap().set(NOBODY, policy);
  return true;
}

/**
 * The update for this configuration, serialized `common.ConfigUpdate`.
 * @throws NetworkError when the books cannot be closed in this way
 */
export function closingUpdate(config: common.Config, channelId: string): Uint8Array {
  const application = applicationOf(config);
  if (application.getGroupsMap().getLength() < 2) {
    throw new NetworkError(
      `Channel ${channelId} has one organisation. Its administrator alone would satisfy the policy that should keep blocks from everybody.`,
    );
  }
  const write = mention(application);
  const added = addPolicy(application, write);
  const grows = added || !application.getValuesMap().has(ACCESS_LIST);
  write.getValuesMap().set(ACCESS_LIST, closedAccessList(application));
  return applicationUpdate(config, channelId, { write, changesMembers: grows });
}
