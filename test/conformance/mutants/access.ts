/** Mutants of who may use what: the channel's access list, its policies, and what each service looks up. */
import { mutantsOf, type Mutant } from './mutant.js';

const access = mutantsOf('access.ts');
const policies = mutantsOf('configuration/policies.ts');
const groups = mutantsOf('configuration/groups.ts');
const channel = mutantsOf('channel.ts');
const peerDeliver = mutantsOf('deliver/peerDeliver.ts');
const endorser = mutantsOf('peer/endorser.ts');
const host = mutantsOf('chaincode/host.ts');
const submit = mutantsOf('gateway/submit.ts');
const events = mutantsOf('gateway/events.ts');
const system = mutantsOf('peer/systemChaincodes.ts');

const LIST: readonly Mutant[] = [
  access.never("what is the own organisation's is listed", 'PEER_WIDE.has(resource)', 'a-lifecycle-peer'),
  access.drop(
    'the list says nothing',
    'return path === undefined ? byDefault(resource, signed) : byList(path, signed);',
    'return byDefault(resource, signed);',
    'a-block',
  ),
  access.drop(
    'a refusal by the list reads as one by default',
    'byDefault(resource, signed) : byList(path, signed)',
    'byDefault(resource, signed) : byDefault(resource, signed) && byList(path, signed)',
    'a-block',
  ),
  access.drop('an entry without a policy is one', "named === '' ? [] : [", '[', 'a-qscc-empty'),
  access.drop('names are paths', "named.startsWith('/') ? named : `${APPLICATION}/${named}`", 'named', 'a-propose'),
  access.drop(
    'paths are names',
    "named.startsWith('/') ? named : `${APPLICATION}/${named}`",
    '`${APPLICATION}/${named}`',
    'a-qscc-path',
  ),
  access.drop(
    'what is found nowhere is met',
    'policy === undefined ? missing : policy(',
    'policy?.(',
    'a-lifecycle-name',
  ),
  access.never('what is neither listed nor known is open', 'path === undefined', 'a-qscc-unlisted'),
];

const POLICIES: readonly Mutant[] = [
  policies.drop('ANY asks nobody', '() => 1,', '() => 0,', 'a-propose'),
  policies.drop('ALL is ANY', '(groups) => groups,', '() => 1,', 'a-block'),
  policies.drop('MAJORITY is ANY', 'Math.floor(groups / 2) + 1', '1', 'a-qscc-majority'),
  policies.drop(
    'a policy that a group does not have is met',
    'evaluate !== undefined && evaluate(signers) === undefined',
    'evaluate?.(signers) === undefined',
    'a-qscc-hollow',
  ),
  policies.drop(
    'anybody meets a policy of signatures',
    "isMet(signers) ? undefined : 'signature set did not satisfy policy'",
    'undefined',
    'a-qscc-path',
  ),
  groups.drop('peers propose', "Writers: ['admin', 'client'],", "Writers: ['admin', 'client', 'peer'],", '41'),
  groups.drop(
    'peers do not read',
    "Readers: ['admin', 'peer', 'client'],",
    "Readers: ['admin', 'client'],",
    '99-peer,g-status-other',
  ),
];

const ORDERING: readonly Mutant[] = [
  channel.drop(
    'the ordering organisation does not write',
    "access.policyRefusal('/Channel/Writers', signed)",
    "access.policyRefusal('/Channel/Application/Writers', signed)",
    'm-outsider-orders',
  ),
  channel.drop(
    'the ordering organisation does not read',
    "access.policyRefusal('/Channel/Readers', signed)",
    "access.policyRefusal('/Channel/Application/Readers', signed)",
    'a-orderer',
  ),
  channel.drop(
    'anybody reads from the ordering service',
    "EXPIRED : access.policyRefusal('/Channel/Readers', signed)",
    'EXPIRED : undefined',
    'a-orderer',
  ),
  channel.drop(
    'the list concerns the ordering service',
    "EXPIRED : access.policyRefusal('/Channel/Readers', signed)",
    "EXPIRED : access.refusal('event/Block', signed)",
    'a-orderer',
  ),
];

const LOOKED_UP: readonly Mutant[] = [
  peerDeliver.drop(
    'whole blocks as filtered ones',
    "'/protos.Deliver/Deliver': method('event/Block'",
    "'/protos.Deliver/Deliver': method('event/FilteredBlock'",
    'a-block',
  ),
  peerDeliver.drop(
    'private data as filtered blocks',
    "'/protos.Deliver/DeliverWithPrivateData': method('event/Block'",
    "'/protos.Deliver/DeliverWithPrivateData': method('event/FilteredBlock'",
    'a-block-private',
  ),
  peerDeliver.drop(
    'filtered blocks as whole ones',
    "method('event/FilteredBlock'",
    "method('event/Block'",
    'a-block-filtered',
  ),
  endorser.drop('proposals as calls', "refusal('peer/Propose'", "refusal('peer/ChaincodeToChaincode'", 'a-propose'),
  host.drop('calls as proposals', "refusal('peer/ChaincodeToChaincode'", "refusal('peer/Propose'", 'a-call'),
  host.never('anybody calls other chaincodes', 'refusal !== undefined', 'a-call'),
  submit.drop(
    'statuses as events',
    "'gateway/CommitStatus', request",
    "'gateway/ChaincodeEvents', request",
    'a-status',
  ),
  events.drop(
    'events as statuses',
    "'gateway/ChaincodeEvents', request",
    "'gateway/CommitStatus', request",
    'a-events',
  ),
  system.never("the own organisation's for anybody", 'creator?.mspId !== mspId', 'a-cscc-peer'),
];

export const ACCESS_MUTANTS: readonly Mutant[] = [...LIST, ...POLICIES, ...ORDERING, ...LOOKED_UP];
