/** The expectations of a transaction about the books: which messages look them up, and which refusal follows if one does not hold. */
import { createHash } from 'node:crypto';
import { peer } from '@hyperledger/fabric-protos';
import { describe, expect, it } from '@jest/globals';
import {
  Expectations,
  type BookStub,
  type Expectation,
  type Vouchers,
} from '../../../chaincode/src/ledger/expectations.js';
import { listenForOffers, readMany } from '../../../chaincode/src/ledger/peerBatch.js';
import { TenorError, type ErrorCode } from '../../../chaincode/src/protocol/errors.js';
import { offering, stubOn } from './stubOnLine.js';

const { GET_PRIVATE_DATA_HASH, GET_STATE, GET_STATE_MULTIPLE } = peer.ChaincodeMessage.Type;
const TAKES_MANY = offering(1000, 1000);
const NONE = new Uint8Array();

listenForOffers();

const hashOf = (value: string): Buffer => createHash('sha256').update(value).digest();
const hexOf = (value: string): string => hashOf(value).toString('hex');

/** By book and key: what every peer has the hash of, and what this peer has of the values. */
interface Books {
  readonly hashed: Readonly<Record<string, string>>;
  readonly kept: Readonly<Record<string, string>>;
}

const pathOf = (collection: string, key: string): string => `${collection.replace('_implicit_org_', '')}/${key}`;

/** A peer in what it answers: values without a word about hashes when they are asked for many at once. */
const peerWith =
  ({ hashed, kept }: Books) =>
  (message: peer.ChaincodeMessage): Uint8Array => {
    const payload = message.getPayload_asU8();
    if (message.getType() === GET_STATE_MULTIPLE) {
      const asked = peer.GetStateMultiple.deserializeBinary(payload);
      const result = new peer.GetStateMultipleResult();
      result.setValuesList(
        asked.getKeysList().map((key) => Buffer.from(kept[pathOf(asked.getCollection(), key)] ?? '')),
      );
      return result.serializeBinary();
    }
    const asked = peer.GetState.deserializeBinary(payload);
    const path = pathOf(asked.getCollection(), asked.getKey());
    if (message.getType() === GET_STATE) return Buffer.from(kept[path] ?? '');
    const value = hashed[path];
    return value === undefined ? NONE : hashOf(value);
  };

const fails = (code: ErrorCode, key: string): { readonly otherwise: () => TenorError } => ({
  otherwise: () => new TenorError(code, { id: key }),
});
const present = (mspId: string, key: string, value: string): Expectation => ({
  ...{ what: 'hash', mspId, key, ...fails('OPENING_MISMATCH', key) },
  fits: (hash) => hash === hexOf(value),
});
const absent = (mspId: string, key: string): Expectation => ({
  ...{ what: 'hash', mspId, key, ...fails('ID_TAKEN', key) },
  fits: (hash) => hash === '',
});

const BOTH: Books = { hashed: { 'A/a': 'one', 'A/b': 'two', 'B/a': 'one' }, kept: { 'A/a': 'one', 'A/b': 'two' } };

interface Looked {
  readonly failure: TenorError | undefined;
  readonly asked: readonly number[];
}

/** Where no organisation has left the channel. */
const NOBODY_LEFT: Vouchers = { left: new Set(), hash: () => Promise.reject(new Error('nobody has left')) };

/** Looks expectations up at a peer that has shown before that it keeps the book of A, unless it has none. */
async function look(books: Books, expectations: readonly Expectation[], params = TAKES_MANY): Promise<Looked> {
  const { stub, sent } = stubOn(params, peerWith(books));
  await readMany(stub, '_implicit_org_A', ['a', 'b']);
  const before = sent.length;
  const failure = await failureOf(stub, expectations);
  return { failure, asked: sent.slice(before).map((message) => message.getType()) };
}

function failureOf(stub: BookStub, expectations: readonly Expectation[]): Promise<TenorError | undefined> {
  const all = new Expectations(stub);
  for (const each of expectations) all.state(each);
  return all.failure(NOBODY_LEFT);
}

describe('expectations', () => {
  it('are looked up hash by hash at a peer that has not shown that it keeps the values', async () => {
    const { stub, sent } = stubOn(TAKES_MANY, peerWith(BOTH));
    expect(await failureOf(stub, [present('A', 'a', 'one'), present('A', 'b', 'two')])).toBeUndefined();
    expect(sent.map((message) => message.getType())).toEqual([GET_PRIVATE_DATA_HASH, GET_PRIVATE_DATA_HASH]);
  });

  it('of a book whose values the peer keeps are looked up in one message', async () => {
    const stated = [present('A', 'a', 'one'), present('B', 'a', 'one'), present('A', 'b', 'two'), absent('A', 'c')];
    expect(await look(BOTH, stated)).toEqual({
      failure: undefined,
      asked: [GET_STATE_MULTIPLE, GET_PRIVATE_DATA_HASH],
    });
  });

  it('are looked up hash by hash where the peer takes one read at a time', async () => {
    const { failure, asked } = await look(BOTH, [present('A', 'a', 'one'), absent('A', 'c')], offering(1000, 0));
    expect(failure).toBeUndefined();
    expect(asked).toEqual([GET_PRIVATE_DATA_HASH, GET_PRIVATE_DATA_HASH]);
  });

  it('of a single key ask for its hash', async () => {
    expect((await look(BOTH, [present('A', 'a', 'one')])).asked).toEqual([GET_PRIVATE_DATA_HASH]);
  });

  it('are not looked up by value in a book of which the peer has only ever answered nothing', async () => {
    const { asked } = await look({ ...BOTH, kept: {} }, [present('A', 'a', 'one'), present('A', 'b', 'two')]);
    expect(asked).toEqual([GET_PRIVATE_DATA_HASH, GET_PRIVATE_DATA_HASH]);
  });

  it('hold by the hash where the peer lacks the value', async () => {
    const { failure, asked } = await look({ ...BOTH, kept: { 'A/a': 'one' } }, [
      present('A', 'a', 'one'),
      present('A', 'b', 'two'),
    ]);
    expect(failure).toBeUndefined();
    expect(asked).toEqual([GET_STATE_MULTIPLE, GET_PRIVATE_DATA_HASH]);
  });

  it('hold by the hash where the peer has an older value', async () => {
    const { failure } = await look({ ...BOTH, kept: { 'A/a': 'one', 'A/b': 'older' } }, [
      present('A', 'a', 'one'),
      present('A', 'b', 'two'),
    ]);
    expect(failure).toBeUndefined();
  });

  it('are refused by the hash, not by a value of the peer that differs', async () => {
    const { failure } = await look(BOTH, [present('A', 'a', 'one'), present('A', 'b', 'forged')]);
    expect(failure).toMatchObject({ code: 'OPENING_MISMATCH', data: { id: 'b' } });
  });

  it('are refused by the first that was stated, wherever it was looked up', async () => {
    const stated = [absent('A', 'c'), present('B', 'a', 'other'), absent('A', 'a')];
    expect((await look(BOTH, stated)).failure).toMatchObject({ code: 'OPENING_MISMATCH', data: { id: 'a' } });
  });

  it('are looked up one and all when one fails: who endorses a repeat has to have read the same', async () => {
    const { stub, sent } = stubOn(TAKES_MANY, peerWith(BOTH));
    const all = new Expectations(stub);
    all.state({ what: 'never', ...fails('ID_TAKEN', 'first') });
    all.state(present('A', 'a', 'other'));
    const first = await all.failure(NOBODY_LEFT);
    all.state(present('B', 'a', 'other'));
    expect(first).toMatchObject({ code: 'ID_TAKEN' });
    expect(await all.failure(NOBODY_LEFT)).toBe(first);
    expect(sent).toHaveLength(2);
  });

  it('remember of which keys something was stated, in which book', () => {
    const all = new Expectations(stubOn(TAKES_MANY, peerWith(BOTH)).stub);
    all.state(present('A', 'a', 'one'));
    all.state({ what: 'never', ...fails('ID_TAKEN', 'b') });
    expect([all.isStated('A', 'a'), all.isStated('B', 'a'), all.isStated('A', 'b')]).toEqual([true, false, false]);
  });

  describe('of an organisation that has left', () => {
    const preserved = (hashes: Readonly<Record<string, string>>): Vouchers => ({
      left: new Set(['A']),
      hash: ({ mspId, key }) => Promise.resolve(hashes[`${mspId}/${key}`] ?? ''),
    });
    const outcomeOf = async (stated: Expectation, vouchers: Vouchers): Promise<string> => {
      const { stub, sent } = stubOn(TAKES_MANY, peerWith(BOTH));
      const all = new Expectations(stub);
      all.state(stated);
      const failure = await all.failure(vouchers);
      return `${failure?.code ?? 'holds'}, ${String(sent.length)} messages`;
    };
    const one = hashOf('one').toString('hex');

    it.each([
      ['a record that was preserved', present('A', 'a', 'one'), { 'A/a': one }, 'holds, 0 messages'],
      [
        'a record that was preserved otherwise',
        present('A', 'a', 'two'),
        { 'A/a': one },
        'OPENING_MISMATCH, 0 messages',
      ],
      ['a record that nobody preserved', present('A', 'a', 'one'), {}, 'ORGANIZATION_LEFT, 0 messages'],
      ['nothing, where nothing was preserved', absent('A', 'a'), {}, 'holds, 0 messages'],
      ['nothing, where a record was preserved', absent('A', 'a'), { 'A/a': one }, 'ID_TAKEN, 0 messages'],
      ['a record of another organisation', present('B', 'a', 'one'), {}, 'holds, 1 messages'],
    ] as const)('its book is not asked for %s', async (_what, stated, hashes, outcome) => {
      expect(await outcomeOf(stated, preserved(hashes))).toBe(outcome);
    });
  });
});
