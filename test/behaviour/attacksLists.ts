/**
 * What stands in a book was put there with the owner's signature, yet need not make sense: an offer copies what its sender wrote,
 * and an owner's own chaincode may have been another one once. A list of such a book gives every row, and says of each that is
 * not current why.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId, TenorError, type BookKind, type NotCurrent } from '@tenor/client';
import { Attackers, erase, write } from '../support/attack.js';
import { forgedFace, forgedSlice, forgedTerms } from '../support/attackForgery.js';
import type { PartyName } from '../support/world.js';
import { rowsOf } from './dealBooks.js';
import { FACE, holdersOf, type Scene } from './attacksScene.js';

/** A record that stands in the holder's book under this key, and what its row must say. */
interface Planted {
  readonly kind: BookKind;
  readonly id: string;
  readonly bytes: string;
  readonly reason: NotCurrent;
  /** Whether the row shows the record. */
  readonly readable: boolean;
}

const KINDS = ['slice', 'terms', 'face'] as const;

const LONG = 'slice-with-an-id-that-nobody-draws-'.repeat(20);

/** Everything that makes no sense, by hand. The ids sort before, between and after those of the real slices. */
function nonsense(scene: Scene, holder: PartyName): Planted[] {
  const { world, live } = scene;
  const text = (record: object): string => JSON.stringify(record);
  const abroad = forgedTerms(world, { bankMsp: 'NowhereMSP', issuerMsp: 'NowhereMSP' });
  const face = forgedFace(world, abroad, FACE);
  const rooted = forgedSlice(world, abroad.id, '1');
  const minted = forgedSlice(world, live, '1');
  const rootless = forgedSlice(world, newId(), '1');
  const broken = newId();
  const underBroken = forgedSlice(world, broken, '1');
  const own = forgedTerms(world, { bankMsp: world.people(holder).mspId });
  const others = forgedTerms(world);
  const misplaced = newId();
  const underMisplaced = forgedSlice(world, misplaced, '1');
  const slice = (id: string, bytes: string): Planted => ({
    ...{ kind: 'slice', id, bytes, reason: 'UNDECODABLE', readable: false },
  });
  const shown = (kind: BookKind, record: { readonly id: string }, reason: NotCurrent, id = record.id): Planted => ({
    ...{ kind, id, bytes: text(record), reason, readable: true },
  });
  return [
    slice('0', 'x'),
    slice('00', '{"schema":"tenor.slice/1"}'),
    slice('zzzzzzzzzzzzzzzzzzzzzzz', text({ ...minted, amount: -1 })),
    slice('~\u00e9\u4e2d\u{1f600}', '[]'),
    slice(`${minted.id}/more`, 'null'),
    slice('with a\nnew line and a "quote"', '""'),
    slice(LONG, '{}'),
    { kind: 'terms', id: broken, bytes: 'no terms', reason: 'UNDECODABLE', readable: false },
    shown('terms', abroad, 'MSP_UNKNOWN'),
    shown('face', face, 'MSP_UNKNOWN'),
    shown('slice', rooted, 'MSP_UNKNOWN'),
    shown('slice', minted, 'NOT_REGISTERED'),
    shown('slice', rootless, 'REGISTER_UNKNOWN'),
    shown('slice', underBroken, 'REGISTER_UNKNOWN'),
    shown('slice', underMisplaced, 'REGISTER_UNKNOWN'),
    shown('slice', minted, 'KEY_MISMATCH', 'weird'),
    shown('terms', own, 'KEY_MISMATCH', misplaced),
    shown('terms', others, 'NOT_REGISTERED'),
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
      planted = nonsense(scene(), holder());
      const attackers = await Attackers.corrupt(world, [holder()]);
      expect(await attackers.commit(planted.map(({ kind, id, bytes }) => write(mspId, `${kind}/${id}`, bytes)))).toBe(
        'VALID',
      );
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
      const { slices, certificates } = scene().world.people(holder()).checker;
      const face = planted.find(({ kind }) => kind === 'face')?.id ?? '';
      expect(await certificates.faces.get(face)).toMatchObject({ current: false, reason: 'MSP_UNKNOWN' });
      await expect(slices.get('0')).rejects.toThrow(TenorError);
      await expect(slices.get('0')).rejects.toMatchObject({ code: 'OPENING_MALFORMED', data: { kind: 'slice' } });
    });

    it('what made no sense is taken out again', async () => {
      const { world } = scene();
      const { mspId } = world.people(holder());
      const attackers = await Attackers.corrupt(world, [holder()]);
      expect(await attackers.commit(planted.map(({ kind, id }) => erase(mspId, `${kind}/${id}`)))).toBe('VALID');
      await attackers.surrender();
      for (const kind of KINDS) expect(await rowsOf(world.people(holder()).checker, kind)).toEqual(before[kind]);
    });
  });
}
