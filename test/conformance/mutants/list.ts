/** Devnet with one check taken out, time and again: every one of these must fail a case. */

/** One edit of a file of network/devnet/src. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Cases that should notice, as `--only` takes them; tried first. */
  readonly by: string;
}

/** A condition that then never holds. */
const never = (name: string, file: string, condition: string, by: string): Mutant => ({
  ...{ name, file, by },
  from: `if (${condition})`,
  to: `if (false && (${condition}))`,
});

const drop = (name: string, file: string, from: string, to: string, by: string): Mutant => ({
  ...{ name, file, from, to, by },
});

const PROPOSAL = 'peer/proposal.ts';
const ENDORSER = 'peer/endorser.ts';
const TRANSACTION = 'ledger/transaction.ts';
const MVCC = 'ledger/mvcc.ts';
const POLICY = 'ledger/endorsementCheck.ts';
const SUBMIT = 'gateway/submit.ts';
const ENDORSE = 'gateway/endorse.ts';
const MEMBERSHIP = 'identity/membership.ts';

export const MUTANTS: readonly Mutant[] = [
  never('an expired creator proposes', PROPOSAL, 'creator && now > creator.expiresAt', '39'),
  never('any clock will do', PROPOSAL, 'Math.abs(claimed - now) > TIME_WINDOW_MS', '40,40-ahead'),
  drop(
    'any header type',
    PROPOSAL,
    'type === common.HeaderType.ENDORSER_TRANSACTION || type === common.HeaderType.CONFIG',
    'true',
    'p-type',
  ),
  drop('any epoch', PROPOSAL, 'channelHeader.getEpoch() === 0', 'true', '45'),
  drop('no nonce', PROPOSAL, 'signatureHeader.getNonce_asU8().length > 0', 'true', '38-nonce'),
  drop('any transaction id', PROPOSAL, 'txId === expected', 'true', '38'),
  drop('no signature', PROPOSAL, 'signed.getSignature_asU8().length > 0', 'true', '35-none'),
  drop(
    'any signature',
    PROPOSAL,
    'creator.verify(signed.getProposalBytes_asU8(), signed.getSignature_asU8())',
    'true',
    '35',
  ),
  drop('an invalid creator', PROPOSAL, 'creator.valid && ', '', '42'),
  never('a proposal twice', ENDORSER, 'this.#peer.ledger.status(proposal.txId)', '43'),
  drop(
    'anybody proposes',
    ENDORSER,
    "const refusal = this.#channel.refusal('Writers', signedData(proposal));",
    'const refusal: string | undefined = undefined;',
    '41',
  ),
  never(
    'an unknown chaincode runs',
    ENDORSER,
    'readSequence(chaincode, simulator.readLifecycle) === 0',
    'p-endorser-chaincode',
  ),
  drop(
    'an event of a failure is kept',
    ENDORSER,
    'response.getStatus() >= ERROR_THRESHOLD ? undefined : event',
    'event',
    'p-*,6',
  ),
  drop('a failure is endorsed', ENDORSER, 'if (status < ERROR)', 'if (true)', 'p-endorser-500'),
  never('a payload of a status in the 400s', ENDORSER, 'status >= ERROR_THRESHOLD && status < ERROR', 'p-endorser-404'),
  never(
    'any transaction id at commit',
    TRANSACTION,
    'channelHeader.getTxId() !== transactionId(signatureHeader)',
    'o-txid',
  ),
  never('a transaction id of the ledger again', TRANSACTION, 'isKnown(channelHeader.getTxId())', 'g-twice,v-duplicate'),
  drop('any header type at commit', TRANSACTION, '!KNOWN_TYPES.has(type) || ', '', 'o-type'),
  drop('any epoch at commit', TRANSACTION, 'channelHeader.getEpoch() !== 0 || ', '', 'o-epoch'),
  never('more than one action', TRANSACTION, '!action || actions.length !== 1', 'v-two-actions,v-no-action'),
  drop('any proposal hash', TRANSACTION, '!hash.equals(response.getProposalHash_asU8())', 'false', '97'),
  never(
    'a namespace twice',
    TRANSACTION,
    'new Set(namespaces.map(({ namespace }) => namespace)).size !== namespaces.length',
    'v-namespace-twice',
  ),
  drop('any chaincode name', TRANSACTION, 'asked.getName() !== endorsed.getName() || ', '', 'v-other-name'),
  drop('no chaincode version', TRANSACTION, " || endorsed.getVersion() === ''", '', 'v-version'),
  never('no chaincode id', TRANSACTION, '!asked || !endorsed', 'v-no-id'),
  never('an event of another chaincode', TRANSACTION, 'event.getChaincodeId() !== chaincode', 'v-event'),
  never('a read that changed', MVCC, '!publicReadsHold', '84-later'),
  drop('a read of what the block wrote', MVCC, 'this.updates.getPublic(namespace, key) === undefined &&', '', '84'),
  drop(
    'the version of a read',
    MVCC,
    'sameVersion(this.#state.getPublic(namespace, key)?.version, fromProto(read.getVersion()))',
    'true',
    '84-later',
  ),
  never(
    'a phantom',
    MVCC,
    '!kv.getRangeQueriesInfoList().every((info) => sameResults(info, this.#scan(namespace, info)))',
    '86-later',
  ),
  drop(
    'a private read that changed',
    MVCC,
    'return hashedReadsHold ? TxCode.VALID : TxCode.MVCC_READ_CONFLICT;',
    'return TxCode.VALID;',
    '89-later',
  ),
  drop(
    'a private read of what the block wrote',
    MVCC,
    'this.updates.getHashed(namespace, name, keyHash) === undefined &&',
    '',
    '89',
  ),
  drop(
    'the end of a scan',
    MVCC,
    "exhausted ? end === '' || compareKeys(key, end) < 0 : compareKeys(key, end) <= 0",
    "end === '' || compareKeys(key, end) < 0",
    '87*',
  ),
  drop('scans of what the block wrote', MVCC, 'this.updates.publicKeys.get(namespace) ?? []', '[] as never[]', '86'),
  never('deletes', MVCC, 'value === null', '72'),
  drop(
    'metadata kept by a write',
    MVCC,
    'metadata: metadata ?? latest?.metadata, version',
    'metadata, version',
    'x-delete-metadata',
  ),
  never('no policy at all', POLICY, '!holds', '16'),
  never('a policy that changed in the block', POLICY, 'changed.has(keyId(namespace, collection, key))', '92'),
  drop('key policies', POLICY, 'require(own ??', 'require((undefined as typeof own) ??', '90'),
  drop('policies of collections', POLICY, 'this.#collectionPolicy(namespace, collection) ??', '', '94'),
  never('a transaction without writes', POLICY, 'satisfied.size === 0', '96'),
  drop(
    'policies of callees',
    POLICY,
    'new Set([transaction.chaincode, ...written])',
    'new Set([transaction.chaincode])',
    '96-callee-writes',
  ),
  drop(
    'the policy of the called chaincode',
    POLICY,
    'new Set([transaction.chaincode, ...written])',
    'new Set(written)',
    '96-nothing,64-silent',
  ),
  drop(
    'an empty key policy counts',
    POLICY,
    'parameter && parameter.length > 0 ? parameter : undefined',
    'parameter',
    '93-empty',
  ),
  never('an undefined namespace', POLICY, '!policy', 'v-namespace-unknown'),
  never('an unsigned envelope', SUBMIT, 'envelope.getSignature_asU8().length === 0', '28'),
  never('another channel', SUBMIT, 'request.getChannelId() !== network.channel.name', '14'),
  never('a refusal of the orderer', SUBMIT, 'code >= 400 && code < 500', '29'),
  never('anybody asks for a status', SUBMIT, 'refusal !== undefined', '33,33-foreign'),
  never('a status without a channel', SUBMIT, "request.getChannelId() === ''", '32-channel'),
  never('a status without a transaction', SUBMIT, "request.getTransactionId() === ''", '32'),
  never('too few endorsements', ENDORSE, '!plan.isComplete', '7,8'),
  never('unknown organisations', ENDORSE, 'peers.length < found.length', '15'),
  never('transient data to anybody', ENDORSE, 'proposal.hasTransient', '17'),
  drop(
    'transient data to endorsers outside of a collection',
    ENDORSE,
    'proposal.hasTransient ? planProtected(network, needed) : plan(network, needed)',
    'plan(network, needed)',
    '19',
  ),
  drop('organisations named twice', ENDORSE, '[...new Set(named)].map(', '[...named].map(', '22-named'),
  drop('any endorsement', MEMBERSHIP, ' && identity.verify(data, signature)', '', 'v-changed,v-endorsement-bad'),
  drop('any number of roles', MEMBERSHIP, 'roles.length === 1 ? roles[0] : undefined', 'roles[0]', '42-two'),
  drop('no role', MEMBERSHIP, 'valid: role !== undefined && ', 'valid: ', '42'),
  drop('certificates of authorities', MEMBERSHIP, '!certificate.isAuthority && ', '', '42-authority'),
  never('certificates of nobody', MEMBERSHIP, '!certificate || !authority', '36-self'),
];
