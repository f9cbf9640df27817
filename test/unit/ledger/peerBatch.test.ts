/** Many reads or writes in one message: what goes to a peer that offers it, and what goes to one that does not. */
import { peer } from '@hyperledger/fabric-protos';
import { describe, expect, it } from '@jest/globals';
import { listenForOffers, readMany, writeMany, type StateWrite } from '../../../chaincode/src/ledger/peerBatch.js';
import { offering, stubOn } from './stubOnLine.js';

const Type = peer.ChaincodeMessage.Type;
const nothing = (): Uint8Array => new Uint8Array();
const bytes = (text: string): Uint8Array => Buffer.from(text);

const WRITES: readonly StateWrite[] = [
  { collection: '_implicit_org_A', key: 'slice/1', put: bytes('one') },
  { collection: '_implicit_org_A', key: 'slice/1', policy: bytes('policy') },
  { collection: '', key: 'party/1', put: bytes('public') },
  { collection: '_implicit_org_B', key: 'ticket/1', delete: true },
];

function recordsOf(message: peer.ChaincodeMessage): unknown[] {
  expect(message.getType()).toBe(Type.WRITE_BATCH_STATE);
  return peer.WriteBatchState.deserializeBinary(message.getPayload_asU8())
    .getRecList()
    .map((record) => [
      record.getType(),
      record.getCollection(),
      record.getKey(),
      Buffer.from(record.getValue_asU8()).toString(),
      record.getMetadata()?.getMetakey(),
      Buffer.from(record.getMetadata()?.getValue_asU8() ?? '').toString(),
    ]);
}

const RECORDS = [
  [peer.WriteRecord.Type.PUT_STATE, '_implicit_org_A', 'slice/1', 'one', undefined, ''],
  [peer.WriteRecord.Type.PUT_STATE_METADATA, '_implicit_org_A', 'slice/1', '', 'VALIDATION_PARAMETER', 'policy'],
  [peer.WriteRecord.Type.PUT_STATE, '', 'party/1', 'public', undefined, ''],
  [peer.WriteRecord.Type.DEL_STATE, '_implicit_org_B', 'ticket/1', '', undefined, ''],
];

listenForOffers();

describe('writeMany', () => {
  it('sends all writes in one message, in their order, where the peer takes as many', async () => {
    const { stub, sent } = stubOn(offering(1000, 1000), nothing);
    await writeMany(stub, WRITES);
    expect(sent.map(recordsOf)).toEqual([RECORDS]);
    expect(sent.map((message) => [message.getChannelId(), message.getTxid()])).toEqual([['c', 't']]);
  });

  it('sends no more records in a message than the peer takes', async () => {
    const { stub, sent } = stubOn(offering(3, 0), nothing);
    await writeMany(stub, WRITES);
    expect(sent.map(recordsOf)).toEqual([RECORDS.slice(0, 3), RECORDS.slice(3)]);
  });

  it('sends one write after the other where the peer offers nothing', async () => {
    const { stub, sent } = stubOn(new peer.ChaincodeAdditionalParams(), nothing);
    await writeMany(stub, WRITES);
    expect(sent.map((message) => message.getType())).toEqual([
      Type.PUT_STATE,
      Type.PUT_STATE_METADATA,
      Type.PUT_STATE,
      Type.DEL_STATE,
    ]);
  });

  it('sends nothing for nothing, and a single write as such', async () => {
    const { stub, sent } = stubOn(offering(1000, 1000), nothing);
    await writeMany(stub, []);
    await writeMany(stub, WRITES.slice(0, 1));
    expect(sent.map((message) => message.getType())).toEqual([Type.PUT_STATE]);
  });
});

describe('readMany', () => {
  const KEPT: Readonly<Record<string, string>> = { a: 'one', c: 'three' };

  function answerOf(message: peer.ChaincodeMessage): Uint8Array {
    if (message.getType() === Type.GET_STATE) {
      return bytes(KEPT[peer.GetState.deserializeBinary(message.getPayload_asU8()).getKey()] ?? '');
    }
    const keys = peer.GetStateMultiple.deserializeBinary(message.getPayload_asU8()).getKeysList();
    const result = new peer.GetStateMultipleResult();
    result.setValuesList(keys.map((key) => bytes(KEPT[key] ?? '')));
    return result.serializeBinary();
  }
  const textsOf = (values: readonly Uint8Array[]): string[] => values.map((value) => Buffer.from(value).toString());

  it('asks for all keys of a collection in one message, and answers in their order, empty for what is missing', async () => {
    const { stub, sent } = stubOn(offering(1000, 1000), answerOf);
    expect(textsOf(await readMany(stub, 'book', ['c', 'b', 'a']))).toEqual(['three', '', 'one']);
    const asked = sent.map((message) => peer.GetStateMultiple.deserializeBinary(message.getPayload_asU8()).toObject());
    expect(asked).toEqual([{ keysList: ['c', 'b', 'a'], collection: 'book' }]);
  });

  it('asks for no more keys in a message than the peer takes', async () => {
    const { stub, sent } = stubOn(offering(0, 2), answerOf);
    expect(textsOf(await readMany(stub, '', ['a', 'b', 'c']))).toEqual(['one', '', 'three']);
    expect(sent).toHaveLength(2);
  });

  it('asks one key after the other where the peer offers nothing', async () => {
    const { stub, sent } = stubOn(new peer.ChaincodeAdditionalParams(), answerOf);
    expect(textsOf(await readMany(stub, 'book', ['a', 'b']))).toEqual(['one', '']);
    expect(sent.map((message) => message.getType())).toEqual([Type.GET_STATE, Type.GET_STATE]);
  });

  it('refuses an answer with another number of values', async () => {
    const short = new peer.GetStateMultipleResult();
    short.setValuesList([bytes('one')]);
    const { stub } = stubOn(offering(0, 10), () => short.serializeBinary());
    await expect(readMany(stub, 'book', ['a', 'b'])).rejects.toThrow('another number of values');
  });
});
