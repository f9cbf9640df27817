/** A page of a book is read with as few calls as it takes: no row beyond the next, and terms that slices share once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { getOwn, listOwn, type ReadStub } from '../../../chaincode/src/contract/queries.js';
import { sha256 } from '../../../chaincode/src/ledger/codec.js';
import { LIMITS } from '../../../chaincode/src/protocol/limits.js';

const golden = (name: string): string => {
  const text = readFileSync(join(__dirname, '../../golden/records-v1', `${name}.json`), 'utf8');
  return (JSON.parse(text) as { readonly bytes: string }).bytes;
};

const slice = JSON.parse(golden('slice-free')) as { readonly certificateId: string };
const TERMS = JSON.stringify({ ...(JSON.parse(golden('terms')) as object), id: slice.certificateId });
const idOf = (index: number): string => `slice-${String(index).padStart(16, '0')}`;
const openingOf = (id: string): string => JSON.stringify({ ...slice, id });

/** A book with many slices of one certificate, which notes what is asked of it. */
function bookOf(slices: number): { readonly stub: ReadStub; readonly asked: string[]; readonly closed: () => boolean } {
  const asked: string[] = [];
  let closed = false;
  const book = new Map([
    ['founding/channel', '{}'],
    [`terms/${slice.certificateId}`, TERMS],
  ]);
  for (let index = 0; index < slices; index++) book.set(`slice/${idOf(index)}`, openingOf(idOf(index)));
  async function* range(start: string, end: string): AsyncGenerator<{ key: string; value: Buffer }> {
    try {
      for (const [key, value] of book) {
        if (key < start || key >= end) continue;
        asked.push('row');
        yield await Promise.resolve({ key, value: Buffer.from(value) });
      }
    } finally {
      closed = true;
    }
  }
  const stub = {
    getCreator: () => ({ mspid: 'SupplierMSP', idBytes: new Uint8Array() }),
    getState: () => Promise.resolve(new Uint8Array()),
    getPrivateData: (_book: string, key: string) => {
      asked.push(`get ${key}`);
      return Promise.resolve(Buffer.from(book.get(key) ?? ''));
    },
    getPrivateDataHash: (_book: string, key: string) => {
      asked.push('hash');
      return Promise.resolve(Buffer.from(sha256(book.get(key) ?? ''), 'hex'));
    },
    getPrivateDataByRange: (_book: string, start: string, end: string) => range(start, end),
  };
  return { stub: stub as unknown as ReadStub, asked, closed: () => closed };
}

it('reads one row beyond the page, each hash, the shared terms once, and closes the range', async () => {
  const { stub, asked, closed } = bookOf(500);
  const page = JSON.parse(await listOwn(stub, { kind: 'slice', limit: 20, bookmark: idOf(100) })) as {
    readonly items: readonly { readonly id: string; readonly current: boolean }[];
    readonly bookmark?: string;
  };
  expect(page.items.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => idOf(101 + index)));
  expect(page.items.every(({ current }) => current)).toBe(true);
  expect(page.bookmark).toBe(idOf(120));
  expect(asked.filter((each) => each === 'row')).toHaveLength(21);
  expect(asked.filter((each) => each === 'hash')).toHaveLength(20);
  expect(asked.filter((each) => each.startsWith('get '))).toEqual([
    'get founding/channel',
    `get terms/${slice.certificateId}`,
  ]);
  expect(closed()).toBe(true);
});

interface Answer {
  readonly items: readonly { readonly id: string; readonly current: boolean; readonly reason?: string }[];
  readonly bookmark?: string;
}

it('ends a page before it holds more bytes than a page may, and never before its first row', async () => {
  const { stub } = bookOf(3);
  const big = 'x'.repeat(LIMITS.pageBytes);
  const sizes: Readonly<Record<string, number>> = { 'slice/a': 1, 'slice/b': LIMITS.pageBytes, 'slice/c': 1 };
  async function* range(start: string): AsyncGenerator<{ key: string; value: Buffer }> {
    for (const [key, size] of Object.entries(sizes))
      if (key >= start) yield await Promise.resolve({ key, value: Buffer.from(big.slice(0, size)) });
  }
  const crowded: ReadStub = {
    ...stub,
    getPrivateDataByRange: ((_book: string, start: string) => range(start)) as never,
  };
  const pages: string[][] = [];
  let bookmark: string | undefined;
  do {
    const page = JSON.parse(
      await listOwn(crowded, { kind: 'slice', ...(bookmark === undefined ? {} : { bookmark }) }),
    ) as Answer;
    pages.push(page.items.map(({ id }) => id));
    bookmark = page.bookmark;
  } while (bookmark !== undefined);
  expect(pages).toEqual([['a'], ['b'], ['c']]);
});

it.each([
  ['the hash', { getPrivateDataHash: () => Promise.reject(new Error('GET_PRIVATE_DATA_HASH failed')) }],
  [
    'the terms',
    {
      getPrivateData: (_book: string, key: string) =>
        key.startsWith('terms/')
          ? Promise.reject(new Error('private data matching public hash version is not available'))
          : Promise.resolve(Buffer.from(openingOf(idOf(1)))),
    },
  ],
])('says of a row that the peer did not read %s, and refuses nothing', async (_what, broken) => {
  const stub: ReadStub = { ...bookOf(2).stub, ...(broken as object) };
  const { items } = JSON.parse(await listOwn(stub, { kind: 'slice' })) as Answer;
  expect(items.map(({ current, reason }) => [current, reason])).toEqual(Array(2).fill([false, 'REGISTER_UNREADABLE']));
  expect(JSON.parse(await getOwn(stub, { kind: 'slice', id: idOf(1) }))).toMatchObject({
    reason: 'REGISTER_UNREADABLE',
  });
});
