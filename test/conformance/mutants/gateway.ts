/** Mutants of the gateway's checks: of requests, of answers, of plans. */
import { mutantsOf, type Mutant } from './mutant.js';

const evaluate = mutantsOf('gateway/evaluate.ts');
const endorse = mutantsOf('gateway/endorse.ts');
const grading = mutantsOf('gateway/grading.ts');
const plan = mutantsOf('gateway/plan.ts');
const planner = mutantsOf('gateway/planner.ts');
const keyPolicy = mutantsOf('gateway/keyPolicy.ts');
const submit = mutantsOf('gateway/submit.ts');
const events = mutantsOf('gateway/events.ts');
const service = mutantsOf('gateway/service.ts');

export const GATEWAY: readonly Mutant[] = [
  evaluate.never('an unknown channel', 'proposal.channel !== network.channel.name', '14'),
  evaluate.never('no proposal', 'signed.getProposalBytes_asU8().length === 0', 'm-evaluate'),
  evaluate.never('no channel', "channel === ''", 'p-no-channel'),
  evaluate.drop('no chaincode', "[hasSpec, 'spec']", "[true, 'spec']", 'p-invocation-empty'),
  evaluate.drop('no chaincode id', "[hasChaincodeId, 'id']", "[true, 'id']", 'p-invocation-no-id'),
  evaluate.drop('transient data anywhere', 'hasTransient && named.length === 0', 'false', '17'),
  evaluate.drop(
    'any organisation',
    '(organisations.length === 0 || organisations.includes(candidate.mspId))',
    'true',
    'g-targets-evaluate,15',
  ),
  evaluate.never('nobody to ask', 'hosts.length === 0', '12'),
  evaluate.never('a failure is not the end', '!failure.retry', '2'),
  endorse.never('too few endorsements', '!plan.isComplete', '7,8'),
  endorse.never('no proposal to endorse', 'signed.getProposalBytes_asU8().length === 0', 'm-endorse'),
  endorse.drop(
    'named organisations of another channel',
    'proposal.channel === network.channel.name\n      ?',
    'proposal.channel !== undefined\n      ?',
    'm-named-channel',
  ),
  endorse.never('unknown organisations', 'missing.length > 0', '15'),
  endorse.never('transient data to anybody', 'proposal.hasTransient', '17'),
  endorse.never('a channel that nobody knows', '!isKnown', '14'),
  endorse.never('a first endorser that fails', '!answer.ok', '6'),
  endorse.drop(
    'transient data to endorsers outside of a collection',
    'proposal.hasTransient ? planProtected(view, needed) : plan(view, needed)',
    'plan(view, needed)',
    '19',
  ),
  endorse.drop('organisations that nobody named', '.filter(({ mspId }) => named.includes(mspId))', '', '22-named'),
  grading.drop(
    'errors of other peers as own ones',
    'grade(overTheWire(reply))',
    'grade(reply)',
    'g-remote-peer-refuses',
  ),
  grading.drop(
    'all the time that a peer wants',
    'await unlessLater(target.endorser.process(proposal), network.endorsementTimeoutMs)',
    'await target.endorser.process(proposal)',
    '25-gateway',
  ),
  grading.never('the own peer as others', 'own === target', '35'),
  grading.never('no response', '!response', '39'),
  grading.never('an error beside a response', 'error !== undefined', '35'),
  grading.drop('any low status', 'code >= 200 && code < 400', 'code < 400', '5'),
  grading.drop('any high status', 'code >= 200 && code < 400', 'code >= 200', '2,3'),
  grading.drop('failures of the peer as those of the chaincode', 'code === 500 && !hasPayload', 'false', '76-evaluate'),
  grading.drop('failures of the chaincode as those of the peer', 'code === 500 && !hasPayload', 'code === 500', '2'),
  plan.never('any payload', '!Buffer.from(this.#payload).equals(payload)', '8'),
  plan.drop(
    'organisations that failed are asked again',
    '.filter(({ required }) => ![...required].some((mspId) => this.#asked.has(mspId)))',
    '',
    '7',
  ),
  planner.drop(
    'nothing is asked for by a key policy that nobody can meet',
    'if (!planned) {',
    'if (!planned) {\n      return () => true;',
    '93-empty-planned',
  ),
  keyPolicy.drop(
    'signers that are not listed',
    'signersOf(rule).every((signer) => signer < listed) &&',
    '',
    '93-unlisted',
  ),
  keyPolicy.drop(
    'an empty rule',
    'rule.hasSignedBy() ? rule.getSignedBy() : Infinity',
    'rule.getSignedBy()',
    '93-hollow',
  ),
  keyPolicy.drop('rules with too few parts', ' && hasEnoughParts(rule)', '', '93-too-many'),
  keyPolicy.drop(
    'parts that cannot be met',
    'nested.getRulesList().filter(hasEnoughParts)',
    'nested.getRulesList()',
    '93-too-many-inside',
  ),
  planner.never('a plan of nobody', 'layouts.length === 0', '21'),
  planner.never('peers without the chaincode', 'hosted.length === 0', 'm-not-hosted'),
  planner.never('an unknown chaincode', '!chaincodePolicy', '13,27'),
  planner.drop('key policies', ': [...own, ...keyPolicies];', ': own;', '90-mixed-planned'),
  planner.drop(
    'the chaincode beside key policies',
    'call.getDisregardNamespacePolicy() ? keyPolicies : ',
    '',
    '90-alone-planned',
  ),
  planner.drop(
    'policies of collections',
    'collections.map((each) => collectionPolicy(ledger.endorsementCheck, name, each) ?? chaincodePolicy)',
    '[chaincodePolicy]',
    '20',
  ),
  planner.drop('private reads by non-members', 'call.getNoPrivateReads() ||', 'true ||', '19'),
  submit.never('no transaction', '!envelope', 'm-submit'),
  submit.never('an unsigned envelope', 'envelope.getSignature_asU8().length === 0', '28'),
  submit.never('another channel', 'request.getChannelId() !== network.channel.name', '14'),
  submit.never('a refusal of the orderer', 'code >= 400 && code < 500', '29'),
  submit.never('anybody asks for a status', 'refusal !== undefined', '33'),
  submit.never('no status request', 'signed.getRequest_asU8().length === 0', 'm-status'),
  submit.never('a status for nobody', 'request.getIdentity_asU8().length === 0', 'm-status-identity'),
  submit.never('a status without a channel', "request.getChannelId() === ''", '32-channel'),
  submit.never('a status without a transaction', "request.getTransactionId() === ''", '32'),
  events.drop(
    'anybody listens',
    "requireAccess(own, 'gateway/ChaincodeEvents', request, signed);",
    '',
    '99-events-foreign',
  ),
  events.drop('events of the invalid', '.filter(({ code }) => code === TxCode.VALID)', '', '99-events'),
  events.drop('events without a name', " && event.getEventName() !== ''", '', 'm-nameless-event'),
  events.never('events before the checkpoint', '!passed', '100'),
  events.drop(
    'events of other chaincodes',
    'return event.getChaincodeId() === chaincode;',
    'return true;',
    '99-events-other',
  ),
  events.never('any position', 'position?.hasOldest() || position?.hasNewest()', '99-events-position'),
  events.never('no events request', 'signed.getRequest_asU8().length === 0', 'm-events'),
  service.never('any number of calls', 'running >= CONCURRENCY_MAX', 'm-limit'),
];
