/** Bulk: confirm, accept and present take up to 50 items, all or none of them, and a refusal names the item. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Receipt } from '@tenor/client';
import {
  ACCOUNT,
  claimDocument,
  confirm,
  contentOf,
  offer,
  openLine,
  presentAs,
  split,
  submitCertificate,
} from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, World, type PartyName } from '../support/world.js';
import { outcome, recordOf, refusal, utilised, viewsOf } from './dealBooks.js';
import { heightOf } from './dealStand.js';

/** Sizes of the lists that pass. */
const SIZES = [1, 20, 50] as const;
const AMOUNT = '7000';

/** Calls that may run at once without getting into each other's way. */
async function allAtOnce<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += 8) {
    results.push(...(await Promise.all(items.slice(start, start + 8).map(act))));
  }
  return results;
}

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

interface Stock {
  lineId: string;
  /** Certificates by the size of the list that they are in. */
  readonly certificates: Map<number, string[]>;
  readonly slices: Map<number, string[]>;
}

/** The three commands that take lists. */
export function shouldWorkInBulk(open: OpenLedger): void {
  describe('in bulk', () => {
    let world: World;
    const stock: Stock = { lineId: '', certificates: new Map(), slices: new Map() };
    beforeAll(async () => {
      world = await World.found(await open());
      stock.lineId = await openLine(world, { limit: '1000000' });
      const submitted = await allAtOnce(times(71), () => submitCertificate(world, AMOUNT));
      let next = 0;
      for (const size of SIZES) stock.certificates.set(size, submitted.slice(next, (next += size)));
    });
    afterAll(() => world.close());

    confirming(() => world, stock);
    accepting(() => world, stock);
    presenting(() => world, stock);
  });
}

/** The longest lists alone, where a transaction has to pass a line, its limits and its deadlines. */
export function shouldTakeFiftyAtOnce(open: OpenLedger): void {
  describe('fifty at once', () => {
    let world: World;
    beforeAll(async () => {
      world = await World.found(await open());
    });
    afterAll(() => world.close());

    it('are confirmed, accepted and presented, each time in one transaction', async () => {
      const lineId = await openLine(world, { limit: '1000000' });
      const certificateIds = await allAtOnce(times(50), () => submitCertificate(world, AMOUNT));
      const passed = { replayed: false, attempts: 1 };
      expect(await confirm(world, lineId, certificateIds)).toMatchObject(passed);
      expect(await utilised(world, 'issuer', lineId)).toBe('350000');
      await allAtOnce(certificateIds, (id) => offer(world, id));
      const sliceIds = fresh(world, 50, 'supplier');
      const items = certificateIds.map((certificateId, index) => ({ certificateId, sliceId: sliceIds[index] ?? '' }));
      const { checker } = world.people('supplier');
      expect(await checker.certificate.accept({ items })).toMatchObject(passed);
      await world.moveTo(DUE);
      const presentmentId = world.newId('supplier');
      const call = { presentmentId, sliceIds, account: ACCOUNT, payeeBank: LEI.bank, ticketId: checker.newId() };
      expect(await presentAs(world, 'supplier', call)).toMatchObject(passed);
      expect(await recordOf(world, 'bank', 'presentment', presentmentId)).toMatchObject({ amount: '350000' });
    });
  });
}

const inList = (lists: ReadonlyMap<number, string[]>, size: number): string[] => lists.get(size) ?? [];

function confirming(world: () => World, stock: Stock): void {
  describe('confirm', () => {
    it('refuses the whole list for one certificate that is not submitted, and draws nothing', async () => {
      const [other, rejected] = await allAtOnce(times(2), () => submitCertificate(world(), AMOUNT));
      await world()
        .people('bank')
        .checker.certificate.reject({ certificateId: rejected ?? '' });
      const error = await refusal(
        confirm(world(), stock.lineId, [inList(stock.certificates, 1)[0] ?? '', other ?? '', rejected ?? '']),
      );
      expect([error.code, error.data['index']]).toEqual(['CONFIRMATION_EXISTS', '2']);
      expect(await utilised(world(), 'bank', stock.lineId)).toBe('0');
      expect(await viewsOf(world().people('issuer').checker, 'confirmation')).toEqual([]);
    });

    it('refuses the whole list for one certificate that the line is too small for', async () => {
      const small = await openLine(world(), { limit: '20999' });
      const error = await refusal(confirm(world(), small, inList(stock.certificates, 20).slice(0, 3)));
      expect([error.code, error.data]).toEqual(['LINE_EXCEEDED', { index: '2', lineId: small }]);
      expect(await utilised(world(), 'bank', small)).toBe('0');
    });

    it('refuses one certificate in another currency, and one named twice', async () => {
      const yuan = await submitCertificate(world(), AMOUNT, { changes: { currency: 'CNY' } });
      const [dollars = ''] = inList(stock.certificates, 1);
      const error = await refusal(confirm(world(), stock.lineId, [dollars, yuan]));
      expect([error.code, error.data['index']]).toEqual(['CURRENCY_MISMATCH', '1']);
      expect(await outcome(confirm(world(), stock.lineId, [dollars, dollars]))).toBe('DUPLICATE_ITEM');
    });

    it.each(SIZES)('takes %p at once, in one transaction', async (size) => {
      const before = BigInt(await utilised(world(), 'bank', stock.lineId));
      const receipt = await confirm(world(), stock.lineId, inList(stock.certificates, size));
      expect(receipt).toMatchObject({ replayed: false, attempts: 1 });
      expect(BigInt(await utilised(world(), 'issuer', stock.lineId)) - before).toBe(BigInt(AMOUNT) * BigInt(size));
    });

    it('refuses 51, and an empty list', async () => {
      const { checker } = world().people('bank');
      const ids = { lineId: stock.lineId, ticketId: world().newId('bank') };
      const height = await heightOf(world());
      expect(await outcome(checker.certificate.confirm({ ...ids, certificateIds: fresh(world(), 51, 'issuer') }))).toBe(
        'REQUEST_MALFORMED',
      );
      expect(await outcome(checker.certificate.confirm({ ...ids, certificateIds: [] }))).toBe('REQUEST_MALFORMED');
      expect(await heightOf(world())).toBe(height);
    });
  });
}

/** As many new ids in the bank's register, drawn by a party. */
const fresh = (world: World, count: number, drawer: PartyName): string[] =>
  times(count).map(() => world.newId('bank', drawer));

function accepting(world: () => World, stock: Stock): void {
  const accept = (
    certificateIds: readonly string[],
    sliceIds = fresh(world(), certificateIds.length, 'supplier'),
  ): Promise<Receipt> => {
    const items = certificateIds.map((certificateId, index) => ({ certificateId, sliceId: sliceIds[index] ?? '' }));
    return world().people('supplier').checker.certificate.accept({ items });
  };

  describe('accept', () => {
    beforeAll(async () => {
      await allAtOnce([...stock.certificates.values()].flat(), (id) => offer(world(), id));
    });

    it('refuses the whole list for one offer that was declined, and makes no slice', async () => {
      const declined = await submitCertificate(world(), AMOUNT);
      await confirm(world(), stock.lineId, [declined]);
      await offer(world(), declined);
      await world().people('supplier').checker.certificate.decline({ certificateId: declined });
      const error = await refusal(accept([...inList(stock.certificates, 20).slice(0, 4), declined]));
      expect([error.code, error.data]).toEqual(['STATE', { index: '4', state: 'DECLINED' }]);
      expect(await viewsOf(world().people('bank').checker, 'slice')).toEqual([]);
    });

    it('refuses a certificate or a slice named twice, and an id that is taken', async () => {
      const [first = '', second = ''] = inList(stock.certificates, 20);
      const [sliceId = ''] = fresh(world(), 1, 'supplier');
      expect(await outcome(accept([first, first]))).toBe('DUPLICATE_ITEM');
      expect(await outcome(accept([first, second], [sliceId, sliceId]))).toBe('DUPLICATE_ITEM');
    });

    it('refuses offers to different payees in one list', async () => {
      const claimants = await offerToContractor(world(), stock.lineId);
      const error = await refusal(accept([inList(stock.certificates, 20)[0] ?? '', claimants]));
      expect(error.code).toBe(world().together('bank', 'supplier') ? 'BATCH_MIXED' : 'NOT_FOUND');
    });

    it.each(SIZES)('takes %p at once, in one transaction', async (size) => {
      const sliceIds = fresh(world(), size, 'supplier');
      const receipt = await accept(inList(stock.certificates, size), sliceIds);
      expect(receipt).toMatchObject({ replayed: false, attempts: 1 });
      stock.slices.set(size, sliceIds);
      for (const sliceId of [sliceIds[0] ?? '', sliceIds.at(-1) ?? '']) {
        expect(await recordOf(world(), 'bank', 'slice', sliceId)).toMatchObject({
          amount: AMOUNT,
          holder: LEI.supplier,
        });
      }
    });

    it('refuses a slice id that is taken, and names the item', async () => {
      const certificateId = await submitCertificate(world(), AMOUNT);
      const another = await submitCertificate(world(), AMOUNT);
      await confirm(world(), stock.lineId, [certificateId, another]);
      await allAtOnce([certificateId, another], (id) => offer(world(), id));
      const taken = inList(stock.slices, 1)[0] ?? '';
      const error = await refusal(accept([certificateId, another], [...fresh(world(), 1, 'supplier'), taken]));
      expect([error.code, error.data['index']]).toEqual(['ID_TAKEN', '1']);
    });

    it('refuses 51', async () => {
      expect(await outcome(accept(fresh(world(), 51, 'issuer')))).toBe('REQUEST_MALFORMED');
    });
  });
}

async function offerToContractor(world: World, lineId: string): Promise<string> {
  const { maker, checker } = world.people('issuer');
  const { party } = world.people('contractor');
  const certificateId = world.newId('bank', 'issuer');
  const claimId = await claimDocument(world, { seller: party, capacity: AMOUNT });
  await maker.certificate.draft({ certificateId, ...contentOf(AMOUNT, claimId, { payee: party }) });
  await checker.certificate.submit({ certificateId });
  await confirm(world, lineId, [certificateId]);
  await offer(world, certificateId);
  return certificateId;
}

function presenting(world: () => World, stock: Stock): void {
  const present = (sliceIds: string[]): Promise<Receipt> =>
    presentAs(world(), 'supplier', {
      ...{ presentmentId: world().newId('supplier'), ticketId: world().newId('supplier'), sliceIds },
      ...{ account: ACCOUNT, payeeBank: LEI.bank },
    });

  describe('present', () => {
    let spent = '';
    beforeAll(async () => {
      [spent = ''] = inList(stock.slices, 1);
      stock.slices.set(1, [(await split(world(), spent, ['3000', '4000']))[0] ?? '']);
    });

    it('refuses the whole list before the slices are due', async () => {
      const error = await refusal(present(inList(stock.slices, 20)));
      expect([error.code, error.data['index']]).toEqual(['DUE_NOT_REACHED', '0']);
    });

    it('refuses the whole list for one slice that is spent, and presents none', async () => {
      await world().moveTo(DUE);
      const error = await refusal(present([...inList(stock.slices, 20), spent]));
      expect([error.code, error.data]).toEqual(['STATE', { index: '20', sliceId: spent, state: 'SPENT' }]);
      expect(await viewsOf(world().people('bank').checker, 'presentment')).toEqual([]);
      expect(await recordOf(world(), 'bank', 'slice', inList(stock.slices, 20)[0] ?? '')).toMatchObject({
        state: 'FREE',
      });
    });

    it('refuses a slice named twice', async () => {
      const [first = ''] = inList(stock.slices, 20);
      expect(await outcome(present([first, first]))).toBe('DUPLICATE_ITEM');
    });

    it.each([
      [1, '3000'],
      [20, '140000'],
      [50, '350000'],
    ] as const)('takes %p at once, for one payment of %p', async (size, amount) => {
      const receipt = await present(inList(stock.slices, size));
      expect(receipt).toMatchObject({ replayed: false, attempts: 1 });
      const presentments = await viewsOf(world().people('bank').checker, 'presentment');
      expect(presentments.map(({ record }) => record.amount)).toContain(amount);
    });

    it('refuses 51', async () => {
      expect(await outcome(present(fresh(world(), 51, 'supplier')))).toBe('REQUEST_MALFORMED');
    });
  });
}
