/**
 * No party can block a step that goes against it. Each such step succeeds while that party's peer is stopped. When the peer is back, the
 * party sees what has happened to its records, and takes the current bytes from another party.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenorError } from '@tenor/client';
import type { TopologyName } from '@tenor/network';
import {
  accept,
  acknowledge,
  attest,
  confirm,
  issue,
  offer,
  offerSlice,
  openLine,
  present,
  report,
  sendBack,
  split,
  submitCertificate,
  type Issued,
  type Presented,
} from '../support/deal.js';
import { itApart } from '../support/hosting.js';
import type { Ledger, OpenLedger } from '../support/ledger.js';
import { DUE, World, type PartyName } from '../support/world.js';
import { recordOf, viewOf } from './dealBooks.js';

/** First business date after the suites' offers have lapsed. */
const LAPSED = '2026-12-16';
const FACE = '100000';

/** A step that needs a stopped peer after all, because it writes into its book in its own favour. */
async function expectToWait(step: Promise<unknown>): Promise<void> {
  const error: unknown = await step.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TenorError);
  expect(['UNAVAILABLE', 'REFUSED_BY_NETWORK']).toContain((error as TenorError).code);
}

async function pass(world: World, sliceId: string, expiresOn: string): Promise<void> {
  const transferId = await offerSlice(world, sliceId, expiresOn);
  await world.people('contractor').checker.slice.accept({ sliceId, transferId });
}

/** The blocks of an organisation's peer, once it has so many: one that was away takes them from others, one after the other. */
async function blocksOnceThere(ledger: Ledger, organization: string, count: number): Promise<readonly Uint8Array[]> {
  for (;;) {
    const blocks = await ledger.blocks(organization);
    if (blocks.length >= count) return blocks;
    await sleep(50);
  }
}

/** Everything that must go on without the loser. Order matters: time passes. */
export function shouldGoOnWithoutTheLoser(open: OpenLedger, on: TopologyName = 'five-org'): void {
  describe('with a peer stopped', () => {
    let opened: World | undefined;
    let kept = '';
    let live: Issued = { lineId: '', certificateId: '', sliceId: '' };

    const world = (): World => {
      if (opened === undefined) throw new Error('no world');
      return opened;
    };
    const stop = (name: PartyName): Promise<void> => world().ledger.faults.stopPeer(world().people(name).organization);
    const start = (name: PartyName): Promise<void> =>
      world().ledger.faults.startPeer(world().people(name).organization);
    const bank = (): ReturnType<World['people']>['checker'] => world().people('bank').checker;

    /** Who holds apart from the bank, whose peer is never the one that is stopped. */
    const payee = (): 'supplier' | 'contractor' => (world().together('bank', 'supplier') ? 'contractor' : 'supplier');
    /** Who holds what is paid while the issuer's peer is stopped. */
    const paidOne = (): 'supplier' | 'contractor' =>
      world().together('issuer', 'contractor') ? 'supplier' : 'contractor';
    /** Moves the date while a peer is stopped. It is the word of a majority: where there are but two organisations, the peer is up for it. */
    const moveWithout = async (name: PartyName, date: string): Promise<void> => {
      const needed = world().together(name, 'operator');
      if (needed) await start(name);
      await world().moveTo(date, needed ? undefined : name);
      if (needed) await stop(name);
    };

    /** What a party does after its peer came back: it takes the current bytes from another party. */
    const handOver = async (kind: 'slice' | 'status', id: string, from: PartyName, to: PartyName): Promise<void> => {
      const { opening: record } = await viewOf(world(), from, kind, id);
      const register = world().people('bank').mspId;
      await world().people(to).checker.book.restore({ kind, id, register, record });
    };

    beforeAll(async () => {
      opened = await World.found(await open());
      live = await issue(opened, FACE);
    });

    afterAll(async () => {
      await opened?.close();
    });

    describe('of the transferee', () => {
      let asked = '';

      beforeAll(async () => {
        [kept = '', asked = ''] = await split(world(), live.sliceId, ['60000', '40000']);
        await offerSlice(world(), asked);
        await stop('contractor');
      });

      afterAll(() => start('contractor'));

      it('an offer that it does not answer lapses, and the holder goes on with the slice', async () => {
        await moveWithout('contractor', LAPSED);
        const parts = await split(world(), asked, ['10000', '30000']);
        for (const id of parts)
          expect(await recordOf(world(), 'bank', 'slice', id)).toMatchObject({
            state: 'FREE',
            holder: world().people('supplier').party,
          });
      });

      it('what stays with the holder stays as it was', async () => {
        expect(await viewOf(world(), 'supplier', 'slice', kept)).toMatchObject({
          current: true,
          record: { state: 'FREE' },
        });
      });
    });

    describe('of the holder, before anything is due', () => {
      let offered = '';
      let asked = '';

      beforeAll(async () => {
        const lineId = await openLine(world(), { limit: FACE });
        offered = await submitCertificate(world(), FACE);
        await confirm(world(), lineId, [offered]);
        await offer(world(), offered, '2026-12-20');
        const [part = '', other = ''] = await split(world(), kept, ['45000', '15000']);
        await pass(world(), other, '2026-12-31');
        asked = part;
        await offerSlice(world(), asked, '2026-12-31');
        await stop('supplier');
      });

      itApart(on, 'the transferee declines its offer', async () => {
        const { record } = await viewOf(world(), 'contractor', 'slice', asked);
        const transferId = record.lock?.id ?? '';
        await world().people('contractor').checker.slice.decline({ sliceId: asked, transferId, books: 'register' });
        expect(await recordOf(world(), 'bank', 'slice', asked)).toMatchObject({ state: 'FREE', lock: null });
      });

      itApart(on, 'an offered certificate lapses, and the bank gives line and documents back', async () => {
        await world().moveTo('2026-12-21', 'supplier');
        await bank().certificate.unwind({ certificateId: offered });
        expect(await recordOf(world(), 'issuer', 'status', offered)).toMatchObject({ state: 'UNWOUND' });
      });

      itApart(
        on,
        'it comes back to a superseded copy, restores it from what another party hands over, and goes on',
        async () => {
          await start('supplier');
          expect(await viewOf(world(), 'supplier', 'slice', asked)).toMatchObject({
            current: false,
            record: { state: 'OFFERED' },
          });
          await handOver('slice', asked, 'contractor', 'supplier');
          expect(await viewOf(world(), 'supplier', 'slice', asked)).toMatchObject({
            current: true,
            record: { state: 'FREE' },
          });
          await split(world(), asked, ['20000', '25000']);
        },
      );
    });

    describe('of the issuer', () => {
      const ids = { rejected: '', declined: '', accepted: '' };
      let paid = '';
      let presented: Presented | undefined;

      beforeAll(async () => {
        const lineId = await openLine(world(), { limit: '200000' });
        for (const name of ['rejected', 'declined', 'accepted'] as const)
          ids[name] = await submitCertificate(world(), FACE);
        await confirm(world(), lineId, [ids.declined, ids.accepted]);
        await offer(world(), ids.declined, '2027-01-15');
        // Where the issuer's organisation hosts the payee that stops later, it holds its slice before.
        if (world().together(payee(), 'issuer')) await pass(world(), kept, '2027-01-15');
        await stop('issuer');
      });

      it('the bank rejects', async () => {
        await bank().certificate.reject({ certificateId: ids.rejected });
        expect(await recordOf(world(), 'bank', 'confirmation', ids.rejected)).toMatchObject({ outcome: 'REJECTED' });
      });

      it('the payee declines', async () => {
        await world().people('supplier').checker.certificate.decline({ certificateId: ids.declined });
        expect(await recordOf(world(), 'bank', 'status', ids.declined)).toMatchObject({ state: 'DECLINED' });
      });

      it('a confirmed certificate is offered, accepted and split', async () => {
        await offer(world(), ids.accepted, '2027-01-15');
        [, paid = ''] = await split(world(), await accept(world(), ids.accepted), ['70000', '30000']);
        expect(await viewOf(world(), 'supplier', 'slice', paid)).toMatchObject({ current: true });
      });

      itApart(on, 'the accepted part is passed on', async () => {
        await pass(world(), paid, '2027-01-15');
        expect(await viewOf(world(), 'contractor', 'slice', paid)).toMatchObject({ current: true });
      });

      itApart(on, 'the business date moves to maturity', async () => {
        await world().moveTo(DUE, 'issuer');
        expect(await world().people('bank').checker.registry.get('businessDate')).toMatchObject({ date: DUE });
      });

      it('the holder presents, the bank reports and attests, the payee acknowledges, the slice is paid', async () => {
        if (world().date !== DUE) await moveWithout('issuer', DUE);
        presented = await present(world(), paidOne(), [paid]);
        await report(world(), presented);
        await attest(world(), presented);
        await acknowledge(world(), paidOne(), presented);
        await bank().presentment.discharge({ presentmentId: presented.presentmentId, uetr: presented.uetr });
        expect(await recordOf(world(), paidOne(), 'slice', paid)).toMatchObject({ state: 'PAID' });
      });

      it('only what is in its own favour waits: its line and documents given back', async () => {
        await expectToWait(bank().certificate.unwind({ certificateId: ids.declined }));
        await expectToWait(bank().certificate.redeem({ certificateId: ids.accepted, sliceIds: [paid] }));
      });

      it('it comes back, catches up block by block, and gets what waited for it', async () => {
        await start('issuer');
        const others = await world().ledger.blocks(world().people('bank').organization);
        const own = await blocksOnceThere(world().ledger, world().people('issuer').organization, others.length);
        expect(own.map(headOf)).toEqual(others.map(headOf));
        expect(await world().people('issuer').checker.registry.get('businessDate')).toMatchObject({ date: DUE });
        for (const certificateId of [ids.rejected, ids.declined]) await bank().certificate.unwind({ certificateId });
        await bank().certificate.redeem({ certificateId: ids.accepted, sliceIds: [paid] });
        expect(await recordOf(world(), 'issuer', 'totals', ids.accepted)).toMatchObject({ paid: '30000' });
        expect(await recordOf(world(), 'issuer', 'status', ids.declined)).toMatchObject({ state: 'UNWOUND' });
      });

      it('a voucher that lost a root takes it back alone, without touching the key that others rely on', async () => {
        for (const kind of ['terms', 'face', 'confirmation'] as const) {
          const { opening } = await viewOf(world(), 'bank', kind, ids.accepted);
          const { sender } = world().people('issuer').checker;
          const plan = await sender.plan(
            'book:restore',
            { kind, id: ids.accepted, register: world().people('bank').mspId },
            { record: opening },
            Buffer.alloc(32),
          );
          expect(plan.endorsingOrganizations).toEqual([world().people('issuer').mspId]);
        }
      });
    });

    describe('of the payee, once it has acknowledged', () => {
      let sliceIds: readonly string[] = [];
      let spoken: Presented | undefined;

      beforeAll(async () => {
        const { items } = await world().people(payee()).checker.book.slice.list();
        sliceIds = items
          .filter(
            ({ record, current }) => current && record.state === 'FREE' && record.certificateId === live.certificateId,
          )
          .map(({ id }) => id);
        expect(sliceIds).not.toEqual([]);
        const presented = await present(world(), payee(), [...sliceIds]);
        spoken = presented;
        await report(world(), presented);
        await attest(world(), presented);
        await acknowledge(world(), payee(), presented);
        await stop(payee());
        const { presentmentId, uetr } = presented;
        await expectToWait(bank().presentment.discharge({ presentmentId, uetr }));
        await bank().presentment.discharge({ presentmentId, uetr, books: 'register' });
      });

      it('the bank closes what it has paid', async () => {
        for (const id of sliceIds)
          expect(await recordOf(world(), 'bank', 'slice', id)).toMatchObject({ state: 'PAID' });
      });

      it("the payee's bank records that the payment came back, in its own book alone", async () => {
        if (spoken === undefined) throw new Error('nothing was presented');
        const host = { host: 'bank', party: world().people('bank').party } as const;
        await expectToWait(sendBack(world(), spoken, host));
        const { endorsingOrganizations } = await sendBack(world(), spoken, host, { books: 'register' });
        expect(endorsingOrganizations).toEqual([world().people('bank').mspId]);
        expect(await recordOf(world(), 'bank', 'return', spoken.uetr)).toMatchObject({ amount: spoken.amount });
      });

      itApart(on, 'the bank settles what it has closed', async () => {
        await bank().certificate.redeem({ certificateId: live.certificateId, sliceIds: [...sliceIds] });
        // 10000 and 30000 of the offer that lapsed, 20000 and 25000 of what was restored; 15000 are the contractor's.
        expect(await recordOf(world(), 'issuer', 'totals', live.certificateId)).toMatchObject({ paid: '85000' });
      });

      it('it comes back to copies that prove nothing, and restores them', async () => {
        await start(payee());
        const [id = ''] = sliceIds;
        expect(await viewOf(world(), payee(), 'slice', id)).toMatchObject({
          current: false,
          record: { state: 'ACKNOWLEDGED' },
        });
        await handOver('slice', id, 'bank', payee());
        expect(await viewOf(world(), payee(), 'slice', id)).toMatchObject({
          current: true,
          record: { state: 'PAID' },
        });
      });

      it('bytes that are not those of the register are not restored', async () => {
        const [id = ''] = sliceIds;
        const { record } = await viewOf(world(), 'bank', 'slice', id);
        const register = world().people('bank').mspId;
        const forged = JSON.stringify({ ...record, amount: `${record.amount}1` });
        const { restore } = world().people(payee()).checker.book;
        await expect(restore({ kind: 'slice', id, register, record: forged })).rejects.toMatchObject({
          code: 'OPENING_MISMATCH',
        });
      });
    });
  });
}

/** Number and hash of what is before, of a block. */
const headOf = (block: Uint8Array): string => Buffer.from(block.subarray(0, 80)).toString('hex');
