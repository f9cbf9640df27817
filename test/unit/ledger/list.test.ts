/** A page of a book is read with as few calls as it takes: no row beyond the next, and terms that slices share once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { listOwn, type ReadStub } from '../../../chaincode/src/contracts/queries.js';
import { sha256 } from '../../../chaincode/src/ledger/codec.js';

const golden = (name: string): string => {
  const text = readFileSync(join(__dirname, '../../golden/records-v1', `${name}.json`), 'utf8');
  return (JSON.parse(text) as { readonly bytes: string }).bytes;
};

const TERMS = golden('terms');
const slice = JSON.parse(golden('slice-free')) as { readonly certificateId: string };
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
