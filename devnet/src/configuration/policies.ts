// The policies of a channel's configuration under their paths, compiled as Fabric's policy manager does it.
import { common } from '@hyperledger/fabric-protos';
import { signaturePolicy } from '../identity/policy.js';
import type { Identity } from '../identity/membership.js';

/** Why the signers do not meet a policy; undefined when they do. */
export type Evaluate = (signers: readonly Identity[]) => string | undefined;

/** Every policy of the tree by its path, for example `/Channel/Application/Org1MSP/Readers`. */
export function compilePolicies(channelGroup: common.ConfigGroup): ReadonlyMap<string, Evaluate> {
  const byPath = new Map<string, Evaluate>();
  compileGroup('/Channel', channelGroup, byPath);
  return byPath;
}

/** Adds the group's policies and those below it. Groups below come first: meta policies count theirs. */
function compileGroup(path: string, group: common.ConfigGroup, byPath: Map<string, Evaluate>): void {
  const below = [...group.getGroupsMap().entries()].map(([name, child]) => {
    const childPath = `${path}/${name}`;
    compileGroup(childPath, child, byPath);
    return childPath;
  });
  for (const [name, configPolicy] of group.getPoliciesMap().entries()) {
    const policy = configPolicy.getPolicy() ?? new common.Policy();
    const isMeta = policy.getType() === common.Policy.PolicyType.IMPLICIT_META;
    const content = policy.getValue_asU8();
    byPath.set(`${path}/${name}`, isMeta ? metaPolicy(content, below, byPath) : ofSignatures(content));
  }
}

function ofSignatures(content: Uint8Array): Evaluate {
  const isMet = signaturePolicy(content);
  return (signers) => (isMet(signers) ? undefined : 'signature set did not satisfy policy');
}

type Rule = common.ImplicitMetaPolicy.RuleMap[keyof common.ImplicitMetaPolicy.RuleMap];

const THRESHOLDS: Readonly<Record<Rule, (groups: number) => number>> = {
  [common.ImplicitMetaPolicy.Rule.ANY]: () => 1,
  [common.ImplicitMetaPolicy.Rule.ALL]: (groups) => groups,
  [common.ImplicitMetaPolicy.Rule.MAJORITY]: (groups) => Math.floor(groups / 2) + 1,
};

/** So many of the policies of one name in the groups below. A group that has none of that name counts as not met. */
function metaPolicy(content: Uint8Array, below: readonly string[], byPath: ReadonlyMap<string, Evaluate>): Evaluate {
  const meta = common.ImplicitMetaPolicy.deserializeBinary(content);
  const name = meta.getSubPolicy();
  const parts = below.map((path) => byPath.get(`${path}/${name}`));
  const wanted = THRESHOLDS[meta.getRule()](below.length);
  return (signers) => {
    const met = parts.filter((evaluate) => evaluate !== undefined && evaluate(signers) === undefined).length;
    return met >= wanted
      ? undefined
      : `implicit policy evaluation failed - ${String(met)} sub-policies were satisfied, ` +
          `but this policy requires ${String(wanted)} of the '${name}' sub-policies to be satisfied`;
  };
}
