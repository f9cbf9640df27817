/**
 * A book can hold rows that make no sense, although its owner endorsed every write. An offer copies what its sender wrote, and the owner
 * may have run other chaincode before. A list of such a book gives every row, and says of each row that is not current why it is not.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId, TenorError, type BookKind, type NotCurrent } from '@tenor/client';
import { Attackers, erase, write } from '../support/attack.js';
import { shownKey } from '../../chaincode/src/ledger/keys.js';
import { forgedFace, forgedSlice, forgedTerms } from '../support/attackForgery.js';
import { rowsOf } from './dealBooks.js';
import { FACE, holdersOf, type Scene } from './attacksScene.js';

/** A record that stands in the holder's book under this key, and what its row must say. */
interface Planted {
  readonly kind: BookKind;
  readonly key: string;
  readonly id: string;
  readonly bytes: string;
  readonly reason: NotCurrent;
  /** Whether the row shows the record. */
  readonly readable: boolean;
}

const KINDS = ['slice', 'terms', 'face'] as const;

const LONG = 'slice-with-an-id-that-nobody-draws-'.repeat(20);

/** Everything that makes no sense, by hand. The keys sort before, between and after those of the real copies. */
function nonsense({ world, terms }: Scene): Planted[] {
  const bank = world.people('bank').mspId;
  const text = (record: object): string => JSON.stringify(record);
  const abroad = forgedTerms(world, { bankMsp: 'NowhereMSP', issuerMsp: 'NowhereMSP' });
  const face = forgedFace(world, abroad, FACE);
  const minted = forgedSlice(world, terms, '1');
  const others = forgedTerms(world);
  const unreadable = (kind: BookKind, register: string, id: string, bytes: string): Planted => ({
    ...{ kind, key: shownKey(register, kind, id), id, bytes, reason: 'UNREADABLE', readable: false },
  });
  const shown = (kind: BookKind, register: string, record: { readonly id: string }, reason: NotCurrent): Planted => ({
    ...{ kind, key: shownKey(register, kind, record.id), id: record.id, bytes: text(record), reason, readable: true },
  });
  const deep = shownKey(bank, 'slice', `${minted.id}/more`);
  return [
    unreadable('slice', bank, '0', 'x'),
    unreadable('slice', bank, '00', '{"schema":"tenor.slice/1"}'),
    unreadable('slice', bank, 'zzzzzzzzzzzzzzzzzzzzzzz', text({ ...minted, amount: -1 })),
    unreadable('slice', '~\u00e9\u4e2d\u{1f600}', '~', '[]'),
    unreadable('slice', bank, 'with a\nnew line and a "quote"', '""'),
    unreadable('slice', bank, LONG, '{}'),
    unreadable('slice', bank, 'weird', text(minted)), // a record of another id than its key
    { kind: 'slice', key: deep, id: deep, bytes: text(minted), reason: 'UNREADABLE', readable: false },
    unreadable('terms', bank, newId(bank, bank), 'no terms'),
    shown('terms', 'NowhereMSP', abroad, 'REGISTER_UNKNOWN'),
    shown('face', 'NowhereMSP', face, 'REGISTER_UNKNOWN'),
    shown('slice', bank, minted, 'NOT_REGISTERED'),
    shown('terms', bank, others, 'NOT_REGISTERED'),
  ];
}

/** Lists of a book with nonsense in it. */
export function shouldSurviveWhatABookHolds(scene: () => Scene): void {
  describe('with nonsense in the book of a holder', () => {
    let planted: Planted[] = [];
    const before: Partial<Record<BookKind, readonly object[]>> = {};
    const holder = (): 'supplier' | 'contractor' => holdersOf(scene()).holder;

    beforeAll(async () => {
      const { world } = scene();
      const { mspId } = world.people(holder());
      for (const kind of KINDS) before[kind] = await rowsOf(world.people(holder()).checker, kind);
      planted = nonsense(scene());
      const attackers = await Attackers.corrupt(world, [holder()]);
      expect(await attackers.commit(planted.map(({ key, bytes }) => write(mspId, key, bytes)))).toBe('VALID');
      await attackers.surrender();
    });

    it.each<BookKind>([...KINDS])('a list of its %s gives every row, and why it is not current', async (kind) => {
      const rows = await rowsOf(scene().world.people(holder()).checker, kind, 1);
      const ours = planted.filter((each) => each.kind === kind);
      for (const { id, bytes, reason, readable } of ours) {
        const row = rows.find((each) => each.id === id);
        expect(row).toMatchObject({ kind, id, opening: bytes, current: false, reason });
        expect([id, row?.record !== undefined]).toEqual([id, readable]);
      }
      const others = rows.filter(({ id }) => !ours.some((each) => each.id === id));
      expect(others).toEqual(before[kind]);
      expect(rows.length).toBe(new Set(rows.map(({ id }) => id)).size);
    });

    it('the real slices beside it are current', async () => {
      const rows = await rowsOf(scene().world.people(holder()).checker, 'slice');
      expect(rows.find(({ id }) => id === holdersOf(scene()).slice)).toMatchObject({ kind: 'slice', current: true });
    });

    it('one such record is read with its reason, and one that cannot be decoded is refused by a code', async () => {
      const { book } = scene().world.people(holder()).checker;
      const face = planted.find(({ kind }) => kind === 'face')?.id ?? '';
      expect(await book.face.get(face)).toMatchObject({ current: false, reason: 'REGISTER_UNKNOWN' });
      const bank = scene().world.people('bank').mspId;
      await expect(book.slice.get('0', bank)).rejects.toThrow(TenorError);
      await expect(book.slice.get('0', bank)).rejects.toMatchObject({
        code: 'RECORD_UNREADABLE',
        data: { kind: 'slice' },
      });
    });

    it('what made no sense is taken out again', async () => {
      const { world } = scene();
      const { mspId } = world.people(holder());
      const attackers = await Attackers.corrupt(world, [holder()]);
      expect(await attackers.commit(planted.map(({ key }) => erase(mspId, key)))).toBe('VALID');
      await attackers.surrender();
      for (const kind of KINDS) expect(await rowsOf(world.people(holder()).checker, kind)).toEqual(before[kind]);
    });
  });
}
