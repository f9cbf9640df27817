/** Blocks taken apart: what everybody on the channel can read of a transaction. */
import { X509Certificate } from 'node:crypto';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';

/** A write that the block shows in clear. */
export interface PublicWrite {
  readonly namespace: string;
  readonly key: string;
  readonly value: Buffer;
}

/** A write into a collection: the block shows hashes only. */
export interface HashedWrite {
  readonly namespace: string;
  readonly collection: string;
  /** Hex. */
  readonly keyHash: string;
  /** Hex; empty for a delete and for a write of the key's policy alone. */
  readonly valueHash: string;
  readonly kind: 'put' | 'delete' | 'policy';
}

/** A read that the block shows in clear. */
export interface PublicRead {
  readonly namespace: string;
  readonly key: string;
}

/** One endorsement. */
export interface Endorser {
  readonly mspId: string;
  /** Organisational units of the certificate: the role. */
  readonly units: readonly string[];
}

/** A transaction of a chaincode, as in the block. */
export interface BlockTransaction {
  readonly id: string;
  readonly blockNumber: number;
  /** Name of the validation code. */
  readonly validation: string;
  readonly chaincode: string;
  /** Function name and arguments. */
  readonly args: readonly string[];
  readonly creatorMspId: string;
  readonly endorsers: readonly Endorser[];
  readonly response: string;
  readonly event: { readonly name: string; readonly payload: string } | undefined;
  readonly publicReads: readonly PublicRead[];
  readonly publicWrites: readonly PublicWrite[];
  readonly hashedWrites: readonly HashedWrite[];
  /** Collections of which hashes were read. */
  readonly hashedReads: readonly { readonly collection: string; readonly keyHash: string }[];
}

const { kvrwset, TxReadWriteSet } = ledger.rwset;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const CODES = new Map(Object.entries(peer.TxValidationCode).map(([name, code]) => [code as number, name]));

/** The transactions of chaincodes in a block; configuration is left out. */
export function transactionsOf(blockBytes: Uint8Array): BlockTransaction[] {
  const block = common.Block.deserializeBinary(blockBytes);
  const codes =
    block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
  const blockNumber = block.getHeader()?.getNumber() ?? 0;
  const envelopes = block.getData()?.getDataList_asU8() ?? [];
  return envelopes.flatMap((bytes, index) => {
    const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(bytes).getPayload_asU8());
    const header = common.ChannelHeader.deserializeBinary(
      payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
    );
    if (header.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return [];
    const validation = CODES.get(codes[index] ?? -1) ?? 'NOT_VALIDATED';
    return actionsOf(payload).map((action) => ({ id: header.getTxId(), blockNumber, validation, ...action }));
  });
}

type Action = Omit<BlockTransaction, 'id' | 'blockNumber' | 'validation'>;

function actionsOf(payload: common.Payload): Action[] {
  const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8());
  const creator = common.SignatureHeader.deserializeBinary(
    payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array(),
  );
  return transaction.getActionsList().map((action) => {
    const body = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
    const endorsed = body.getAction();
    const result = peer.ChaincodeAction.deserializeBinary(
      peer.ProposalResponsePayload.deserializeBinary(
        endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
      ).getExtension_asU8(),
    );
    return {
      chaincode: result.getChaincodeId()?.getName() ?? '',
      args: argsOf(body),
      creatorMspId: mspIdOf(creator.getCreator_asU8()),
      endorsers: (endorsed?.getEndorsementsList() ?? []).map((each) => endorserOf(each.getEndorser_asU8())),
      response: text(result.getResponse()?.getPayload_asU8() ?? new Uint8Array()),
      event: eventOf(result.getEvents_asU8()),
      ...setsOf(result.getResults_asU8()),
    };
  });
}

function argsOf(body: peer.ChaincodeActionPayload): string[] {
  const proposal = peer.ChaincodeProposalPayload.deserializeBinary(body.getChaincodeProposalPayload_asU8());
  const spec = peer.ChaincodeInvocationSpec.deserializeBinary(proposal.getInput_asU8());
  return (spec.getChaincodeSpec()?.getInput()?.getArgsList_asU8() ?? []).map(text);
}

const mspIdOf = (identity: Uint8Array): string => msp.SerializedIdentity.deserializeBinary(identity).getMspid();

function endorserOf(identity: Uint8Array): Endorser {
  const parsed = msp.SerializedIdentity.deserializeBinary(identity);
  const { subject } = new X509Certificate(parsed.getIdBytes_asU8());
  const units = subject.split('\n').flatMap((part) => (part.startsWith('OU=') ? [part.slice(3)] : []));
  return { mspId: parsed.getMspid(), units };
}

function eventOf(bytes: Uint8Array): BlockTransaction['event'] {
  if (bytes.length === 0) return undefined;
  const event = peer.ChaincodeEvent.deserializeBinary(bytes);
  return { name: event.getEventName(), payload: text(event.getPayload_asU8()) };
}

type Sets = Pick<BlockTransaction, 'publicReads' | 'publicWrites' | 'hashedWrites' | 'hashedReads'>;

function setsOf(results: Uint8Array): Sets {
  const namespaces = TxReadWriteSet.deserializeBinary(results)
    .getNsRwsetList()
    .map((each) => ({
      namespace: each.getNamespace(),
      each,
      kv: kvrwset.KVRWSet.deserializeBinary(each.getRwset_asU8()),
    }));
  const collections = namespaces.flatMap(({ namespace, each }) =>
    each.getCollectionHashedRwsetList().map((set) => ({
      namespace,
      collection: set.getCollectionName(),
      hashed: kvrwset.HashedRWSet.deserializeBinary(set.getHashedRwset_asU8()),
    })),
  );
  return {
    publicReads: namespaces.flatMap(({ namespace, kv }) =>
      kv.getReadsList().map((read) => ({ namespace, key: read.getKey() })),
    ),
    publicWrites: namespaces.flatMap(({ namespace, kv }) => [
      ...kv
        .getWritesList()
        .map((write) => ({ namespace, key: write.getKey(), value: Buffer.from(write.getValue_asU8()) })),
      ...kv.getMetadataWritesList().map((write) => ({ namespace, key: write.getKey(), value: Buffer.alloc(0) })),
    ]),
    hashedWrites: collections.flatMap(({ namespace, collection, hashed }) =>
      hashedWritesOf(namespace, collection, hashed),
    ),
    hashedReads: collections.flatMap(({ collection, hashed }) =>
      hashed.getHashedReadsList().map((read) => ({ collection, keyHash: hex(read.getKeyHash_asU8()) })),
    ),
  };
}

function hashedWritesOf(namespace: string, collection: string, set: ledger.rwset.kvrwset.HashedRWSet): HashedWrite[] {
  const values = set.getHashedWritesList().map((write): HashedWrite => ({
    ...{ namespace, collection, keyHash: hex(write.getKeyHash_asU8()), valueHash: hex(write.getValueHash_asU8()) },
    kind: write.getIsDelete() ? 'delete' : 'put',
  }));
  const policies = set.getMetadataWritesList().map((write): HashedWrite => ({
    ...{ namespace, collection, keyHash: hex(write.getKeyHash_asU8()), valueHash: '' },
    kind: 'policy',
  }));
  return [...values, ...policies];
}
