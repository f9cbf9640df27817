/** Mutants of the checks at commit: form, endorsements, conflicts, identities. */
import { mutantsOf, type Mutant } from './mutant.js';

const transaction = mutantsOf('ledger/transaction.ts');
const chain = mutantsOf('ledger/chain.ts');
const peerLedger = mutantsOf('peer/peerLedger.ts');
const mvcc = mutantsOf('ledger/mvcc.ts');
const range = mutantsOf('ledger/rangeQuery.ts');
const policy = mutantsOf('ledger/endorsementCheck.ts');
const rules = mutantsOf('identity/policy.ts');
const membership = mutantsOf('identity/membership.ts');
const certificate = mutantsOf('identity/certificate.ts');
const signature = mutantsOf('identity/ecdsa.ts');

export const COMMITTER: readonly Mutant[] = [
  transaction.never(
    'any transaction id at commit',
    'channelHeader.getTxId() !== transactionId(signatureHeader)',
    'blocks',
  ),
  transaction.never('a transaction id of the ledger again', 'isKnown(channelHeader.getTxId())', 'blocks'),
  transaction.drop('any header type at commit', '!isEndorserTransaction || ', '', 'blocks'),
  transaction.drop('any epoch at commit', 'channelHeader.getEpoch() !== 0 || ', '', 'blocks'),
  transaction.drop(
    'no nonce in the header',
    ' || !isComplete(signatureHeader)) {\n    throw new InvalidTransaction(TxCode.BAD_COMMON_HEADER',
    ') {\n    throw new InvalidTransaction(TxCode.BAD_COMMON_HEADER',
    'v-nonce',
  ),
  transaction.never('more than one action', '!action || actions.length !== 1', 'blocks'),
  transaction.drop('two actions', '|| actions.length !== 1', '', 'blocks'),
  transaction.drop(
    'no nonce and no creator in the action',
    '!isComplete(signatureHeader) || !hash',
    '!hash',
    'v-action-nonce,v-action-creator',
  ),
  transaction.drop(
    'no creator in the action',
    ' && signatureHeader.getCreator_asU8().length > 0',
    '',
    'v-action-creator',
  ),
  transaction.drop('any proposal hash', '!hash.equals(response.getProposalHash_asU8())', 'false', 'blocks'),
  transaction.never(
    'a namespace twice',
    'new Set(namespaces.map(({ namespace }) => namespace)).size !== namespaces.length',
    'blocks',
  ),
  transaction.drop('any chaincode name', 'asked.getName() !== endorsed.getName() || ', '', 'blocks'),
  transaction.drop('no chaincode version', " || endorsed.getVersion() === ''", '', 'blocks'),
  transaction.drop('no chaincode id in the header', '!asked || !endorsed', '!endorsed', 'blocks'),
  transaction.drop('no chaincode id in the response', '!asked || !endorsed', '!asked', 'blocks'),
  transaction.never('an event of another chaincode', 'event.getChaincodeId() !== chaincode', 'blocks'),
  chain.never('a transaction twice in a block', 'seen.has(outcome.txId)', 'blocks'),
  chain.drop('any endorsements', 'this.#check.check(transaction, changed);', '', 'blocks'),
  chain.never('conflicts of the unendorsed', 'outcome.code !== TxCode.VALID || !outcome.transaction', 'blocks'),
  chain.drop('the last code of a transaction', ' && !this.#statuses.has(txId)', '', 'g-twice,83'),
  chain.always('a hash that a later write gave more time', 'before.version.block === written', 'ttl-again'),
  chain.drop('hashes that stay for ever', 'this.#schedule(number, updates);', '', '77'),
  peerLedger.drop('values that stay for ever', 'this.#expire(number);', '', 'ttl-range'),
  peerLedger.drop('what goes soon is asked for', 'this.#isSoonGone(request) ? [] : ', '', 'ttl-unsent'),
  mvcc.never('a read that changed', '!publicReadsHold', 'blocks'),
  mvcc.drop('a read of what the block wrote', "this.updates.get(namespace, '', key) === undefined &&", '', 'blocks'),
  mvcc.always(
    'the version of a read',
    'sameVersion(this.#state.getPublic(namespace, key)?.version, fromProto(read.getVersion()))',
    'blocks',
  ),
  mvcc.never(
    'a phantom',
    '!kv.getRangeQueriesInfoList().every((info) => sameResults(info, this.#scan(namespace, info)))',
    'blocks',
  ),
  mvcc.drop(
    'a private read that changed',
    'return hashedReadsHold ? TxCode.VALID : TxCode.MVCC_READ_CONFLICT;',
    'return TxCode.VALID;',
    'blocks',
  ),
  mvcc.drop(
    'a private read of what the block wrote',
    'this.updates.get(namespace, name, keyHash) === undefined &&',
    '',
    'blocks',
  ),
  mvcc.always(
    'the version of a private read',
    'sameVersion(this.#state.getHashed(namespace, name, keyHash)?.version, fromProto(read.getVersion()))',
    'blocks',
  ),
  mvcc.drop(
    'the end of a scan',
    "exhausted ? end === '' || compareKeys(key, end) < 0 : compareKeys(key, end) <= 0",
    "end === '' || compareKeys(key, end) < 0",
    'blocks',
  ),
  mvcc.drop(
    'the end of a scan that was left',
    "exhausted ? end === '' || compareKeys(key, end) < 0 : compareKeys(key, end) <= 0",
    'compareKeys(key, end) <= 0',
    'blocks',
  ),
  mvcc.drop(
    'scans of what the block wrote',
    "this.updates.changes.get(collectionId(namespace, '')) ?? []",
    '[] as never[]',
    'blocks',
  ),
  mvcc.drop(
    'scans of what the block wrote elsewhere',
    'compareKeys(key, start) >= 0 && beforeEnd(key)',
    'true',
    'blocks',
  ),
  mvcc.never('deletes', 'value === null', 'blocks'),
  mvcc.drop('writes of nothing', 'isDelete || value.length === 0 ? null', 'isDelete ? null', 'v-empty-value'),
  mvcc.drop('metadata kept by a write', 'metadata ?? before?.metadata', 'metadata', 'blocks'),
  mvcc.drop(
    'metadata of what does not exist',
    'else if (before?.value) {\n        this.updates.set(namespace, collection, key, { value: before.value,',
    'else {\n        this.updates.set(namespace, collection, key, { value: before?.value ?? new Uint8Array(),',
    'blocks',
  ),
  range.drop('a scan with fewer rows', 'return index === reads.length;', 'return true;', 'blocks'),
  range.always(
    'a scan with other rows',
    'read?.getKey() !== key || !sameVersion(fromProto(read.getVersion()), version)',
    'blocks',
  ),
  range.drop(
    'a long scan',
    'return now !== undefined && Buffer.from(now.serializeBinary()).equals(summary.serializeBinary());',
    'return true;',
    'blocks',
  ),
  policy.never('no policy at all', '!holds', 'blocks'),
  policy.never('a policy that changed in the block', 'changed.has(keyId(namespace, collection, key))', 'blocks'),
  policy.drop('policies that change', 'policyChanges(namespace, set).forEach((id) => changed.add(id));', '', 'blocks'),
  policy.drop('key policies', 'require(own ??', 'require((undefined as typeof own) ??', 'blocks'),
  policy.drop('policies of collections', 'this.#collectionPolicy(namespace, collection) ??', '', 'blocks'),
  policy.drop(
    'policies of implicit collections',
    'if (owner !== undefined) {\n      const policy',
    'if (owner !== undefined) {\n      return undefined;\n      const policy',
    'blocks',
  ),
  policy.never('a transaction without writes', 'satisfied.size === 0', 'blocks'),
  policy.drop(
    'policies of callees',
    'new Set([transaction.chaincode, ...written])',
    'new Set([transaction.chaincode])',
    'blocks',
  ),
  policy.drop(
    'policies of callees that only read',
    'transaction.namespaces.filter(writesAnything)',
    'transaction.namespaces',
    'blocks',
  ),
  policy.drop(
    'the policy of the called chaincode',
    'new Set([transaction.chaincode, ...written])',
    'new Set(written)',
    'blocks',
  ),
  policy.drop(
    'an empty key policy counts',
    'parameter && parameter.length > 0 ? parameter : undefined',
    'parameter',
    '93-empty',
  ),
  policy.drop(
    'hashed metadata is under no policy',
    '[...hashed.getHashedWritesList(), ...hashed.getMetadataWritesList()].map',
    '[...hashed.getHashedWritesList()].map',
    'blocks,random-*',
  ),
  policy.drop(
    'metadata is under no policy',
    '[...kv.getWritesList(), ...kv.getMetadataWritesList()]',
    '[...kv.getWritesList()]',
    'blocks',
  ),
  policy.drop(
    'an undefined namespace',
    'if (!policy) {\n        throw new InvalidTransaction',
    'if (false) {\n        throw new InvalidTransaction',
    'blocks',
  ),
  policy.drop(
    'an unusable key policy',
    'throw new InvalidTransaction(TxCode.ENDORSEMENT_POLICY_FAILURE, `policy of ${key} is unusable: ${String(error)}`);',
    'return undefined;',
    '93-unlisted',
  ),
  rules.drop(
    'a signature counts twice',
    '!used[position] && principal(signer)',
    'principal(signer)',
    '90-two-of-one,90-taken',
  ),
  rules.drop(
    'a rule that fails keeps what it took',
    'const attempt = [...used];',
    'const attempt = used;',
    '90-given-back',
  ),
  rules.drop('any number of rules', 'return satisfied >= n;', 'return satisfied >= Math.min(n, 1);', 'blocks'),
  rules.drop('any role', '(role === undefined || identity.role === role)', 'true', 'blocks'),
  rules.drop('any organisation', 'identity.valid && identity.mspId === mspId', 'identity.valid', 'blocks'),
  rules.drop('any role of an organisation', 'roles.some((role) => signer.role === role)', 'true', '94-implicit-client'),
  rules.drop(
    'fewer organisations than a majority',
    '.length >= count',
    '.length >= Math.min(count, 1)',
    'v-lifecycle,blocks',
  ),
  membership.drop('any endorsement', ' && identity.verify(data, signature)', '', 'blocks'),
  membership.drop(
    'an endorser twice',
    ' && !found.has(identity.key) && identity.verify(data, signature)) {\n        found.set(identity.key, identity)',
    ' && identity.verify(data, signature)) {\n        found.set(String(found.size), identity)',
    '90-same-twice',
  ),
  membership.drop('any number of roles', 'roles.length === 1 ? roles[0] : undefined', 'roles[0]', '42-two'),
  membership.drop('no role', 'valid: role !== undefined && ', 'valid: ', '42'),
  membership.drop('certificates of authorities', '!certificate.isAuthority && ', '', '42-authority'),
  membership.never('certificates of nobody', '!certificate || !authority', '36-self'),
  certificate.drop(
    'certificates that an authority of this name did not sign',
    'certificate.x509.verify(authority.publicKey)',
    'true',
    '36-named',
  ),
  certificate.drop(
    'certificates of other authorities',
    'certificate.x509.checkIssued(authority.x509) &&\n',
    '',
    '36-misnamed',
  ),
  signature.drop('the high one of two signatures', ' || toBigInt(numbers.s) > curve.order / 2n', '', '37'),
  signature.drop(
    'any signature',
    "return verify('sha256', data, { key, dsaEncoding: 'der' }, encoded(TAG.sequence, numbers.r.whole, numbers.s.whole));",
    'return true;',
    '35',
  ),
];
