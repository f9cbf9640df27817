/** Places in a book for calls of other organisations: their keys and bytes, where a call looks, and how many calls a day finds room for. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { placeKey, placesFor, takenOn, takePlace, type Newcomer } from '../../../chaincode/src/ledger/intake.js';
import { TenorError } from '../../../chaincode/src/protocol/errors.js';
import { LIMITS } from '../../../chaincode/src/protocol/limits.js';
import { BOOK_RECORDS } from '../../../chaincode/src/protocol/records/index.js';

const TODAY = '2026-11-23';
const TOMORROW = '2026-11-24';
const seedOf = (text: string): Uint8Array => createHash('sha256').update(text).digest();
const newcomer = (text: string, changes: Partial<Newcomer> = {}): Newcomer => ({
  ...{ command: 'slice:offer', senderMsp: 'SupplierMSP', seed: seedOf(text), today: TODAY },
  ...changes,
});

it('stands under the command, the sender and the number, and holds its date alone', () => {
  expect(placeKey(newcomer('any'), 17)).toBe('own/intake/slice:offer~SupplierMSP~17');
  expect(takenOn(TODAY)).toBe('{"date":"2026-11-23","schema":"tenor.intake/1"}');
  expect(BOOK_RECORDS.intake.parse(JSON.parse(takenOn(TODAY)))).toEqual({ schema: 'tenor.intake/1', date: TODAY });
});

describe('where a call looks', () => {
  it('follows from its seed and its command', () => {
    const drawn = (command: string, turn: number): number => {
      const bytes = createHmac('sha256', seedOf('a'))
        .update(`intake/${command}/${String(turn)}`)
        .digest();
      return bytes.readUIntBE(0, 6) % 5000;
    };
    const turns = Array.from({ length: 100 }, (_, turn) => turn);
    expect([...placesFor(newcomer('a'))]).toEqual(turns.map((turn) => drawn('slice:offer', turn)));
    expect([...placesFor(newcomer('a', { command: 'slice:present' }))]).toEqual(
      turns.map((turn) => drawn('slice:present', turn)),
    );
  });

  it('is a hundred places of the five thousand at most, whatever the seed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
        const places = [...placesFor(newcomer('', { seed }))];
        expect(places).toHaveLength(100);
        expect(places.every((place) => Number.isInteger(place) && place >= 0 && place < 5000)).toBe(true);
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });

  it('is spread evenly: the first looks of 50,000 calls find each place about ten times', () => {
    const counts = new Map<number, number>();
    for (let call = 0; call < 50_000; call++) {
      const [place = -1] = placesFor(newcomer(String(call)));
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    expect(counts.size).toBe(5000);
    expect(Math.max(...counts.values())).toBeLessThan(30);
  });
});

/** A book by hashes, as everybody sees it. */
class Book {
  readonly #hashes = new Map<string, string>();
  looks = 0;

  readonly hash = (key: string): Promise<string> => {
    this.looks++;
    return Promise.resolve(this.#hashes.get(key) ?? '');
  };

  /** Whether a call is taken; its place then is. */
  async takes(call: Newcomer): Promise<boolean> {
    try {
      const { key, bytes = '' } = await takePlace('BankMSP', call, this.hash);
      this.#hashes.set(key, createHash('sha256').update(bytes).digest('hex'));
      return true;
    } catch (error) {
      if (error instanceof TenorError && error.code === 'QUOTA_REACHED') return false;
      throw error;
    }
  }

  get size(): number {
    return this.#hashes.size;
  }
}

describe('a day of calls', () => {
  it('never takes more than there are places, nearly all of them, and as many again on the next date', async () => {
    const book = new Book();
    for (const today of [TODAY, TOMORROW]) {
      let [taken, untilRefused] = [0, 0];
      for (let call = 0; call < 6000; call++) {
        if (await book.takes(newcomer(`${today} ${String(call)}`, { today }))) taken++;
        else if (untilRefused === 0) untilRefused = taken;
      }
      expect(taken).toBeLessThanOrEqual(LIMITS.intakePlaces);
      expect(taken).toBeGreaterThan(4950);
      // Nine calls of ten that the limit names are never refused.
      expect(untilRefused).toBeGreaterThan(4500);
      expect(book.size).toBeLessThanOrEqual(LIMITS.intakePlaces);
    }
    for (const changes of [{ senderMsp: 'OtherMSP' }, { command: 'slice:present' }])
      expect(await book.takes(newcomer('another', { today: TOMORROW, ...changes }))).toBe(true);
  });

  it('looks twice at a place where half of them are taken', async () => {
    const book = new Book();
    for (let call = 0; call < 2500; call++) await book.takes(newcomer(String(call)));
    const before = book.looks;
    for (let call = 0; call < 100; call++) await takePlace('BankMSP', newcomer(`more ${String(call)}`), book.hash);
    expect((book.looks - before) / 100).toBeLessThan(2.5);
  });
});

it('says whose book is full for which command, and what the number is', async () => {
  const full = (): Promise<string> => Promise.resolve(createHash('sha256').update(takenOn(TODAY)).digest('hex'));
  const data = { mspId: 'BankMSP', command: 'slice:offer', limit: '5000' };
  await expect(takePlace('BankMSP', newcomer('any'), full)).rejects.toMatchObject({ code: 'QUOTA_REACHED', data });
});

it('takes a place whatever stands there, if it is not the date of today', async () => {
  const [first = -1] = placesFor(newcomer('any'));
  const others = ['', takenOn(TOMORROW), takenOn('2026-11-22'), `${takenOn(TODAY)} `, 'nonsense'];
  for (const standing of others) {
    const hash = standing === '' ? '' : createHash('sha256').update(standing).digest('hex');
    const write = await takePlace('BankMSP', newcomer('any'), () => Promise.resolve(hash));
    expect(write).toEqual({
      ...{ mspId: 'BankMSP', key: placeKey(newcomer('any'), first), bytes: takenOn(TODAY), policy: undefined },
    });
  }
});
