/** The guard refuses a write to a key about which nothing was stated, a second write to a key, and a record that does not fit its schema. */
import { describe, expect, it } from '@jest/globals';
import { copy, publish, put, remove, type Opened, type Write } from '../../../chaincode/src/domain/decision.js';
import { encodeWrites, stateWrites, type EncodedWrite } from '../../../chaincode/src/ledger/writes.js';
import type { BookKind } from '../../../chaincode/src/protocol/records/index.js';
import { RECORDS } from '../../../chaincode/src/records/index.js';
import {
  CLAIM,
  FACE,
  LINE,
  MSP,
  OFFERED_SLICE,
  REJECTION,
  SLICE,
  TERMS,
  unsaltedOf,
} from '../../commands/support/facts.js';

const SEED = new Uint8Array(32).fill(7);
/** Encodes what a caller of an organisation decided, where these places were stated. */
const encode = (
  writes: readonly Write[],
  stated: readonly string[],
  callerMsp: string = MSP.supplier,
  left: ReadonlySet<string> = new Set(),
  opened?: Opened<BookKind>,
): EncodedWrite[] =>
  encodeWrites(writes, {
    ...{ kinds: RECORDS, callerMsp, seed: SEED, left },
    isStated: (mspId, key) => stated.includes(`${mspId} ${key}`),
    opened: (kind, id) => (opened?.kind === kind && opened.id === id ? opened : undefined),
  });
const placesIn = (writes: readonly EncodedWrite[]): string[] =>
  writes.map(({ mspId, key }) => `${mspId ?? 'public'} ${key}`);

const own = { slice: `${MSP.bank} own/slice/${SLICE.id}`, terms: `${MSP.bank} own/terms/${TERMS.id}` };
const sliceWrite = put('slice', SLICE.id, unsaltedOf(SLICE));

const DATE = { schema: 'tenor.businessDate/1' as const, date: '2026-11-23', calendar: 'CN', keepers: [], version: 1 };

describe('a write of which nothing was stated', () => {
  it.each<[string, Write]>([
    ['a record', sliceWrite],
    ['a record without a policy', put('line', LINE.id, unsaltedOf(LINE))],
    ['a record of two registers', put('terms', TERMS.id, unsaltedOf(TERMS))],
    ['a copy', copy(TERMS, [MSP.contractor])],
    ['a removal', remove('claim', CLAIM.id, MSP.bank)],
    ['a restored record', { op: 'restore', opened: SLICE, register: MSP.bank }],
  ])('throws: %s', (_what, write) => {
    expect(() => encode([write], [])).toThrow('nothing was stated of it');
    expect(() => encode([write], [`${MSP.contractor} own/slice/${SLICE.id}`])).toThrow('nothing was stated of it');
  });

  it('throws where only the copy was stated, or the same key in another book', () => {
    const others = [`${MSP.supplier} own/slice/${SLICE.id}`, `${MSP.bank} shown/slice/${MSP.bank}/${SLICE.id}`];
    expect(() => encode([sliceWrite], others)).toThrow('nothing was stated of it');
  });

  it('names the kind alone: what was thrown may stand in a log', () => {
    expect(() => encode([sliceWrite], [])).toThrow(/^own\/slice is written although nothing was stated of it$/);
  });
});

describe('a decision', () => {
  it('writes no key twice', () => {
    expect(() => encode([sliceWrite, sliceWrite], [own.slice])).toThrow('a decision writes own/slice twice');
    const twice = [copy(TERMS, [MSP.contractor]), copy(TERMS, [MSP.supplier, MSP.contractor])];
    expect(() => encode(twice, [own.terms])).toThrow('twice');
  });

  it.each<[string, Write]>([
    ['a field too many', put('slice', SLICE.id, { ...unsaltedOf(SLICE), extra: 1 } as never)],
    ['a field too few', put('slice', SLICE.id, { ...unsaltedOf(SLICE), holder: undefined } as never)],
    ['an amount of zero', put('slice', SLICE.id, unsaltedOf(SLICE, { amount: '0' }))],
    ['another schema', put('slice', SLICE.id, { ...unsaltedOf(LINE) } as never)],
    ['a malformed registry record', publish('businessDate', undefined, { ...DATE, date: 'x' })],
  ])('writes nothing that does not fit its schema: %s', (_what, write) => {
    expect(() => encode([write], [own.slice])).toThrow();
  });

  it('puts a record on the shelves of its registers, and copies behind the name of the register', () => {
    expect(placesIn(encode([put('slice', SLICE.id, unsaltedOf(OFFERED_SLICE))], [own.slice]))).toEqual([
      own.slice,
      `${MSP.supplier} shown/slice/${MSP.bank}/${SLICE.id}`,
      `${MSP.contractor} shown/slice/${MSP.bank}/${SLICE.id}`,
    ]);
    expect(placesIn(encode([put('face', FACE.id, unsaltedOf(FACE))], [`${MSP.bank} own/face/${FACE.id}`]))).toEqual([
      `${MSP.bank} own/face/${FACE.id}`,
      `${MSP.issuer} own/face/${FACE.id}`,
    ]);
  });

  it('gives no copy to who vouches, nor two to one', () => {
    const readers = [MSP.bank, MSP.issuer, MSP.contractor, MSP.contractor];
    expect(placesIn(encode([copy(TERMS, readers)], [own.terms]))).toEqual([
      `${MSP.contractor} shown/terms/${MSP.bank}/${TERMS.id}`,
    ]);
    expect(placesIn(encode([put('slice', SLICE.id, unsaltedOf(SLICE), [])], [own.slice]))).toEqual([own.slice]);
  });

  it('copies the very bytes, and salts what is new by key and seed', () => {
    const [copied] = encode([copy(TERMS, [MSP.contractor])], [own.terms]);
    expect(copied?.bytes).toBe(TERMS.bytes);
    const salts = [sliceWrite, put('line', LINE.id, unsaltedOf(LINE))].map((write) => {
      const [first] = encode([write], [own.slice, `${MSP.bank} own/line/${LINE.id}`]);
      return (JSON.parse(first?.bytes ?? '{}') as { readonly salt: string }).salt;
    });
    expect(new Set(salts).size).toBe(2);
    expect(salts.filter((salt) => !/^[0-9a-f]{64}$/.test(salt))).toEqual([]);
  });

  it('takes a record back among the copies, also where the caller is a register: its own key and policy stay as they are', () => {
    const restored = (mspId: string): EncodedWrite[] =>
      encode([{ op: 'restore', opened: TERMS, register: MSP.bank }], [own.terms], mspId);
    const copyKey = `shown/terms/${MSP.bank}/${TERMS.id}`;
    for (const mspId of [MSP.issuer, MSP.bank, MSP.supplier])
      expect(restored(mspId)).toEqual([{ mspId, key: copyKey, bytes: TERMS.bytes, policy: undefined }]);
  });
});

it('becomes a value and its policy in the book, a removal, or public state', () => {
  const write = (changes: Partial<EncodedWrite>): EncodedWrite => ({
    ...{ mspId: MSP.bank, key: 'own/slice/x', bytes: 'b', policy: undefined },
    ...changes,
  });
  const at = { collection: '_implicit_org_BankMSP', key: 'own/slice/x' };
  expect(stateWrites(write({}))).toEqual([{ ...at, put: Buffer.from('b') }]);
  expect(stateWrites(write({ bytes: undefined }))).toEqual([{ ...at, delete: true }]);
  expect(stateWrites(write({ policy: { all: [MSP.bank] } }))).toEqual([
    { ...at, put: Buffer.from('b') },
    { ...at, policy: expect.any(Uint8Array) },
  ]);
  const guarded = write({ policy: { all: [MSP.bank] }, isGuarded: true });
  expect(stateWrites(guarded)).toEqual([{ ...at, put: Buffer.from('b') }]);
  expect(stateWrites(write({ mspId: undefined }))).toEqual([{ ...at, collection: '', put: Buffer.from('b') }]);
});

describe('the policy of a slice', () => {
  const set = (write: Write, opened?: Opened<BookKind>): boolean[] =>
    encode([write], [own.slice], MSP.supplier, new Set(), opened)
      .filter(({ key }) => key.startsWith('own/'))
      .map(({ policy, isGuarded }) => policy !== undefined && isGuarded !== true);
  const paid = put('slice', SLICE.id, { ...unsaltedOf(SLICE), state: 'PAID' });

  it('is set where nothing was opened, and where it changes', () => {
    expect([set(sliceWrite), set(paid), set(paid, SLICE)]).toEqual([[true], [true], [true]]);
  });

  it('is not set again where the slice that was opened has the same', () => {
    expect(set(sliceWrite, SLICE)).toEqual([false]);
  });

  it('is set where what was opened stands in the book of another organisation', () => {
    const elsewhere = { ...SLICE, record: { ...SLICE.record, id: SLICE.id.replace(MSP.bank, MSP.issuer) } };
    expect(set(sliceWrite, elsewhere)).toEqual([true]);
  });
});

it('sets the policy of a record that two organisations keep each time: one of them may have put it there alone', () => {
  const [first] = encode([put('terms', TERMS.id, unsaltedOf(TERMS))], [own.terms], MSP.issuer, new Set(), TERMS);
  expect(first?.isGuarded).toBeUndefined();
});

it('keeps a rejection with the bank alone', () => {
  const stated = [`${MSP.bank} own/confirmation/${REJECTION.id}`];
  expect(encode([put('confirmation', REJECTION.id, unsaltedOf(REJECTION))], stated)).toEqual([
    { mspId: MSP.bank, key: `own/confirmation/${REJECTION.id}`, bytes: expect.any(String), policy: undefined },
  ]);
});

describe('where an organisation has left', () => {
  const without = (write: Write, stated: string, left: string): EncodedWrite[] =>
    encode([write], [stated], MSP.supplier, new Set([left]));

  it('its copies fall away', () => {
    const line = `${MSP.bank} own/line/${LINE.id}`;
    expect(placesIn(without(put('line', LINE.id, unsaltedOf(LINE)), line, MSP.issuer))).toEqual([line]);
  });

  it('policies name it all the same: it may come back, and nobody takes its slices meanwhile', () => {
    const [written] = without(put('slice', SLICE.id, unsaltedOf(SLICE)), own.slice, MSP.supplier);
    expect(written?.policy).toEqual({ all: [MSP.bank, MSP.supplier] });
  });

  it('nothing can be written that it would have to vouch for', () => {
    expect(() => without(put('terms', TERMS.id, unsaltedOf(TERMS)), own.terms, MSP.issuer)).toThrow(
      expect.objectContaining({ code: 'ORGANIZATION_LEFT', data: { mspId: MSP.issuer } }),
    );
  });
});
