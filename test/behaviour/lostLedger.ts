/**
 * An organisation's peer loses its ledger and joins the channel again. Public state and hashes come back with the blocks, the values
 * of its own book do not. The organisation adopts the founding again, takes its records back from whoever else has their bytes, and
 * goes on with its deal. What nobody else had is gone.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newReference, type BookKind, type Receipt } from '@tenor/client';
import {
  attest,
  acknowledge,
  issue,
  present,
  release,
  reopen,
  report,
  split,
  submitCertificate,
  transfer,
  type Issued,
} from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, World, type PartyName } from '../support/world.js';
import { outcome, recordOf, refusal, rowsOf, viewOf, viewsOf } from './dealBooks.js';

/** Kinds that the supplier has copies of. */
const SHOWN = ['terms', 'face', 'confirmation', 'status', 'slice'] as const;
/** Kinds that the bank keeps, or keeps with the issuer. */
const KEPT = ['line', 'claim', 'terms', 'face', 'confirmation', 'status', 'slice'] as const;

/** Everything that must come back after a ledger is lost. Order matters: first the holder's, then the bank's. */
export function shouldRecoverALostLedger(open: OpenLedger): void {
  describe('after the loss of its ledger', () => {
    let opened: World | undefined;
    let live: Issued = { lineId: '', certificateId: '', sliceId: '' };
    let kept = '';
    let passed = '';
    /** The root slice before it was split. */
    let superseded = '';

    const world = (): World => {
      if (opened === undefined) throw new Error('no world');
      return opened;
    };
    const lose = (name: PartyName): Promise<void> =>
      world().ledger.faults.loseLedger(world().people(name).organization);
    const adopt = (name: PartyName): Promise<Receipt> => {
      const founders = world().ledger.organizations.map(({ mspId }) => mspId);
      return world().people(name).admin.registry.adopt({ founders });
    };

    /** `to` takes back what the book of `from` shows of a record. */
    const handOver = async (kind: BookKind, id: string, from: PartyName, to: PartyName): Promise<Receipt> => {
      const { register, opening } = await viewOf(world(), from, kind, id);
      return restore(to, { kind, id, register, record: opening });
    };
    const restore = (
      to: PartyName,
      input: { readonly kind: BookKind; readonly id: string; readonly register: string; readonly record: string },
    ): Promise<Receipt> => world().people(to).checker.book.restore(input);
    const forged = async (from: PartyName, kind: BookKind, id: string, changes: object): Promise<string> => {
      const { opening } = await viewOf(world(), from, kind, id);
      return JSON.stringify({ ...(JSON.parse(opening) as object), ...changes });
    };

    /** Bytes of what is current in the book of a party, by kind and id. */
    const bytesOf = async (name: PartyName, kinds: readonly BookKind[]): Promise<Record<string, string>> => {
      const views = await Promise.all(kinds.map((kind) => viewsOf(world().people(name).checker, kind)));
      const current = views.flat().filter((view) => view.current);
      return Object.fromEntries(current.map(({ kind, id, opening }) => [`${kind} ${id}`, opening]));
    };

    beforeAll(async () => {
      opened = await World.found(await open());
      live = await issue(opened, '100000');
      superseded = (await viewOf(opened, 'bank', 'slice', live.sliceId)).opening;
      [kept = '', passed = ''] = await split(opened, live.sliceId, ['60000', '40000']);
      await transfer(opened, passed);
    });

    afterAll(async () => {
      await opened?.close();
    });

    describe('the holder', () => {
      let before: Record<string, string> = {};
      const supplier = (): ReturnType<World['people']> => world().people('supplier');
      const offering = { transferId: '', ticketId: '' };
      const offerKept = (): {
        sliceId: string;
        transferId: string;
        ticketId: string;
        transferee: string;
        expiresOn: string;
      } => ({
        ...{ sliceId: kept, ...offering, transferee: LEI.contractor, expiresOn: '2026-12-15' },
      });

      beforeAll(async () => {
        Object.assign(offering, { transferId: newReference(), ticketId: supplier().maker.newId() });
        const { maker, party } = supplier();
        await maker.ticket.prepare('slice:offer', offerKept(), { party, expiresOn: world().date });
        before = await bytesOf('supplier', SHOWN);
        await lose('supplier');
      });

      it('finds every block there', async () => {
        const [own, others] = await Promise.all(['supplier', 'bank'].map((name) => world().ledger.blocks(name)));
        expect(own?.length).toBe(others?.length);
      });

      it('is told that its book is not there, by lists, reads and commands alike', async () => {
        const { checker } = supplier();
        expect(await outcome(checker.book.slice.list())).toBe('BOOK_ELSEWHERE');
        expect(await outcome(checker.book.slice.get(kept))).toBe('BOOK_ELSEWHERE');
        const lost = await refusal(split(world(), kept, ['20000', '40000']));
        expect({ code: lost.code, data: lost.data }).toEqual({
          code: 'BOOK_ELSEWHERE',
          data: { kind: 'slice', id: kept },
        });
      });

      it('is told of what never was that there is none', async () => {
        const id = world().newId('bank', 'supplier');
        expect(await outcome(supplier().checker.book.slice.get(id))).toBe('NOT_FOUND');
      });

      it('is missed by nobody: the others have what they had', async () => {
        expect(await viewOf(world(), 'bank', 'slice', kept)).toMatchObject({ current: true });
        expect(await viewOf(world(), 'contractor', 'slice', passed)).toMatchObject({ current: true });
      });

      it('adopts the founding again, which is no repeat, and has a book that is empty', async () => {
        expect(await adopt('supplier')).toMatchObject({ replayed: false });
        expect(await adopt('supplier')).toMatchObject({ replayed: true });
        expect((await rowsOf(supplier().checker, 'founding')).map(({ current }) => current)).toEqual([true]);
        expect(await bytesOf('supplier', SHOWN)).toEqual({});
      });

      it('is still told of each record by itself that it is lost', async () => {
        expect(await outcome(supplier().checker.book.slice.get(kept))).toBe('BOOK_ELSEWHERE');
        expect(await outcome(split(world(), kept, ['20000', '40000']))).toBe('BOOK_ELSEWHERE');
      });

      it('takes no bytes back that the register does not vouch for', async () => {
        const register = world().people('bank').mspId;
        const more = await forged('bank', 'slice', kept, { amount: '60001' });
        expect(await outcome(restore('supplier', { kind: 'slice', id: kept, register, record: more }))).toBe(
          'OPENING_MISMATCH',
        );
        const old = { kind: 'slice', id: live.sliceId, register, record: superseded } as const;
        expect(await outcome(restore('supplier', old))).toBe('OPENING_MISMATCH');
        expect(await bytesOf('supplier', SHOWN)).toEqual({});
      });

      it('takes each record back from the bank, and holds the very bytes that it held', async () => {
        for (const kind of SHOWN)
          for (const { id } of await viewsOf(world().people('bank').checker, kind)) {
            if (`${kind} ${id}` in before)
              expect(await handOver(kind, id, 'bank', 'supplier')).toMatchObject({ replayed: false });
          }
        expect(Object.keys(before).length).toBe(6);
        expect(await bytesOf('supplier', [...SHOWN])).toEqual(before);
        expect(await viewOf(world(), 'supplier', 'slice', kept)).toMatchObject({ current: true });
      });

      it('takes nothing back twice', async () => {
        expect(await handOver('slice', kept, 'bank', 'supplier')).toMatchObject({ replayed: true });
      });

      it('has lost what nobody else had: a ticket is prepared anew', async () => {
        const { maker, checker, party, mspId } = supplier();
        expect(await outcome(checker.slice.offer(offerKept()))).toBe('BOOK_ELSEWHERE');
        const ticket = { kind: 'ticket', id: offering.ticketId, register: mspId, record: superseded } as const;
        expect(await outcome(restore('supplier', ticket))).toBe('NOT_RESTORABLE');
        offering.ticketId = maker.newId();
        await maker.ticket.prepare('slice:offer', offerKept(), { party, expiresOn: world().date });
        await checker.slice.offer(offerKept());
      });

      it('goes on with its deal', async () => {
        const { transferId } = offering;
        await world().people('contractor').checker.slice.decline({ sliceId: kept, transferId });
        expect(await viewOf(world(), 'supplier', 'slice', kept)).toMatchObject({
          current: true,
          record: { state: 'FREE' },
        });
        [kept = ''] = await split(world(), kept, ['45000', '15000']);
        expect(await viewOf(world(), 'supplier', 'slice', kept)).toMatchObject({ current: true });
      });
    });

    describe('the bank', () => {
      let before: Record<string, string> = {};
      /** The slice that was split while the bank had nothing. */
      let meanwhile = '';
      const bank = (): ReturnType<World['people']> => world().people('bank');
      /** Who else has a slice, by the bytes that the bank had. */
      const holderOf = (bytes: string): PartyName =>
        (JSON.parse(bytes) as { holder: string }).holder === LEI.contractor ? 'contractor' : 'supplier';
      const sourceOf = (kind: (typeof KEPT)[number], bytes: string): PartyName => {
        if (kind === 'slice') return holderOf(bytes);
        return kind === 'status' ? 'supplier' : 'issuer';
      };

      beforeAll(async () => {
        before = await bytesOf('bank', KEPT);
        await lose('bank');
      });

      it('is told that its registers are not there', async () => {
        expect(await outcome(bank().checker.book.line.list())).toBe('BOOK_ELSEWHERE');
        expect(await outcome(bank().checker.book.line.get(live.lineId))).toBe('BOOK_ELSEWHERE');
      });

      it('vouches by hashes all the same: a holder goes on meanwhile', async () => {
        meanwhile = kept;
        const parts = await split(world(), meanwhile, ['40000', '5000']);
        for (const part of parts)
          expect(await viewOf(world(), 'supplier', 'slice', part)).toMatchObject({ current: true });
      });

      it('takes no bytes back that are not those of the hash', async () => {
        await adopt('bank');
        const register = bank().mspId;
        const more = await forged('issuer', 'line', live.lineId, { limit: '100001' });
        expect(await outcome(restore('bank', { kind: 'line', id: live.lineId, register, record: more }))).toBe(
          'OPENING_MISMATCH',
        );
        const old = { kind: 'slice', id: live.sliceId, register, record: superseded } as const;
        expect(await outcome(restore('bank', old))).toBe('OPENING_MISMATCH');
      });

      it('takes its registers back from those who have copies: issuer, payee, holders', async () => {
        for (const [name, bytes] of Object.entries(before)) {
          const [kind, id] = name.split(' ') as [(typeof KEPT)[number], string];
          // What was written since the loss is there.
          if (id === meanwhile) continue;
          expect(await handOver(kind, id, sourceOf(kind, bytes), 'bank')).toMatchObject({ replayed: false });
        }
        const { [`slice ${meanwhile}`]: spent, ...unchanged } = before;
        expect(spent).toContain('"state":"FREE"');
        expect(await bytesOf('bank', KEPT)).toMatchObject(unchanged);
        expect(await recordOf(world(), 'bank', 'slice', meanwhile)).toMatchObject({ state: 'SPENT' });
        expect(await recordOf(world(), 'bank', 'line', live.lineId)).toMatchObject({ utilised: '100000' });
      });

      it('takes new business as before', async () => {
        await submitCertificate(world(), '1000');
        expect((await viewsOf(bank().checker, 'face')).every(({ current }) => current)).toBe(true);
      });

      it('settles the deal: pays against proof, counts, and restores the line', async () => {
        await world().moveTo(DUE);
        const all = await viewsOf(world().people('supplier').checker, 'slice');
        const own = all.filter(
          ({ record, current }) => current && record.state === 'FREE' && record.holder === LEI.supplier,
        );
        const presented = await present(
          world(),
          'supplier',
          own.map(({ id }) => id),
        );
        await report(world(), presented);
        await attest(world(), presented);
        await acknowledge(world(), 'supplier', presented);
        await release(world(), presented);
        const sliceIds = own.map(({ id }) => id);
        await bank().checker.certificate.redeem({ certificateId: live.certificateId, sliceIds });
        expect(await recordOf(world(), 'issuer', 'totals', live.certificateId)).toMatchObject({ paid: '60000' });
        expect(await recordOf(world(), 'bank', 'line', live.lineId)).toMatchObject({ utilised: '40000' });
      });

      it('goes on with a payment that it has announced, from a backup of what nobody else has', async () => {
        const presented = await present(world(), 'contractor', [passed]);
        await report(world(), presented, 'ACSP');
        const { checker } = bank();
        const backup = [
          ...(await viewsOf(checker, 'payment')),
          ...(await viewsOf(checker, 'remittance')),
          ...(await viewsOf(checker, 'creditSecret')),
        ];
        await lose('bank');
        await adopt('bank');
        const { presentmentId } = presented;
        await handOver('presentment', presentmentId, 'contractor', 'bank');
        await handOver('slice', passed, 'contractor', 'bank');
        await handOver('terms', live.certificateId, 'issuer', 'bank');
        // A peer that reads several values at once finds none where one is lost (decision 0014): the others do not agree with it.
        expect(['UETR_USED', 'CONFLICT']).toContain(await outcome(report(world(), presented)));
        for (const { kind, id, register, opening: record } of backup)
          await restore('bank', { kind, id, register, record });
        await report(world(), presented, 'RJCT');
        await reopen(world(), presented);
        const again = { ...presented, uetr: randomUUID() };
        await report(world(), again); // the mark of the first payment is gone, in its restored copy too
        await attest(world(), again);
        await acknowledge(world(), 'contractor', again);
        await release(world(), again);
        expect(await recordOf(world(), 'bank', 'slice', passed)).toMatchObject({ state: 'PAID' });
      });
    });
  });
}
