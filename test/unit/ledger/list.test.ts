/** A page of a book needs as few calls as possible, and has one row for any bytes that the book holds. */
import { describe, expect, it } from '@jest/globals';
import { getOwn, listOwn, type ReadStub } from '../../../chaincode/src/contracts/queries.js';
import { sha256 } from '../../../chaincode/src/ledger/codec.js';
import type { Page } from '../../../chaincode/src/protocol/results.js';
import { changed, CONSOLIDATION, idOf, MSP, SLICE } from '../../commands/support/facts.js';
import { TenorError } from '../../../chaincode/src/protocol/errors.js';

interface Books {
  /** The supplier's own book, by key. */
  readonly own: ReadonlyMap<string, string>;
  /** What registers hold, by `<MSP id> <key>`; undefined is an organisation that the channel does not know. */
  readonly registers?: ReadonlyMap<string, string>;
}

/** The supplier's book on its own peer, which notes what is asked of it. */
function bookOf({ own, registers = new Map() }: Books): {
  readonly stub: ReadStub;
  readonly asked: string[];
  readonly closed: () => number;
} {
  const asked: string[] = [];
  let closed = 0;
  async function* range(start: string, end: string): AsyncGenerator<{ key: string; value: Buffer }> {
    try {
      for (const [key, value] of [...own].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (key < start || key >= end) continue;
        asked.push('row');
        yield await Promise.resolve({ key, value: Buffer.from(value) });
      }
    } finally {
      closed++;
    }
  }
  const stub = {
    getCreator: () => ({ mspid: MSP.supplier, idBytes: new Uint8Array() }),
    getState: () => Promise.resolve(new Uint8Array()),
    getPrivateData: (_book: string, key: string) => {
      asked.push(`get ${key}`);
      return Promise.resolve(Buffer.from(own.get(key) ?? ''));
    },
    getPrivateDataHash: (book: string, key: string) => {
      asked.push('hash');
      const mspId = book.replace('_implicit_org_', '');
      if (mspId === 'NobodyMSP') return Promise.reject(new Error('collection not defined in the collection config'));
      const value = registers.get(`${mspId} ${key}`);
      return Promise.resolve(value === undefined ? Buffer.alloc(0) : Buffer.from(sha256(value), 'hex'));
    },
    getPrivateDataByRange: (_book: string, start: string, end: string) => range(start, end),
  };
  return { stub: stub as unknown as ReadStub, asked, closed: () => closed };
}

const list = async (books: Books, options: { limit?: number; bookmark?: string } = {}): Promise<Page<'slice'>> =>
  JSON.parse(await listOwn(bookOf(books).stub, { kind: 'slice', ...options })) as Page<'slice'>;
const sliceOf = (index: number): typeof SLICE => changed(SLICE, { id: idOf('bank', 'supplier', 'slice', index) });
const shown = (id: string, register: string = MSP.bank): string => `shown/slice/${register}/${id}`;
/** Where it is said what became of slices of the certificate. */
const said = `shown/consolidation/${MSP.bank}/${CONSOLIDATION.id}`;
const held = (id: string): string => `${MSP.bank} own/slice/${id}`;

describe('a page', () => {
  const many = Array.from({ length: 500 }, (_, index) => sliceOf(index));
  const books = {
    own: new Map(many.map(({ id, bytes }) => [shown(id), bytes])),
    registers: new Map(many.map(({ id, bytes }) => [held(id), bytes])),
  };

  it('reads the founding, one row beyond the page, a hash a row and once what became of slices, and closes the range', async () => {
    const { stub, asked, closed } = bookOf(books);
    const bookmark = shown(sliceOf(100).id);
    const page = JSON.parse(await listOwn(stub, { kind: 'slice', limit: 20, bookmark })) as Page<'slice'>;
    expect(page.items.map(({ id }) => id)).toEqual(many.slice(101, 121).map(({ id }) => id));
    expect(page.items.every(({ current, register }) => current && register === MSP.bank)).toBe(true);
    expect(page.bookmark).toBe(shown(sliceOf(120).id));
    expect(asked.filter((each) => each === 'row')).toHaveLength(21);
    expect(asked.filter((each) => each === 'hash')).toHaveLength(20);
    expect(asked.filter((each) => each.startsWith('get '))).toEqual(['get own/founding/channel', `get ${said}`]);
    expect(closed()).toBe(1);
  });

  it('goes from the own shelf to copies without a gap, and ends', async () => {
    const mine = changed(SLICE, { id: idOf('supplier', 'supplier', 'slice', 7) });
    const own = new Map([
      [`own/slice/${mine.id}`, mine.bytes],
      ...many.slice(0, 3).map(({ id, bytes }) => [shown(id), bytes] as const),
    ]);
    const seen: string[] = [];
    let bookmark: string | undefined;
    do {
      const page = await list({ ...books, own }, { limit: 2, ...(bookmark === undefined ? {} : { bookmark }) });
      seen.push(...page.items.map(({ id }) => id));
      bookmark = page.bookmark;
    } while (bookmark !== undefined);
    expect(seen).toEqual([mine.id, ...many.slice(0, 3).map(({ id }) => id)]);
  });
});

describe('a row', () => {
  const { id, bytes } = SLICE;
  const row = async (
    key: string,
    value: string,
    registers: ReadonlyMap<string, string> = new Map(),
  ): Promise<unknown> => {
    const { items } = await list({ own: new Map([[key, value]]), registers });
    const [only] = items;
    return only?.current === false
      ? [only.register, only.reason, only.record !== undefined]
      : [only?.register, 'CURRENT', true];
  };

  it('is current where the register holds the same bytes, or the book is the register', async () => {
    expect(await row(shown(id), bytes, new Map([[held(id), bytes]]))).toEqual([MSP.bank, 'CURRENT', true]);
    expect(await row(`own/slice/${id}`, bytes)).toEqual([MSP.supplier, 'CURRENT', true]);
  });

  it('of a free slice is not current where the own book says that it became part of another one', async () => {
    const reason = async (bytesThere: string): Promise<unknown> => {
      const own = new Map([
        [shown(id), bytes],
        [said, bytesThere],
      ]);
      const [only] = (await list({ own, registers: new Map([[held(id), bytes]]) })).items;
      return only?.current === false ? only.reason : 'CURRENT';
    };
    expect(await reason(CONSOLIDATION.bytes)).toBe('CONSOLIDATED');
    const others = [{ id: idOf('bank', 'bank', 'whole'), sliceIds: [idOf('bank', 'supplier', 'slice', 77)] }];
    expect(await reason(changed(CONSOLIDATION, { wholes: others }).bytes)).toBe('CURRENT');
    expect(await reason('{')).toBe('CURRENT');
  });

  it.each<[string, string, string, unknown]>([
    ['the register holds other bytes', shown(id), bytes, [MSP.bank, 'SUPERSEDED', true]],
    ['the register is unknown to the channel', shown(id, 'NobodyMSP'), bytes, ['NobodyMSP', 'REGISTER_UNKNOWN', true]],
    ['the bytes are no JSON', shown(id), '{', [MSP.bank, 'UNREADABLE', false]],
    ['the bytes are another kind', shown(id), '{"schema":"tenor.line/1"}', [MSP.bank, 'UNREADABLE', false]],
    [
      'the bytes are of another id',
      shown(idOf('bank', 'supplier', 'slice', 2)),
      bytes,
      [MSP.bank, 'UNREADABLE', false],
    ],
    ['the key is none of ours', `shown/slice/${id}`, bytes, [MSP.supplier, 'UNREADABLE', false]],
    ['the key has a part too many', `own/slice/${id}/x`, bytes, [MSP.supplier, 'UNREADABLE', false]],
  ])('says why it does not count: %s', async (_what, key, value, expected) => {
    expect(await row(key, value, new Map([[held(id), 'other']]))).toEqual(expected);
  });
});

describe('one record', () => {
  const get = async (books: Books, register?: string): Promise<unknown> => {
    try {
      const request =
        register === undefined
          ? { kind: 'slice' as const, id: SLICE.id }
          : { kind: 'slice' as const, id: SLICE.id, register };
      const { current, register: of } = JSON.parse(await getOwn(bookOf(books).stub, request)) as {
        current: boolean;
        register: string;
      };
      return [of, current];
    } catch (error) {
      if (error instanceof TenorError) return error.code;
      throw error;
    }
  };

  it('is what the book vouches for, else its copy of the register that the id or the caller names', async () => {
    const own = new Map([
      [`own/slice/${SLICE.id}`, SLICE.bytes],
      [shown(SLICE.id), SLICE.bytes],
    ]);
    expect(await get({ own })).toEqual([MSP.supplier, true]);
    const copies = new Map([
      [shown(SLICE.id), SLICE.bytes],
      [shown(SLICE.id, MSP.contractor), SLICE.bytes],
    ]);
    expect(await get({ own: copies })).toEqual([MSP.bank, false]);
    expect(await get({ own: copies }, MSP.contractor)).toEqual([MSP.contractor, false]);
  });

  it('is refused by its own code where it is unreadable or not there', async () => {
    expect(await get({ own: new Map([[shown(SLICE.id), '{}']]) })).toBe('RECORD_UNREADABLE');
    expect(await get({ own: new Map() })).toBe('NOT_FOUND');
  });
});
