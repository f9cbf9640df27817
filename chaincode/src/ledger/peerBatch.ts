/**
 * Many reads or writes of one transaction in one message to the peer. Peers from 3.1 on accept such messages and say so when a
 * chaincode registers (READY carries ChaincodeAdditionalParams). fabric-shim 2.5.8 neither reads the offer nor sends the messages.
 * Each message costs a peer and its chaincode about as much as the rest of the work for a key. If the peer does not offer this, or
 * the shim is another one, the stub's own calls do the same one by one. Read and write sets are the same in both ways
 * (docs/decisions/0011).
 */
import { createRequire } from 'node:module';
import { peer } from '@hyperledger/fabric-protos';
import { BinaryReader, BinaryWriter } from 'google-protobuf';
import type { ChaincodeStub } from 'fabric-shim';

/** The calls that are used if the peer offers nothing. */
export type SingleCalls = Pick<
  ChaincodeStub,
  | 'getState'
  | 'getPrivateData'
  | 'putState'
  | 'putPrivateData'
  | 'deletePrivateData'
  | 'setPrivateDataValidationParameter'
>;

/** One write; `collection` is empty for public state. */
export type StateWrite = { readonly collection: string; readonly key: string } & (
  | { readonly put: Uint8Array }
  | { readonly policy: Uint8Array }
  | { readonly delete: true }
);

/** Numbers of the protocol that the shim's own protos are too old to name (fabric-protos, peer/chaincode_shim.proto). */
const MESSAGE = { WRITE_BATCH_STATE: 24, GET_STATE_MULTIPLE: 25 } as const;
const RECORD = { PUT_STATE: 9, DEL_STATE: 10, PUT_STATE_METADATA: 21 } as const;
const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER';

/** How many records a peer accepts in one message, or 0 if it accepts no such message. */
interface Offer {
  readonly writes: number;
  readonly reads: number;
}

/** The part of the shim's handler of one stream that this file uses. */
interface Handler {
  readonly _stream: { on(event: 'data', listener: (message: peer.ChaincodeMessage) => void): void };
  chat: (this: Handler, starter: unknown) => void;
  _askPeerAndListen(message: peer.ChaincodeMessage, method: string): Promise<Buffer>;
}

/** The part of the shim's stub, beyond its interface, that this file uses. */
interface Inside {
  readonly handler: Handler;
  readonly channel_id: string;
  readonly txId: string;
}

const NOTHING: Offer = { writes: 0, reads: 0 };
const offers = new WeakMap<object, Offer>();
/** Collections of which a peer has answered a value. So the peer keeps their values. */
const kept = new WeakMap<object, Set<string>>();

/** Listens for what peers offer when they answer a registration. Call it once, before the shim starts. */
export function listenForOffers(): void {
  const load = createRequire(__filename);
  const { ChaincodeMessageHandler } = load('fabric-shim/lib/handler.js') as {
    readonly ChaincodeMessageHandler: { readonly prototype: Handler };
  };
  const { prototype } = ChaincodeMessageHandler;
  const chat = prototype.chat;
  prototype.chat = function (this: Handler, starter: unknown): void {
    this._stream.on('data', (message) => {
      if (message.getType() === peer.ChaincodeMessage.Type.READY)
        offers.set(this, readOffer(message.getPayload_asU8()));
    });
    chat.call(this, starter);
  };
}

/** ChaincodeAdditionalParams: use_write_batch = 1, max_size_write_batch = 2, use_get_multiple_keys = 3, max_size_get_multiple_keys = 4. */
function readOffer(bytes: Uint8Array): Offer {
  const fields = new Map<number, number>();
  const reader = new BinaryReader(bytes);
  while (reader.nextField()) {
    if (reader.getFieldNumber() <= 4) fields.set(reader.getFieldNumber(), reader.readUint64());
    else reader.skipField();
  }
  const count = (use: number, size: number): number => (fields.get(use) === 1 ? (fields.get(size) ?? 0) : 0);
  return { writes: count(1, 2), reads: count(3, 4) };
}

function offerOf(stub: object): Offer {
  const { handler } = stub as Partial<Inside>;
  return handler === undefined ? NOTHING : (offers.get(handler) ?? NOTHING);
}

/**
 * Whether the peer is known to keep the values of a collection and accepts reads of several keys. Without this check such a read would
 * be misleading: if the peer does not keep the values, or lacks one, it answers without an error as if there were none.
 */
export function keepsValues(stub: object, collection: string): boolean {
  const { handler } = stub as Partial<Inside>;
  return handler !== undefined && offerOf(stub).reads > 0 && kept.get(handler)?.has(collection) === true;
}

function learn(stub: object, collection: string, values: readonly Uint8Array[]): void {
  const { handler } = stub as Partial<Inside>;
  if (handler === undefined || collection === '' || !values.some(({ length }) => length > 0)) return;
  kept.set(handler, (kept.get(handler) ?? new Set<string>()).add(collection));
}

function ask(stub: object, type: number, payload: Uint8Array, method: string): Promise<Buffer> {
  const { handler, channel_id, txId } = stub as Inside;
  const message = new peer.ChaincodeMessage();
  message.setType(type as peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap]);
  message.setPayload(payload);
  message.setTxid(txId);
  message.setChannelId(channel_id);
  return handler._askPeerAndListen(message, method);
}

/** What a peer says when it is asked for one value whose hash alone it has: it is another organisation's, or it lost the value. */
const NOT_KEPT = 'private data matching public hash version is not available';

/** Whether a peer refused a value because it does not have it, although there is one. */
export const isNotKept = (error: unknown): boolean => error instanceof Error && error.message.includes(NOT_KEPT);

/** As a peer answers when it is asked for several values: what it does not have is empty. */
async function keptValue(stub: SingleCalls, collection: string, key: string): Promise<Uint8Array> {
  try {
    return await stub.getPrivateData(collection, key);
  } catch (error) {
    if (isNotKept(error)) return new Uint8Array();
    throw error;
  }
}

/** The values of keys, in the order of the keys, and empty if there is none. `collection` is empty for public state. */
export async function readMany(
  stub: SingleCalls,
  collection: string,
  keys: readonly string[],
): Promise<readonly Uint8Array[]> {
  const { reads } = offerOf(stub);
  const values: Uint8Array[] = [];
  if (reads === 0 || keys.length < 2) {
    for (const key of keys)
      values.push(collection === '' ? await stub.getState(key) : await keptValue(stub, collection, key));
    learn(stub, collection, values);
    return values;
  }
  for (const some of chunks(keys, reads)) {
    const payload = encodeKeys(collection, some);
    values.push(...decodeValues(await ask(stub, MESSAGE.GET_STATE_MULTIPLE, payload, 'GetStateMultiple')));
  }
  if (values.length !== keys.length) throw new Error('the peer answered another number of values than asked for');
  learn(stub, collection, values);
  return values;
}

/** Writes in their order. */
export async function writeMany(stub: SingleCalls, writes: readonly StateWrite[]): Promise<void> {
  const offer = offerOf(stub);
  if (offer.writes === 0 || writes.length < 2) {
    for (const write of writes) await writeOne(stub, write);
    return;
  }
  for (const some of chunks(writes, offer.writes)) {
    await ask(stub, MESSAGE.WRITE_BATCH_STATE, encodeWrites(some), 'WriteBatchState');
  }
}

function writeOne(stub: SingleCalls, write: StateWrite): Promise<void> {
  const { collection, key } = write;
  if ('put' in write)
    return collection === '' ? stub.putState(key, write.put) : stub.putPrivateData(collection, key, write.put);
  if ('policy' in write) return stub.setPrivateDataValidationParameter(collection, key, write.policy);
  return stub.deletePrivateData(collection, key);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** GetStateMultiple: repeated keys = 1, collection = 2. */
function encodeKeys(collection: string, keys: readonly string[]): Uint8Array {
  const writer = new BinaryWriter();
  writer.writeRepeatedString(1, [...keys]);
  if (collection !== '') writer.writeString(2, collection);
  return writer.getResultBuffer();
}

/** GetStateMultipleResult: repeated values = 1. */
function decodeValues(bytes: Uint8Array): Uint8Array[] {
  const values: Uint8Array[] = [];
  const reader = new BinaryReader(bytes);
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) values.push(reader.readBytes());
    else reader.skipField();
  }
  return values;
}

/** WriteBatchState: repeated rec = 1. */
function encodeWrites(writes: readonly StateWrite[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const write of writes) writer.writeMessage(1, write, encodeRecord);
  return writer.getResultBuffer();
}

/** WriteRecord: key = 1, value = 2, collection = 3, metadata = 4 {metakey = 1, value = 2}, type = 5. */
function encodeRecord(write: StateWrite, writer: BinaryWriter): void {
  writer.writeString(1, write.key);
  if ('put' in write) writer.writeBytes(2, write.put);
  if (write.collection !== '') writer.writeString(3, write.collection);
  if ('policy' in write) {
    writer.writeMessage(4, write.policy, encodeMetadata);
  }
  writer.writeEnum(5, typeOf(write));
}

function encodeMetadata(policy: Uint8Array, writer: BinaryWriter): void {
  writer.writeString(1, VALIDATION_PARAMETER);
  writer.writeBytes(2, policy);
}

function typeOf(write: StateWrite): number {
  if ('put' in write) return RECORD.PUT_STATE;
  return 'policy' in write ? RECORD.PUT_STATE_METADATA : RECORD.DEL_STATE;
}
