// What a chaincode may ask of its peer during a transaction, by type of message; each answers with the response payload.
import { peer } from '@hyperledger/fabric-protos';
import type { Metadata } from '../ledger/state.js';
import type { TransactionContext } from './context.js';

export type MessageType = peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap];
export const MessageType = peer.ChaincodeMessage.Type;

/** Throws with the text that the chaincode is to see. */
type Request = (context: TransactionContext, payload: Uint8Array) => Uint8Array | Promise<Uint8Array> | undefined;

const NOTHING = new Uint8Array();

/** Requests that the devnet answers. A type that is missing here is refused by its name. */
export const REQUESTS: ReadonlyMap<MessageType, Request> = new Map<MessageType, Request>([
  [MessageType.GET_STATE, getState],
  [MessageType.GET_STATE_MULTIPLE, getStates],
  [MessageType.GET_PRIVATE_DATA_HASH, getPrivateDataHash],
  [MessageType.PUT_STATE, writing((payload) => peer.PutState.deserializeBinary(payload), putState)],
  [MessageType.DEL_STATE, writing((payload) => peer.DelState.deserializeBinary(payload), deleteState)],
  [MessageType.PURGE_PRIVATE_DATA, writing((payload) => peer.DelState.deserializeBinary(payload), purge)],
  [MessageType.GET_STATE_METADATA, getStateMetadata],
  [
    MessageType.PUT_STATE_METADATA,
    writing((payload) => peer.PutStateMetadata.deserializeBinary(payload), putStateMetadata),
  ],
  [MessageType.WRITE_BATCH_STATE, writing((payload) => peer.WriteBatchState.deserializeBinary(payload), writeBatch)],
  [MessageType.GET_STATE_BY_RANGE, getStateByRange],
  [
    MessageType.QUERY_STATE_NEXT,
    (context, payload) => context.next(peer.QueryStateNext.deserializeBinary(payload).getId()),
  ],
  [
    MessageType.QUERY_STATE_CLOSE,
    (context, payload) => context.close(peer.QueryStateClose.deserializeBinary(payload).getId()),
  ],
  [MessageType.GET_QUERY_RESULT, refuseRichQuery],
  [MessageType.GET_HISTORY_FOR_KEY, getHistory],
  [MessageType.INVOKE_CHAINCODE, (context, payload) => context.invoke(payload)],
]);

function getState(context: TransactionContext, payload: Uint8Array): Uint8Array | undefined {
  const request = peer.GetState.deserializeBinary(payload);
  const { namespace, simulator } = context;
  const [collection, key] = [request.getCollection(), request.getKey()];
  if (collection === '') return simulator.getState(namespace, key);
  context.requirePermission(collection, 'read');
  return simulator.getPrivate(namespace, collection, key);
}

function getStates(context: TransactionContext, payload: Uint8Array): Uint8Array {
  const request = peer.GetStateMultiple.deserializeBinary(payload);
  const result = new peer.GetStateMultipleResult();
  result.setValuesList(
    readMany(context, request.getCollection(), request.getKeysList()).map((value) => value ?? NOTHING),
  );
  return result.serializeBinary();
}

function readMany(
  context: TransactionContext,
  collection: string,
  keys: readonly string[],
): (Uint8Array | undefined)[] {
  const { namespace, simulator } = context;
  if (collection === '') return keys.map((key) => simulator.getState(namespace, key));
  context.requirePermission(collection, 'read');
  return simulator.getPrivateMany(namespace, collection, keys);
}

/** Hashes are open to everybody: no permission is asked for. */
function getPrivateDataHash(context: TransactionContext, payload: Uint8Array): Uint8Array | undefined {
  const { namespace, simulator } = context;
  const request = peer.GetState.deserializeBinary(payload);
  context.refuseInit();
  return simulator.getPrivateHash(namespace, request.getCollection(), request.getKey());
}

function writing<Message>(
  decode: (payload: Uint8Array) => Message,
  perform: (context: TransactionContext, message: Message) => void,
): Request {
  return (context, payload) => {
    perform(context, decode(payload));
    return undefined;
  };
}

/** The part of a write's message that says where it goes. */
interface Target {
  getCollection(): string;
  getKey(): string;
}

function putState(context: TransactionContext, request: Target & Pick<peer.PutState, 'getValue_asU8'>): void {
  write(context, request.getCollection(), request.getKey(), Buffer.from(request.getValue_asU8()));
}

function deleteState(context: TransactionContext, request: Target): void {
  write(context, request.getCollection(), request.getKey(), NOTHING);
}

type WriteOne = (context: TransactionContext, record: peer.WriteRecord) => void;

const RECORDS: ReadonlyMap<number, WriteOne> = new Map<number, WriteOne>([
  [peer.WriteRecord.Type.PUT_STATE, putState],
  [peer.WriteRecord.Type.DEL_STATE, deleteState],
  [peer.WriteRecord.Type.PURGE_PRIVATE_DATA, purge],
  [peer.WriteRecord.Type.PUT_STATE_METADATA, putStateMetadata],
]);

function writeBatch(context: TransactionContext, batch: peer.WriteBatchState): void {
  for (const record of batch.getRecList()) {
    const perform = RECORDS.get(record.getType());
    if (!perform) {
      throw new Error('unknown operation type');
    }
    perform(context, record);
  }
}

function write(context: TransactionContext, collection: string, key: string, value: Uint8Array): void {
  if (collection === '') {
    context.simulator.setState(context.namespace, key, value);
    return;
  }
  context.requirePermission(collection, 'write');
  context.simulator.setPrivate(context.namespace, collection, key, value);
}

function purge(context: TransactionContext, request: Target): void {
  const collection = request.getCollection();
  if (collection === '') {
    throw new Error('only applicable for private data');
  }
  context.requirePermission(collection, 'write');
  context.simulator.setPrivate(context.namespace, collection, request.getKey(), NOTHING, true);
}

function getStateMetadata(context: TransactionContext, payload: Uint8Array): Uint8Array {
  const request = peer.GetStateMetadata.deserializeBinary(payload);
  const result = new peer.StateMetadataResult();
  result.setEntriesList(
    [...readMetadata(context, request.getCollection(), request.getKey())].map(([name, value]) => {
      const entry = new peer.StateMetadata();
      entry.setMetakey(name);
      entry.setValue(value);
      return entry;
    }),
  );
  return result.serializeBinary();
}

function readMetadata(context: TransactionContext, collection: string, key: string): Metadata {
  if (collection === '') {
    return context.simulator.getStateMetadata(context.namespace, key);
  }
  context.requirePermission(collection, 'read');
  return context.simulator.getPrivateMetadata(context.namespace, collection, key);
}

function putStateMetadata(
  context: TransactionContext,
  request: Target & Pick<peer.PutStateMetadata, 'getMetadata'>,
): void {
  const entry = request.getMetadata() ?? new peer.StateMetadata();
  const metadata = new Map([[entry.getMetakey(), Buffer.from(entry.getValue_asU8())]]);
  const collection = request.getCollection();
  if (collection === '') {
    context.simulator.setStateMetadata(context.namespace, request.getKey(), metadata);
    return;
  }
  context.requirePermission(collection, 'write');
  context.simulator.setPrivateMetadata(context.namespace, collection, request.getKey(), metadata);
}

function getStateByRange(context: TransactionContext, payload: Uint8Array): Uint8Array {
  const request = peer.GetStateByRange.deserializeBinary(payload);
  const { namespace, simulator } = context;
  const [collection, start, end] = [request.getCollection(), request.getStartkey(), request.getEndkey()];
  if (collection !== '') {
    context.requirePermission(collection, 'read');
    return context.open(context.records(simulator.rangePrivate(namespace, collection, start, end)));
  }
  const paging = peer.QueryMetadata.deserializeBinary(request.getMetadata_asU8());
  if (paging.getPagesize() === 0 && paging.getBookmark() === '') {
    return context.open(context.records(simulator.rangeState(namespace, start, end)));
  }
  const from = paging.getBookmark() === '' ? start : paging.getBookmark();
  return context.page(simulator.rangeStatePaged(namespace, from, end), paging.getPagesize());
}

function getHistory(context: TransactionContext, payload: Uint8Array): Uint8Array {
  const { namespace, simulator } = context;
  const key = peer.GetHistoryForKey.deserializeBinary(payload).getKey();
  return context.open(simulator.history(namespace, key));
}

function refuseRichQuery(): never {
  throw new Error('ExecuteQuery not supported for leveldb');
}
