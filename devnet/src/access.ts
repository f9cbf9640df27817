// Who may use which service of a peer: the channel's access list, and Fabric's defaults for what it does not list.
import { peer, type common } from '@hyperledger/fabric-protos';
import { compilePolicies, type Evaluate } from './configuration/policies.js';
import type { Membership, SignedData } from './identity/membership.js';

const APPLICATION = '/Channel/Application';
const READERS = `${APPLICATION}/Readers`;
const WRITERS = `${APPLICATION}/Writers`;

/** What guards a resource that the channel does not list. What is in neither is nobody's. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['_lifecycle/CommitChaincodeDefinition', WRITERS],
  ['_lifecycle/QueryChaincodeDefinition', WRITERS],
  ['_lifecycle/QueryChaincodeDefinitions', WRITERS],
  ['_lifecycle/CheckCommitReadiness', WRITERS],
  ['qscc/GetChainInfo', READERS],
  ['qscc/GetBlockByNumber', READERS],
  ['qscc/GetBlockByHash', READERS],
  ['qscc/GetTransactionByID', READERS],
  ['qscc/GetBlockByTxID', READERS],
  ['cscc/GetConfigBlock', READERS],
  ['cscc/GetChannelConfig', READERS],
  ['peer/Propose', WRITERS],
  ['peer/ChaincodeToChaincode', WRITERS],
  ['event/Block', READERS],
  ['event/FilteredBlock', READERS],
  ['gateway/CommitStatus', READERS],
  ['gateway/ChaincodeEvents', READERS],
]);

/** What a peer asks its own organisation for, whatever the channel says: the channel refuses nobody. */
const PEER_WIDE: ReadonlySet<string> = new Set([
  '_lifecycle/InstallChaincode',
  '_lifecycle/QueryInstalledChaincode',
  '_lifecycle/GetInstalledChaincodePackage',
  '_lifecycle/QueryInstalledChaincodes',
  '_lifecycle/ApproveChaincodeDefinitionForMyOrg',
  '_lifecycle/QueryApprovedChaincodeDefinition',
  '_lifecycle/QueryApprovedChaincodeDefinitions',
]);

/** What a peer and the ordering service ask before they serve somebody. */
export interface Access {
  /** Why the signer may not use the resource of a peer; undefined when it may. */
  refusal(resource: string, signed: SignedData): string | undefined;
  /** The same for a policy by its path, which is how the ordering service asks, and any number of signatures. */
  policyRefusal(path: string, ...signed: readonly SignedData[]): string | undefined;
  hasPolicy(path: string): boolean;
}

interface Question {
  readonly signed: readonly SignedData[];
  /** What is said where the policy is not there. */
  readonly missing: string;
}

/** Reads policies and access list from the channel's configuration. Throws when a policy cannot be read. */
export function createAccess(channel: string, channelGroup: common.ConfigGroup, membership: Membership): Access {
  const policies = compilePolicies(channelGroup);
  const listed = readList(channelGroup);
  const evaluate = (path: string, { signed, missing }: Question): string | undefined => {
    const policy: Evaluate | undefined = policies.get(path);
    return policy === undefined ? missing : policy(membership.signers(signed));
  };
  const byList = (path: string, signed: SignedData): string | undefined => {
    const reason = evaluate(path, { signed: [signed], missing: `policy ${path} not found` });
    return reason && `failed evaluating policy on signed data during check policy [${path}]: [${reason}]`;
  };
  const byDefault = (resource: string, signed: SignedData): string | undefined => {
    const path = DEFAULTS.get(resource);
    if (path === undefined) {
      return `Unmapped policy for ${resource}`;
    }
    const reason = evaluate(path, { signed: [signed], missing: `no such policy: '${path}'` });
    return (
      reason &&
      `Failed evaluating policy on signed data during check policy on channel [${channel}] ` +
        `with policy [${path}]: [${reason}]`
    );
  };
  return {
    refusal: (resource, signed) => {
      if (PEER_WIDE.has(resource)) {
        return undefined;
      }
      const path = listed.get(resource);
      return path === undefined ? byDefault(resource, signed) : byList(path, signed);
    },
    policyRefusal: (path, ...signed) => evaluate(path, { signed, missing: `no such policy: '${path}'` }),
    hasPolicy: (path) => policies.has(path),
  };
}

/** Paths of policies by resource. A name without a slash before it is one of the Application group; an empty one is none. */
function readList(channelGroup: common.ConfigGroup): ReadonlyMap<string, string> {
  const value = channelGroup.getGroupsMap().get('Application')?.getValuesMap().get('ACLs');
  const acls = peer.ACLs.deserializeBinary(value?.getValue_asU8() ?? new Uint8Array());
  return new Map(
    [...acls.getAclsMap().entries()].flatMap(([resource, entry]) => {
      const named = entry.getPolicyRef();
      return named === '' ? [] : [[resource, named.startsWith('/') ? named : `${APPLICATION}/${named}`] as const];
    }),
  );
}
