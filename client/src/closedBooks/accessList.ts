/**
 * Works out from the channel's configuration who may receive whole blocks. If a peer refuses one client, this says nothing about other
 * clients, because an access list may admit the administrators of one organisation. Books are closed if no single signature is enough.
 */
import { common, msp, peer } from '@hyperledger/fabric-protos';

/** The entry for blocks, and for blocks with private data, in the channel's access list. */
const RESOURCE = 'event/Block';
/** The policy for them if the access list has no entry. */
const DEFAULT_POLICY = '/Channel/Application/Readers';

/** Organisations of which one signature is enough. It is `everyone` if no signature is needed, or if this cannot be worked out. */
export type Alone = ReadonlySet<string> | 'everyone';

const NOBODY: Alone = new Set();

/** The policy that the access list names for blocks, as an absolute path. */
function policyPath(application: common.ConfigGroup | undefined): string {
  const value = application?.getValuesMap().get('ACLs')?.getValue_asU8() ?? new Uint8Array();
  const named = peer.ACLs.deserializeBinary(value).getAclsMap().get(RESOURCE)?.getPolicyRef() ?? '';
  if (named === '') return DEFAULT_POLICY;
  return named.startsWith('/') ? named : `/Channel/Application/${named}`;
}

const { ROLE, ORGANIZATION_UNIT, IDENTITY } = msp.MSPPrincipal.Classification;
/** How each kind of principal names its organisation. */
const MSP_OF: Readonly<Record<number, (bytes: Uint8Array) => string>> = {
  [ROLE]: (bytes) => msp.MSPRole.deserializeBinary(bytes).getMspIdentifier(),
  [ORGANIZATION_UNIT]: (bytes) => msp.OrganizationUnit.deserializeBinary(bytes).getMspIdentifier(),
  [IDENTITY]: (bytes) => msp.SerializedIdentity.deserializeBinary(bytes).getMspid(),
};

/** The organisation that a principal names. */
function organizationOf(principal: msp.MSPPrincipal | undefined): Alone {
  const mspOf = MSP_OF[principal?.getPrincipalClassification() ?? -1];
  return principal === undefined || mspOf === undefined ? 'everyone' : new Set([mspOf(principal.getPrincipal_asU8())]);
}

/** The organisations that satisfy at least one of the policies. */
function union(parts: readonly Alone[]): Alone {
  return parts.includes('everyone')
    ? 'everyone'
    : new Set(parts.flatMap((part) => (part === 'everyone' ? [] : [...part])));
}

const open = (parts: readonly Alone[]): number => parts.filter((part) => part === 'everyone').length;

/** In a signature policy each signature counts once. So if a policy needs two signatures, two persons have to sign. */
function aloneBySignature(rule: common.SignaturePolicy | undefined, identities: readonly msp.MSPPrincipal[]): Alone {
  const choice = rule?.getNOutOf();
  if (rule === undefined || choice === undefined) return organizationOf(identities[rule?.getSignedBy() ?? -1]);
  const parts = choice.getRulesList().map((part) => aloneBySignature(part, identities));
  if (choice.getN() > parts.length) return NOBODY;
  const needed = choice.getN() - open(parts);
  if (needed <= 0) return 'everyone';
  return needed === 1 ? union(parts.filter((part) => part !== 'everyone')) : NOBODY;
}

const THRESHOLDS: Readonly<Record<number, (count: number) => number>> = {
  [common.ImplicitMetaPolicy.Rule.ANY]: () => 1,
  [common.ImplicitMetaPolicy.Rule.ALL]: (count) => count,
  [common.ImplicitMetaPolicy.Rule.MAJORITY]: (count) => Math.floor(count / 2) + 1,
};

/** In a policy over several groups, one signature counts for each group whose policy it satisfies. */
function aloneByGroups(parts: readonly Alone[], threshold: number): Alone {
  const needed = (parts.length === 0 ? 0 : threshold) - open(parts);
  if (needed <= 0) return 'everyone';
  const met = new Map<string, number>();
  for (const part of parts) {
    for (const mspId of part === 'everyone' ? [] : part) met.set(mspId, (met.get(mspId) ?? 0) + 1);
  }
  return new Set([...met].filter(([, count]) => count >= needed).map(([mspId]) => mspId));
}

function aloneByMeta(bytes: Uint8Array, group: common.ConfigGroup): Alone {
  const meta = common.ImplicitMetaPolicy.deserializeBinary(bytes);
  const parts: Alone[] = [];
  group.getGroupsMap().forEach((each) => parts.push(aloneBy(policyNamed(each, meta.getSubPolicy()), each)));
  return aloneByGroups(parts, THRESHOLDS[meta.getRule()]?.(parts.length) ?? 0);
}

const { SIGNATURE, IMPLICIT_META } = common.Policy.PolicyType;
const BY_TYPE: Readonly<Record<number, (bytes: Uint8Array, group: common.ConfigGroup) => Alone>> = {
  [SIGNATURE]: (bytes) => {
    const envelope = common.SignaturePolicyEnvelope.deserializeBinary(bytes);
    return aloneBySignature(envelope.getRule(), envelope.getIdentitiesList());
  },
  [IMPLICIT_META]: aloneByMeta,
};

function aloneBy(policy: common.Policy | undefined, group: common.ConfigGroup): Alone {
  const by = BY_TYPE[policy?.getType() ?? -1];
  return policy === undefined || by === undefined ? 'everyone' : by(policy.getValue_asU8(), group);
}

const policyNamed = (group: common.ConfigGroup, name: string): common.Policy | undefined =>
  group.getPoliciesMap().get(name)?.getPolicy();

/** Who can receive whole blocks with one signature. A missing policy counts as open, because nothing shows that books are closed. */
export function readersOfBlocks(config: common.Config): Alone {
  const channel = config.getChannelGroup();
  const application = channel?.getGroupsMap().get('Application');
  const [, root, ...path] = policyPath(application).split('/');
  const name = path.pop();
  if (channel === undefined || root !== 'Channel' || name === undefined) return 'everyone';
  let group: common.ConfigGroup | undefined = channel;
  for (const step of path) group = group?.getGroupsMap().get(step);
  return group === undefined ? 'everyone' : aloneBy(policyNamed(group, name), group);
}

/** Whether nobody can receive whole blocks with one signature. */
export function isClosed(config: common.Config): boolean {
  const readers = readersOfBlocks(config);
  return readers !== 'everyone' && readers.size === 0;
}
