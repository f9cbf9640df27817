// What a chaincode may ask of its peer during a transaction, by type of message; each answers with the response payload.
import { peer } from '@hyperledger/fabric-protos';
import { unmarshal, within, type MessageClass } from '../decode.js';
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
  [MessageType.PUT_STATE, writing((payload) => read(peer.PutState, payload), putState)],
  [MessageType.DEL_STATE, writing((payload) => read(peer.DelState, payload), deleteState)],
  [MessageType.PURGE_PRIVATE_DATA, writing((payload) => read(peer.DelState, payload), purge)],
  [MessageType.GET_STATE_METADATA, getStateMetadata],
  [MessageType.PUT_STATE_METADATA, writing((payload) => read(peer.PutStateMetadata, payload), putStateMetadata)],
  [MessageType.WRITE_BATCH_STATE, writing((payload) => read(peer.WriteBatchState, payload), writeBatch)],
  [MessageType.GET_STATE_BY_RANGE, getStateByRange],
  [MessageType.QUERY_STATE_NEXT, (context, payload) => context.next(read(peer.QueryStateNext, payload).getId())],
  [MessageType.QUERY_STATE_CLOSE, (context, payload) => context.close(read(peer.QueryStateClose, payload).getId())],
  [MessageType.GET_QUERY_RESULT, refuseRichQuery],
  [MessageType.GET_HISTORY_FOR_KEY, getHistory],
  [MessageType.INVOKE_CHAINCODE, (context, payload) => context.invoke(payload)],
]);

/** Throws with the peer's text when the payload is none of this type. */
export function read<T>(type: MessageClass<T>, payload: Uint8Array): T {
  return within('unmarshal failed', () => unmarshal(type, payload));
}

function getState(context: TransactionContext, payload: Uint8Array): Uint8Array | undefined {
  const request = read(peer.GetState, payload);
  const { namespace, simulator } = context;
  const [collection, key] = [request.getCollection(), request.getKey()];
  if (collection === '') return simulator.getState(namespace, key);
  context.requirePermission(collection, 'read');
  return simulator.getPrivate(namespace, collection, key);
}

function getStates(context: TransactionContext, payload: Uint8Array): Uint8Array {
  const request = read(peer.GetStateMultiple, payload);
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
  const request = read(peer.GetState, payload);
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
  const request = read(peer.GetStateMetadata, payload);
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
  const request = read(peer.GetStateByRange, payload);
  const { namespace, simulator } = context;
  const [collection, start, end] = [request.getCollection(), request.getStartkey(), request.getEndkey()];
  if (collection !== '') {
    context.requirePermission(collection, 'read');
    return context.open(context.records(simulator.rangePrivate(namespace, collection, start, end)));
  }
  const paging = read(peer.QueryMetadata, request.getMetadata_asU8());
  if (paging.getPagesize() === 0 && paging.getBookmark() === '') {
    return context.open(context.records(simulator.rangeState(namespace, start, end)));
  }
  const from = paging.getBookmark() === '' ? start : paging.getBookmark();
  return context.page(simulator.rangeStatePaged(namespace, from, end), paging.getPagesize());
}

function getHistory(context: TransactionContext, payload: Uint8Array): Uint8Array {
  const { namespace, simulator } = context;
  const key = read(peer.GetHistoryForKey, payload).getKey();
  return context.open(simulator.history(namespace, key));
}

function refuseRichQuery(_context: TransactionContext, payload: Uint8Array): never {
  read(peer.GetQueryResult, payload);
  throw new Error('ExecuteQuery not supported for leveldb');
}
