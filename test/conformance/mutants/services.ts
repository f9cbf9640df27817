/** Mutants of the ordering service, of deliver and of the system chaincodes. */
import { mutantsOf, type Mutant } from './mutant.js';

const orderer = mutantsOf('orderer/orderer.ts');
const writer = mutantsOf('orderer/blockWriter.ts');
const channel = mutantsOf('channel.ts');
const deliver = mutantsOf('deliver/deliver.ts');
const peerDeliver = mutantsOf('deliver/peerDeliver.ts');
const filtered = mutantsOf('deliver/filtered.ts');
const system = mutantsOf('peer/systemChaincodes.ts');

export const SERVICES: readonly Mutant[] = [
  orderer.never('a transaction of another channel', 'header.getChannelId() !== this.#channel.name', 'o-channel'),
  orderer.drop('transactions of any size', 'return sizeBytes > max ? ', 'return false ? ', '30'),
  orderer.never(
    'an expired creator',
    'Date.now() >= (this.#channel.membership.expiryOf(signed.identity) ?? Infinity)',
    'o-expired',
  ),
  orderer.never('types of other days', 'problem !== undefined', 'o-types'),
  orderer.never('no header', '!header', 'o-empty'),
  orderer.never('no channel header', 'bytes.length === 0', 'bytes-broadcast-emptyheader'),
  orderer.drop(
    'the expiry of who is known alone',
    'this.#channel.membership.expiryOf(signed.identity)',
    'this.#channel.membership.identify(signed.identity)?.expiresAt',
    'o-expired-forged',
  ),
  orderer.drop(
    'anybody writes',
    'const refusal = this.#channel.ordererRefusal(signed);',
    'const refusal: string | undefined = undefined;',
    '29,o-signature',
  ),
  orderer.never('blocks of any size', 'this.#pendingBytes + sizeBytes > preferredMaxBytes', '80-bytes'),
  orderer.never('blocks of any count', 'this.#pending.length >= maxMessageCount', '80*'),
  writer.drop('blocks without a chain', 'header.setPreviousHash(this.#previousHash);', '', '82'),
  writer.drop('blocks without a data hash', 'header.setDataHash(sha256(...envelopes));', '', '82'),
  channel.drop('the expired read', 'now > (membership.expiryOf(signed.identity) ?? Infinity)', 'false', '99-expired'),
  channel.drop(
    'anybody reads blocks',
    'EXPIRED : access.refusal(resource, signed)',
    'EXPIRED : undefined',
    '99-foreign',
  ),
  deliver.drop(
    'any clock',
    'claimed === undefined || Math.abs(claimed - source.now) > TIME_WINDOW_MS',
    'claimed === undefined',
    '99-clock',
  ),
  deliver.drop(
    'no clock',
    'claimed === undefined || Math.abs(claimed - source.now) > TIME_WINDOW_MS',
    'Math.abs((claimed ?? source.now) - source.now) > TIME_WINDOW_MS',
    'm-seek-time',
  ),
  deliver.never('blocks of another channel', 'asker.channelHeader.getChannelId() !== source.channel', '99-channel'),
  deliver.never('no start or no stop', '!from || !to', '99-no-start,99-no-stop'),
  deliver.never('a start beyond the tip', 'start === undefined || start > height', '99-beyond'),
  deliver.drop(
    'a stop before the start',
    "to.hasSpecified() && stop < start ? 'BAD_REQUEST' : { start, stop }",
    '{ start, stop }',
    '99-backwards',
  ),
  deliver.never('waiting for ever', 'failIfNotReady && number >= source.height', '99-tip'),
  peerDeliver.drop(
    'private data of closed collections',
    '(!found.memberOnlyRead || found.isMember(requester))',
    'true',
    '101',
  ),
  peerDeliver.drop('private data of open collections', '!found.memberOnlyRead || ', '', '101'),
  peerDeliver.drop(
    'private data by the definition of today',
    'own.ledger.definitionBelow(block, set.namespace)',
    'own.ledger.definitionBelow(Infinity, set.namespace)',
    '101-upgraded',
  ),
  filtered.drop('payloads of events', 'event.setPayload(new Uint8Array());', '', '99-filtered'),
  system.never('qscc with too few arguments', "name !== 'GetChainInfo' && argument === undefined", '102-few'),
  system.drop(
    'qscc of another channel',
    'if (channelId !== call.channel.name) {\n      throw new Error(`Invalid',
    'if (false) {\n      throw new Error(`Invalid',
    '102-channel',
  ),
  system.drop(
    'qscc for anybody',
    'requireAccess(call, `qscc/${name}`, (refusal) => `[${name}][${channelId}]: [${refusal}]`);',
    '',
    'm-outsider-qscc',
  ),
  system.drop(
    'cscc for anybody',
    'requireAccess(call, `cscc/${name}`, (refusal) => `[${name}][${channelId}]: ${refusal}`);',
    '',
    'm-outsider-qscc',
  ),
  system.drop(
    'the life cycle for anybody',
    'const refusal = call.channel.refusal(`${LIFECYCLE}/${name}`, call.signed);',
    'const refusal: string | undefined = undefined;',
    'm-outsider-qscc',
  ),
  system.never('the life cycle with any arguments', 'call.args.length !== 2', 'm-lifecycle'),
  system.never('what is not defined', '!definition', 'm-lifecycle'),
  system.drop(
    'functions that qscc has not',
    'const query = QSCC[name];\n    if (!query) {',
    'const query = QSCC[name];\n    if (false) {',
    'a-qscc-listed',
  ),
  system.drop(
    'functions that cscc has not',
    'const query = CSCC[name];\n    if (!query) {',
    'const query = CSCC[name];\n    if (false) {',
    'm-cscc',
  ),
  system.never('numbers that are none', '!/^\\d+$/.test(digits) || BigInt(digits) > MAX_UINT64', '102-no-number'),
];
