/** Endorsed transactions taken apart and put together again, rightly or wrongly. */
import { createHash } from 'node:crypto';
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { EMPTY } from './messages.js';
import type { Identity } from './identity.js';

const { kvrwset, TxReadWriteSet } = ledger.rwset;

/** Every layer of an envelope's payload; change what a case wants wrong and `seal` it. */
export class OpenEnvelope {
  readonly payload: common.Payload;
  readonly channelHeader: common.ChannelHeader;
  readonly signatureHeader: common.SignatureHeader;
  readonly transaction: peer.Transaction;
  readonly actionPayload: peer.ChaincodeActionPayload;
  readonly action: peer.ChaincodeEndorsedAction;
  readonly response: peer.ProposalResponsePayload;
  readonly chaincodeAction: peer.ChaincodeAction;
  /** In place of the serialized response payload. */
  rawResponse: Uint8Array | undefined;
  /** In place of the serialized chaincode action. */
  rawAction: Uint8Array | undefined;
  /** In place of the serialized read-write set. */
  rawResults: Uint8Array | undefined;
  #rwset: ledger.rwset.TxReadWriteSet | undefined;

  constructor(envelope: common.Envelope) {
    this.payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const header = this.payload.getHeader();
    this.channelHeader = common.ChannelHeader.deserializeBinary(header?.getChannelHeader_asU8() ?? EMPTY);
    this.signatureHeader = common.SignatureHeader.deserializeBinary(header?.getSignatureHeader_asU8() ?? EMPTY);
    this.transaction = peer.Transaction.deserializeBinary(this.payload.getData_asU8());
    const [first] = this.transaction.getActionsList();
    this.actionPayload = peer.ChaincodeActionPayload.deserializeBinary(first?.getPayload_asU8() ?? EMPTY);
    this.action = this.actionPayload.getAction() ?? new peer.ChaincodeEndorsedAction();
    this.response = peer.ProposalResponsePayload.deserializeBinary(this.action.getProposalResponsePayload_asU8());
    this.chaincodeAction = peer.ChaincodeAction.deserializeBinary(this.response.getExtension_asU8());
  }

  get rwset(): ledger.rwset.TxReadWriteSet {
    this.#rwset ??= TxReadWriteSet.deserializeBinary(this.chaincodeAction.getResults_asU8());
    return this.#rwset;
  }

  get responseBytes(): Uint8Array {
    const results = this.rawResults ?? this.#rwset?.serializeBinary();
    if (results !== undefined) this.chaincodeAction.setResults(results);
    this.response.setExtension$(this.rawAction ?? this.chaincodeAction.serializeBinary());
    return this.rawResponse ?? this.response.serializeBinary();
  }

  /** Lets the response be one to the proposal as it stands now. */
  rehash(): void {
    const hash = createHash('sha256')
      .update(this.channelHeader.serializeBinary())
      .update(this.transaction.getActionsList()[0]?.getHeader_asU8() ?? EMPTY)
      .update(this.actionPayload.getChaincodeProposalPayload_asU8());
    this.response.setProposalHash(hash.digest());
  }

  /** Endorsements by these, over the response as it stands. */
  endorseBy(...endorsers: readonly Identity[]): void {
    const bytes = this.responseBytes;
    this.action.setEndorsementsList(
      endorsers.map((endorser) => {
        const endorsement = new peer.Endorsement();
        endorsement.setEndorser(endorser.bytes);
        endorsement.setSignature(endorser.sign(Buffer.concat([bytes, endorser.bytes])));
        return endorsement;
      }),
    );
  }

  /** All layers serialized, as the payload of an envelope. */
  seal(): Uint8Array {
    this.action.setProposalResponsePayload(this.responseBytes);
    this.actionPayload.setAction(this.action);
    const [first] = this.transaction.getActionsList();
    first?.setPayload(this.actionPayload.serializeBinary());
    const header = this.payload.getHeader();
    header?.setChannelHeader(this.channelHeader.serializeBinary());
    header?.setSignatureHeader(this.signatureHeader.serializeBinary());
    this.payload.setData(this.transaction.serializeBinary());
    return this.payload.serializeBinary();
  }
}

/** How a version is named: its numbers differ from run to run. */
export type NameVersion = (version: ledger.rwset.kvrwset.Version | undefined) => string;

const seen: NameVersion = (version) => (version === undefined ? 'absent' : 'present');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

function rangeOf(query: ledger.rwset.kvrwset.RangeQueryInfo): object {
  const raw = query.getRawReads();
  const merkle = query.getReadsMerkleHashes();
  return {
    start: query.getStartKey(),
    end: query.getEndKey(),
    exhausted: query.getItrExhausted(),
    ...(raw === undefined ? {} : { rawReads: raw.getKvReadsList().map((read) => read.getKey()) }),
    ...(merkle === undefined
      ? {}
      : {
          merkle: [merkle.getMaxDegree(), merkle.getMaxLevel(), merkle.getMaxLevelHashesList().length],
        }),
  };
}

function publicOf(bytes: Uint8Array, name: NameVersion): object {
  const set = kvrwset.KVRWSet.deserializeBinary(bytes);
  return {
    reads: set.getReadsList().map((read) => `${read.getKey()} ${name(read.getVersion())}`),
    ranges: set.getRangeQueriesInfoList().map(rangeOf),
    writes: set
      .getWritesList()
      .map((write) => `${write.getKey()} ${write.getIsDelete() ? 'deleted' : `= ${text(write.getValue_asU8())}`}`),
    metadata: set.getMetadataWritesList().map((write) => ({
      key: write.getKey(),
      entries: write.getEntriesList().map((entry) => entry.getName()),
    })),
  };
}

function hashedOf(each: ledger.rwset.CollectionHashedReadWriteSet, name: NameVersion): object {
  const set = kvrwset.HashedRWSet.deserializeBinary(each.getHashedRwset_asU8());
  return {
    collection: each.getCollectionName(),
    reads: set.getHashedReadsList().map((read) => `${hex(read.getKeyHash_asU8())} ${name(read.getVersion())}`),
    writes: set.getHashedWritesList().map((write) => ({
      key: hex(write.getKeyHash_asU8()),
      value: hex(write.getValueHash_asU8()),
      ...(write.getIsDelete() ? { deleted: true } : {}),
      ...(write.getIsPurge() ? { purged: true } : {}),
    })),
    metadata: set.getMetadataWritesList().map((write) => ({
      key: hex(write.getKeyHash_asU8()),
      entries: write.getEntriesList().map((entry) => entry.getName()),
    })),
  };
}

/** The read-write set in a form that people can read and that is the same at every run. */
export function rwsetOf(envelope: common.Envelope, name: NameVersion = seen): readonly object[] {
  return new OpenEnvelope(envelope).rwset.getNsRwsetList().map((each) => ({
    namespace: each.getNamespace(),
    ...publicOf(each.getRwset_asU8(), name),
    collections: each.getCollectionHashedRwsetList().map((set) => hashedOf(set, name)),
  }));
}
