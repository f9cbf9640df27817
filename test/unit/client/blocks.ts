/** Blocks as a peer answers them through qscc, made by hand: for listeners that hold an event against one. */
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';

const { kvrwset, CollectionHashedReadWriteSet, NsReadWriteSet, TxReadWriteSet } = ledger.rwset;

/** What a transaction in a block is made of. */
export interface Made {
  readonly transactionId: string;
  readonly creatorMspId: string;
  readonly chaincode: string;
  readonly name: string;
  readonly payload: Uint8Array;
  /** Organisations whose books take a value. */
  readonly writes: readonly string[];
  /** Organisations in whose books only the policy of a key changes. */
  readonly policies?: readonly string[];
  /** Organisations whose books are only read. */
  readonly reads?: readonly string[];
  readonly code?: number;
  /** Of the header; a transaction of a chaincode where left out. */
  readonly type?: number;
  /** How many actions; Fabric allows one. */
  readonly actions?: number;
}

/** A block with these transactions; bytes stand for an envelope that is none. */
export function blockOf(transactions: readonly (Made | Uint8Array)[]): Uint8Array {
  const block = new common.Block();
  const data = new common.BlockData();
  data.setDataList(transactions.map((each) => (each instanceof Uint8Array ? each : envelopeOf(each))));
  block.setData(data);
  const filter = transactions.map((each) => (each instanceof Uint8Array ? 0 : (each.code ?? 0)));
  const metadata = new common.BlockMetadata();
  metadata.setMetadataList([new Uint8Array(), new Uint8Array(), Uint8Array.from(filter)]);
  block.setMetadata(metadata);
  return block.serializeBinary();
}

function envelopeOf(made: Made): Uint8Array {
  const channel = new common.ChannelHeader();
  channel.setType(made.type ?? common.HeaderType.ENDORSER_TRANSACTION);
  channel.setTxId(made.transactionId);
  const creator = new msp.SerializedIdentity();
  creator.setMspid(made.creatorMspId);
  const signature = new common.SignatureHeader();
  signature.setCreator(creator.serializeBinary());
  const header = new common.Header();
  header.setChannelHeader(channel.serializeBinary());
  header.setSignatureHeader(signature.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(transactionOf(made));
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope.serializeBinary();
}

function transactionOf(made: Made): Uint8Array {
  const result = new peer.ChaincodeAction();
  result.setEvents(eventOf(made));
  result.setResults(resultsOf(made));
  const answer = new peer.ProposalResponsePayload();
  answer.setExtension$(result.serializeBinary());
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(answer.serializeBinary());
  const body = new peer.ChaincodeActionPayload();
  body.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setPayload(body.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList(Array.from({ length: made.actions ?? 1 }, () => action));
  return transaction.serializeBinary();
}

function eventOf({ chaincode, transactionId, name, payload }: Made): Uint8Array {
  const event = new peer.ChaincodeEvent();
  event.setChaincodeId(chaincode);
  event.setTxId(transactionId);
  event.setEventName(name);
  event.setPayload(payload);
  return event.serializeBinary();
}

function resultsOf({ chaincode, writes, policies = [], reads = [] }: Made): Uint8Array {
  const set = new NsReadWriteSet();
  set.setNamespace(chaincode);
  const of = (mspId: string, fill: (hashed: ledger.rwset.kvrwset.HashedRWSet) => void): void => {
    const hashed = new kvrwset.HashedRWSet();
    fill(hashed);
    const collection = new CollectionHashedReadWriteSet();
    collection.setCollectionName(`_implicit_org_${mspId}`);
    collection.setHashedRwset(hashed.serializeBinary());
    set.addCollectionHashedRwset(collection);
  };
  for (const mspId of writes) of(mspId, (hashed) => void hashed.addHashedWrites());
  for (const mspId of policies) of(mspId, (hashed) => void hashed.addMetadataWrites());
  for (const mspId of reads) of(mspId, (hashed) => void hashed.addHashedReads());
  const results = new TxReadWriteSet();
  results.setNsRwsetList([set]);
  return results.serializeBinary();
}
