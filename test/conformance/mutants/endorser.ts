/** Mutants of the checks of an endorsing peer: of proposals, of what a chaincode may do, of private data on its way. */
import { mutantsOf, type Mutant } from './mutant.js';

const proposal = mutantsOf('peer/proposal.ts');
const endorser = mutantsOf('peer/endorser.ts');
const distribution = mutantsOf('peer/distribution.ts');
const simulator = mutantsOf('ledger/simulator.ts');
const interest = mutantsOf('ledger/interest.ts');
const context = mutantsOf('chaincode/context.ts');
const requests = mutantsOf('chaincode/requests.ts');
const initialization = mutantsOf('chaincode/initialization.ts');
const host = mutantsOf('chaincode/host.ts');
const stream = mutantsOf('chaincode/stream.ts');

export const ENDORSER: readonly Mutant[] = [
  proposal.never('an expired creator proposes', 'expiresAt !== undefined && now > expiresAt', '39'),
  proposal.never('any clock will do', 'Math.abs(claimed - now) > TIME_WINDOW_MS', '40,40-ahead'),
  proposal.always(
    'any header type',
    'type === common.HeaderType.ENDORSER_TRANSACTION || type === common.HeaderType.CONFIG',
    'p-type',
  ),
  proposal.always('any epoch', 'channelHeader.getEpoch() === 0', '45'),
  proposal.always('no nonce', 'signatureHeader.getNonce_asU8().length > 0', '38-nonce'),
  proposal.always('no creator', 'signatureHeader.getCreator_asU8().length > 0', '36-nobody'),
  proposal.always('any transaction id', 'txId === expected', '38'),
  proposal.always('no signature', 'signed.getSignature_asU8().length > 0', '35-none'),
  proposal.always('any signature', 'creator.verify(signed.getProposalBytes_asU8(), signed.getSignature_asU8())', '35'),
  proposal.drop('an invalid creator', 'creator.valid && ', '', '42'),
  proposal.never(
    'no chaincode in the header',
    "chaincode === undefined || chaincode === ''",
    'p-extension-no-id,p-extension-no-name',
  ),
  proposal.never('no chaincode in the invocation', '!spec', 'p-endorser-invocation'),
  proposal.never('no input in the invocation', '!input', 'p-invocation-no-input'),
  stream.drop(
    'messages of any size',
    'if (bytes.length > MESSAGE_MAX_BYTES) {\n      this.close();\n      return;\n    }\n    let message',
    'let message',
    's-too-large',
  ),
  stream.drop(
    'calls of any size',
    'if (bytes.length > MESSAGE_MAX_BYTES) {\n      this.#fail',
    'if (false) {\n      this.#fail',
    's-too-large-call',
  ),
  endorser.never('any channel', 'proposal.channel !== this.#channel.name && !withoutChannel', 'p-endorser-channel'),
  endorser.never('a proposal twice', 'this.#peer.ledger.status(proposal.txId)', '43'),
  endorser.drop(
    'anybody proposes',
    "const refusal = this.#channel.refusal('peer/Propose', signedData(proposal));",
    'const refusal: string | undefined = undefined;',
    '41',
  ),
  endorser.never(
    'an unknown chaincode runs',
    'readSequence(chaincode, simulator.readLifecycle) === 0',
    'p-endorser-chaincode',
  ),
  endorser.never(
    'a chaincode of others runs',
    'this.#peer.host.packageOf(chaincode) === undefined',
    'p-endorser-not-hosted',
  ),
  endorser.drop(
    'an event of a failure is kept',
    'response.getStatus() >= ERROR_THRESHOLD ? undefined : event',
    'event',
    'p-endorser-event',
  ),
  endorser.drop('a failure is endorsed', 'if (status < ERROR)', 'if (true)', 'p-endorser-500'),
  endorser.never('a payload of a status in the 400s', 'status >= ERROR_THRESHOLD && status < ERROR', 'p-endorser-404'),
  distribution.never('too few get private data', 'eligible.length < required', '76'),
  simulator.drop(
    'pages after a write',
    "if (this.#wrote) {\n      throw this.#unsupported('Paginated",
    "if (false) {\n      throw this.#unsupported('Paginated",
    '50',
  ),
  simulator.drop(
    'private scans after a write',
    "if (this.#wrote) {\n      throw this.#unsupported('Queries",
    "if (false) {\n      throw this.#unsupported('Queries",
    '52',
  ),
  simulator.never('writes after a private scan', 'this.#queriedPrivate', '51'),
  simulator.never('writes after a page', 'this.#paged', '49'),
  simulator.never('private data that is not there', '!sameVersion(entry?.version, hashed?.version)', '58'),
  simulator.never('any collection', 'isForeign || !findCollection(definition, collection)', '60-hash,61'),
  simulator.drop('the implicit collections of strangers', 'isForeign || ', '', '61,61-write'),
  interest.drop(
    'the chaincode of a transaction without writes',
    "content.unguarded.has('') || !content.written",
    "content.unguarded.has('')",
    '64-reading',
  ),
  context.never('private data in an Init', 'this.#isInit', '69'),
  context.never('a collection for members only', 'isClosed && !(creator && collection.isMember(creator))', '56'),
  context.drop('reading as writing', "access === 'read' ? memberOnlyRead : memberOnlyWrite", 'memberOnlyWrite', '56'),
  context.drop('writing as reading', "access === 'read' ? memberOnlyRead : memberOnlyWrite", 'memberOnlyRead', '57'),
  context.never('an unknown collection', '!collection', '60'),
  requests.drop(
    'anybody reads',
    "context.requirePermission(collection, 'read');\n  return simulator.getPrivate(",
    'return simulator.getPrivate(',
    '56',
  ),
  requests.drop(
    'anybody reads many',
    "context.requirePermission(collection, 'read');\n  return simulator.getPrivateMany(",
    'return simulator.getPrivateMany(',
    'b-reads-members',
  ),
  requests.drop(
    'many keys held against their hashes',
    'simulator.getPrivateMany(namespace, collection, keys)',
    'keys.map((key) => simulator.getPrivate(namespace, collection, key))',
    'b-private-elsewhere,b-no-keys-collection',
  ),
  requests.drop(
    'anybody scans',
    "context.requirePermission(collection, 'read');\n    return context.open",
    'return context.open',
    '56-range',
  ),
  requests.drop(
    'anybody writes',
    "context.requirePermission(collection, 'write');\n  context.simulator.setPrivate(context.namespace, collection, key, value)",
    'context.simulator.setPrivate(context.namespace, collection, key, value)',
    '57',
  ),
  requests.drop(
    'anybody purges',
    "context.requirePermission(collection, 'write');\n  context.simulator.setPrivate(context.namespace, collection, request.getKey(), NOTHING, true)",
    'context.simulator.setPrivate(context.namespace, collection, request.getKey(), NOTHING, true)',
    '57-purge',
  ),
  requests.drop(
    'anybody sets policies',
    "context.requirePermission(collection, 'write');\n  context.simulator.setPrivateMetadata",
    'context.simulator.setPrivateMetadata',
    '57-policy',
  ),
  requests.drop(
    'anybody reads policies',
    "context.requirePermission(collection, 'read');\n  return context.simulator.getPrivateMetadata",
    'return context.simulator.getPrivateMetadata',
    '57-policy-read',
  ),
  requests.drop(
    'hashes in an Init',
    'context.refuseInit();\n  return simulator.getPrivateHash',
    'return simulator.getPrivateHash',
    '69',
  ),
  initialization.never('an Init at the wrong time', 'isInit !== due', '69,69-not-required'),
  host.never('a chaincode that is not defined', '!isDefined', '66-unknown'),
  host.never('a chaincode that is not installed', '!installed', '66-elsewhere'),
  host.never('a call on another channel', "channel !== '' && channel !== call.channel", '63'),
  stream.never('a chaincode that calls itself', 'this.#running.has(id)', '66'),
];
