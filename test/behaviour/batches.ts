/**
 * Delivery against payment: a slice against money, two amounts of money against each other. One outcome in all registers, completed by each leg's own
 * audience.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchIdOf } from '@tenor/client';
import {
  agree,
  allocate,
  approve,
  attest,
  BATCH_END,
  commit,
  instruct,
  moneyLeg,
  paymentOf,
  report,
  underFourEyes,
  type Money,
} from '../support/batches.js';
import { issue, split, transfer } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World, type PartyName } from '../support/world.js';
import { outcome, recordOf } from './dealBooks.js';

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldSettleBatches(open: OpenLedger): void {
  describe('batches', () => {
    let world: World;
    let parts: string[] = [];
    const part = (): string => parts.pop() ?? '';
    const mspIds = (...names: PartyName[]): string[] => names.map((name) => world.people(name).mspId).sort();
    const sliceOf = (sliceId: string): Promise<object> => recordOf(world, 'bank', 'slice', sliceId);

    beforeAll(async () => {
      world = await World.found(await open());
      const { sliceId } = await issue(world, '2200');
      parts = await split(world, sliceId, Array<string>(22).fill('100'));
    });
    afterAll(() => world.close());

    /** The supplier's slice against the second bank's money, which comes to the supplier's account at the third bank. */
    interface Trade {
      readonly sliceId: string;
      readonly slice: string;
      readonly cash: Money;
      readonly legIds: readonly string[];
    }
    function trade(): Trade {
      const slice = world.newId('bank', 'supplier');
      const cash = moneyLeg(world, {
        ...{ what: 'CREDIT', from: 'secondBank', to: 'supplier', payerBank: 'secondBank', payeeBank: 'thirdBank' },
        ...{ currency: 'USD', amount: '97' },
      });
      return { sliceId: part(), slice, cash, legIds: [slice, cash.legId] };
    }
    const give = ({ sliceId, slice, cash, legIds }: Trade): Promise<unknown> =>
      allocate(world, 'supplier', { sliceId, legId: slice, to: 'secondBank', inReturn: cash.legId }, legIds);
    async function agreed(): Promise<Trade> {
      const made = trade();
      await give(made);
      await instruct(world, made.cash, made.legIds);
      await approve(world, 'supplier', made.legIds);
      await approve(world, 'secondBank', made.legIds);
      await agree(world, 'supplier', made.legIds);
      return made;
    }
    async function paid(): Promise<Trade> {
      const made = await agreed();
      const payment = paymentOf(made.cash);
      await report(world, 'secondBank', payment);
      await attest(world, 'thirdBank', payment);
      return made;
    }
    const complete = (name: PartyName, { sliceId, slice }: Trade, books?: 'register'): Promise<unknown> =>
      world.people(name).checker.slice.complete({ sliceId, legId: slice, ...(books === undefined ? {} : { books }) });
    const release = ({ sliceId, slice }: Trade): Promise<unknown> =>
      world.people('supplier').checker.slice.release({ sliceId, legId: slice });

    it('a slice passes to the bank that pays for it, when the credit is proven', async () => {
      const made = trade();
      await give(made);
      expect(await sliceOf(made.sliceId)).toMatchObject({ state: 'ALLOCATED', holder: LEI.supplier });
      await instruct(world, made.cash, made.legIds);
      await approve(world, 'supplier', made.legIds);
      await approve(world, 'secondBank', made.legIds);
      const receipt = await agree(world, 'secondBank', made.legIds);
      expect(receipt.endorsingOrganizations).toEqual(mspIds('bank', 'supplier', 'secondBank', 'thirdBank'));
      const payment = paymentOf(made.cash);
      await report(world, 'secondBank', payment);
      expect(await outcome(commit(world, 'supplier', made.legIds))).toBe('NOT_PROVEN');
      await attest(world, 'thirdBank', payment);
      expect(await outcome(complete('secondBank', made))).toBe('OUTCOME_MISSING');
      await commit(world, 'supplier', made.legIds);
      await complete('secondBank', made);
      expect(await sliceOf(made.sliceId)).toMatchObject({ state: 'FREE', holder: LEI.secondBank, lock: null, tier: 1 });
      expect(await outcome(release(made))).toBe('STATE');
    });

    it('money that comes in parts proves the batch when the last of it is there', async () => {
      const made = await agreed();
      const [first, second] = ['60', '37'].map((amount) => ({ ...paymentOf(made.cash), amount }));
      if (first === undefined || second === undefined) throw new Error('there are two parts');
      await report(world, 'secondBank', first, 'ACCC');
      await attest(world, 'thirdBank', first);
      expect(await outcome(commit(world, 'supplier', made.legIds))).toBe('NOT_PROVEN');
      expect(await outcome(report(world, 'secondBank', { ...second, amount: '38' }))).toBe('OVERPAID');
      await report(world, 'secondBank', second, 'ACCC');
      expect(await outcome(attest(world, 'thirdBank', { ...second, amount: '38' }))).toBe('OVERPAID');
      // A charge was deducted from the second one, and is paid by a third.
      const charge = { ...paymentOf(made.cash), amount: '2' };
      await attest(world, 'thirdBank', { ...second, amount: '35' });
      expect(await outcome(commit(world, 'supplier', made.legIds))).toBe('NOT_PROVEN');
      await report(world, 'secondBank', charge, 'ACCC');
      await attest(world, 'thirdBank', charge);
      await commit(world, 'supplier', made.legIds);
      await complete('secondBank', made);
      expect(await sliceOf(made.sliceId)).toMatchObject({ state: 'FREE', holder: LEI.secondBank });
    });

    it('the receiver takes over without the holder, together with the bank that proved the credit', async () => {
      const made = await paid();
      await commit(world, 'secondBank', made.legIds);
      const { checker } = world.people('secondBank');
      const receipt = await checker.slice.complete({ sliceId: made.sliceId, legId: made.slice, books: 'register' });
      expect(receipt.endorsingOrganizations).toEqual(mspIds('bank', 'secondBank', 'thirdBank'));
      expect(await sliceOf(made.sliceId)).toMatchObject({ holder: LEI.secondBank });
    });

    it('money that comes back after the batch was committed is owed again, paid again by the same leg, and moves no slice back', async () => {
      const made = await agreed();
      const { legId, uetr, currency, amount } = paymentOf(made.cash);
      const first = { legId, uetr, currency, amount };
      await report(world, 'secondBank', first, 'ACCC');
      await attest(world, 'thirdBank', first);
      await commit(world, 'supplier', made.legIds);
      await complete('secondBank', made);
      const anew = paymentOf(made.cash);
      expect(await outcome(report(world, 'secondBank', anew))).toBe('OUTCOME_MISSING');
      await underFourEyes(world, 'thirdBank', 'payment:return', {
        ...{ uetr, legId, currency, amount, returnedOn: world.date },
        messageHash: 'cd'.repeat(32),
      });
      await report(world, 'secondBank', anew, 'ACCC');
      await attest(world, 'thirdBank', anew);
      // One payment in the place of one that came back, and no third.
      expect(await outcome(report(world, 'secondBank', paymentOf(made.cash)))).toBe('OUTCOME_MISSING');
      expect(await sliceOf(made.sliceId)).toMatchObject({ state: 'FREE', holder: LEI.secondBank });
      const { state } = await recordOf(world, 'thirdBank', 'outcome', batchIdOf(made.legIds));
      expect(state).toBe('COMMITTED');
    });

    it('two amounts of money in two currencies are blocked, committed together, and then sent', async () => {
      const usd = moneyLeg(world, {
        ...{ what: 'BLOCK', from: 'supplier', to: 'contractor', payerBank: 'secondBank', payeeBank: 'thirdBank' },
        ...{ currency: 'USD', amount: '100' },
      });
      const cny = moneyLeg(world, {
        ...{ what: 'BLOCK', from: 'contractor', to: 'supplier', payerBank: 'thirdBank', payeeBank: 'secondBank' },
        ...{ currency: 'CNY', amount: '714' },
      });
      const legIds = [usd.legId, cny.legId];
      await instruct(world, usd, legIds);
      await instruct(world, cny, legIds);
      await approve(world, 'supplier', legIds);
      await approve(world, 'contractor', legIds);
      await underFourEyes(world, 'secondBank', 'cash:block', { legId: usd.legId });
      expect(await outcome(commit(world, 'supplier', legIds, 'from its sheet'))).toBe('NOT_PROVEN');
      await underFourEyes(world, 'thirdBank', 'cash:block', { legId: cny.legId });
      expect(await outcome(report(world, 'secondBank', paymentOf(usd)))).toBe('OUTCOME_MISSING');
      await commit(world, 'supplier', legIds, 'from its sheet');
      for (const [leg, payer, payee] of [
        [usd, 'secondBank', 'thirdBank'],
        [cny, 'thirdBank', 'secondBank'],
      ] as const) {
        const payment = paymentOf(leg);
        await report(world, payer, payment, 'ACCC');
        await attest(world, payee, payment);
      }
      const { state } = await recordOf(world, 'secondBank', 'outcome', batchIdOf(legIds));
      expect(state).toBe('COMMITTED');
      expect(await outcome(world.people('secondBank').maker.cash.unblock({ legId: usd.legId }))).toBe('OUTCOME_EXISTS');
    });

    it('what two of them owe each other is netted: their slices close, and one pays the difference', async () => {
      // The issuer buys back for cash what it owes the supplier: the smallest set that nets.
      const [slice, cash] = [
        world.newId('bank', 'supplier'),
        moneyLeg(world, {
          ...{ what: 'CREDIT', from: 'issuer', to: 'supplier', payerBank: 'bank', payeeBank: 'thirdBank' },
          ...{ currency: 'USD', amount: '100' },
        }),
      ];
      const [sliceId, legIds] = [part(), [slice, cash.legId]];
      await allocate(world, 'supplier', { sliceId, legId: slice, to: 'issuer', inReturn: cash.legId }, legIds, {
        ...{ what: 'SURRENDER', nets: true },
      });
      await instruct(world, cash, legIds, { nets: true });
      await approve(world, 'supplier', legIds);
      await approve(world, 'issuer', legIds);
      await agree(world, 'supplier', legIds);
      const payment = paymentOf(cash);
      await report(world, 'bank', payment);
      await attest(world, 'thirdBank', payment);
      await commit(world, 'issuer', legIds);
      await world.people('issuer').checker.slice.complete({ sliceId, legId: slice });
      expect(await sliceOf(sliceId)).toMatchObject({ state: 'PAID', holder: LEI.supplier });
    });

    it('two slices of one register change hands in one transaction, because their parties are the same', async () => {
      const [mine, theirs] = [part(), part()];
      await transfer(world, theirs);
      const legIds = [world.newId('bank', 'supplier'), world.newId('bank', 'contractor')];
      const [first = '', second = ''] = legIds;
      await allocate(world, 'supplier', { sliceId: mine, legId: first, to: 'contractor', inReturn: second }, legIds);
      await allocate(world, 'contractor', { sliceId: theirs, legId: second, to: 'supplier', inReturn: first }, legIds);
      await approve(world, 'supplier', legIds);
      expect(await outcome(world.people('supplier').checker.batch.settle({ legIds }))).toBe('NOT_APPROVED');
      await approve(world, 'contractor', legIds);
      const receipt = await world.people('supplier').checker.batch.settle({ legIds });
      expect(receipt.endorsingOrganizations).toEqual(mspIds('bank', 'supplier', 'contractor'));
      expect(await sliceOf(mine)).toMatchObject({ state: 'FREE', holder: LEI.contractor });
      expect(await sliceOf(theirs)).toMatchObject({ state: 'FREE', holder: LEI.supplier });
    });

    it('a batch of two audiences is not settled in one transaction', async () => {
      const made = await paid();
      const { checker } = world.people('supplier');
      expect(await outcome(checker.batch.settle({ legIds: [...made.legIds] }))).toBe('AUDIENCE_MIXED');
    });

    /** Agrees on, pays and commits a batch of one slice and one amount of money. */
    async function settled(
      slice: { readonly giver: PartyName; readonly legId: string; readonly allocation: () => Promise<unknown> },
      cash: Money,
      legIds: readonly string[],
    ): Promise<void> {
      await slice.allocation();
      await instruct(world, cash, legIds);
      for (const name of ['supplier', 'secondBank'] as const) await approve(world, name, legIds);
      await agree(world, slice.giver, legIds);
      const payment = paymentOf(cash);
      await report(world, cash.payerBank, payment);
      await attest(world, cash.payeeBank, payment);
      await commit(world, slice.giver, legIds);
    }
    async function pledged(pledgedUntil: string): Promise<string> {
      const [sliceId, legId] = [part(), world.newId('bank', 'supplier')];
      const loan = moneyLeg(world, {
        ...{ what: 'CREDIT', from: 'secondBank', to: 'supplier', payerBank: 'secondBank', payeeBank: 'thirdBank' },
        ...{ currency: 'USD', amount: '80' },
      });
      const legIds = [legId, loan.legId];
      const pledge = { sliceId, legId, to: 'secondBank', inReturn: loan.legId } as const;
      const allocation = (): Promise<unknown> =>
        allocate(world, 'supplier', pledge, legIds, { what: 'PLEDGE', pledgedUntil });
      await settled({ giver: 'supplier', legId, allocation }, loan, legIds);
      await world.people('secondBank').checker.slice.complete({ sliceId, legId });
      return sliceId;
    }

    const realise = (sliceId: string): Promise<string> =>
      outcome(underFourEyes(world, 'secondBank', 'slice:realise', { sliceId, books: 'register' }));
    let unredeemed = '';

    it('a slice secures a loan, and is free again when the loan is repaid', async () => {
      unredeemed = await pledged(BATCH_END);
      expect(await realise(unredeemed)).toBe('PLEDGE_OPEN');
      const sliceId = await pledged('2027-01-29');
      expect(await sliceOf(sliceId)).toMatchObject({ state: 'PLEDGED', holder: LEI.supplier });
      const legId = world.newId('bank', 'secondBank');
      const repayment = moneyLeg(world, {
        ...{ what: 'CREDIT', from: 'supplier', to: 'secondBank', payerBank: 'thirdBank', payeeBank: 'thirdBank' },
        ...{ currency: 'USD', amount: '81' },
      });
      const legIds = [legId, repayment.legId];
      const back = { sliceId, legId, to: 'supplier', inReturn: repayment.legId } as const;
      expect(await outcome(allocate(world, 'supplier', { ...back, to: 'secondBank' }, legIds))).toBe('ID_FOREIGN');
      const allocation = (): Promise<unknown> => allocate(world, 'secondBank', back, legIds, { what: 'UNPLEDGE' });
      await allocation();
      await instruct(world, repayment, legIds);
      for (const name of ['supplier', 'secondBank'] as const) await approve(world, name, legIds);
      await agree(world, 'supplier', legIds);
      const payment = paymentOf(repayment);
      await report(world, 'thirdBank', payment);
      await attest(world, 'thirdBank', payment);
      // Payer and payee share the bank, so the payee says that it has the money.
      expect(await outcome(commit(world, 'supplier', legIds))).toBe('NOT_PROVEN');
      await underFourEyes(world, 'secondBank', 'cash:acknowledge', { legId: repayment.legId });
      await commit(world, 'supplier', legIds);
      await world.people('supplier').checker.slice.complete({ sliceId, legId });
      expect(await sliceOf(sliceId)).toMatchObject({ state: 'FREE', holder: LEI.supplier, lock: null });
    });

    it('two currencies are exchanged at a rate that both accept, and what rounding takes is booked', async () => {
      // 100 US cents at 7.1387 are 713.87 fen: 713, and 0.87 of one remains.
      const usd = moneyLeg(world, {
        ...{ what: 'BLOCK', from: 'supplier', to: 'contractor', payerBank: 'secondBank', payeeBank: 'thirdBank' },
        ...{ currency: 'USD', amount: '100' },
      });
      const cny = moneyLeg(world, {
        ...{ what: 'BLOCK', from: 'contractor', to: 'supplier', payerBank: 'thirdBank', payeeBank: 'secondBank' },
        ...{ currency: 'CNY', amount: '713' },
      });
      const legIds = [usd.legId, cny.legId];
      const exchange = {
        ...{ baseLegId: usd.legId, quoteLegId: cny.legId, numerator: '71387', denominator: '10000' },
        ...{ source: 'CFETS', quotedAt: '2026-11-23T01:15:00Z', validUntil: world.date },
      };
      const valued = { valueDate: '2026-11-26', calendars: ['CN'] };
      await instruct(world, usd, legIds, { ...valued, exchange: { ...exchange, residual: '8700' } });
      expect(
        await outcome(
          instruct(world, cny, legIds, {
            ...valued,
            valueDate: '2026-11-28',
            exchange: { ...exchange, residual: '8700' },
          }),
        ),
      ).toBe('NOT_A_BUSINESS_DAY');
      await instruct(world, cny, legIds, { ...valued, exchange: { ...exchange, residual: '8700' } });
      expect(await outcome(approve(world, 'supplier', legIds))).toBe('ok');
      expect(await outcome(approve(world, 'contractor', [cny.legId]))).toBe('EXCHANGE_MISMATCH');
      expect(await outcome(approve(world, 'contractor', legIds))).toBe('ok');
    });

    it('what expires is released by holder and bank alone, unless money was sent for it', async () => {
      const [silent, sent] = [await agreed(), await agreed()];
      expect(await outcome(release(silent))).toBe('BATCH_OPEN');
      await report(world, 'secondBank', paymentOf(sent.cash));
      await world.moveTo('2026-12-16');
      expect(world.date > BATCH_END).toBe(true);
      const { checker } = world.people('supplier');
      const released = await checker.slice.release({ sliceId: silent.sliceId, legId: silent.slice });
      expect(released.endorsingOrganizations).toEqual(mspIds('bank', 'supplier'));
      expect(await sliceOf(silent.sliceId)).toMatchObject({ state: 'FREE', holder: LEI.supplier, lock: null });
      expect(await outcome(release(sent))).toBe('FUNDS_SENT');
      expect(await outcome(commit(world, 'supplier', silent.legIds))).toBe('NOT_ALLOCATED');
      expect(await outcome(report(world, 'secondBank', paymentOf(silent.cash)))).toBe('NOT_ALLOCATED');
    });

    it('a part of the money keeps a batch that has ended from being released, until it went back', async () => {
      const now = world.date;
      await world.moveTo('2026-12-01');
      const made = await agreed();
      const payment = { ...paymentOf(made.cash), amount: '60' };
      await report(world, 'secondBank', payment, 'ACCC');
      await attest(world, 'thirdBank', payment);
      await world.moveTo('2026-12-23');
      const { legId } = made.cash;
      expect(await outcome(release(made))).toBe('FUNDS_SENT');
      expect(await outcome(underFourEyes(world, 'thirdBank', 'cash:deny', { legId }))).toBe('STATE');
      const { uetr } = payment;
      const reopened = (): Promise<string> =>
        outcome(underFourEyes(world, 'secondBank', 'cash:reopen', { legId, uetr }));
      expect(await reopened()).toBe('PAYMENT_PENDING');
      const back = { legId, uetr, currency: 'USD', amount: '60', returnedOn: world.date, messageHash: 'ab'.repeat(32) };
      await underFourEyes(world, 'thirdBank', 'payment:return', back);
      expect(await outcome(release(made))).toBe('FUNDS_SENT');
      expect([await reopened(), await outcome(release(made))]).toEqual(['ok', 'ok']);
      expect(await sliceOf(made.sliceId)).toMatchObject({ state: 'FREE', holder: LEI.supplier });
      await world.moveTo(now);
    });

    it('a pledged slice that is not redeemed in time goes to the pledgee', async () => {
      expect(await realise(unredeemed)).toBe('ok');
      expect(await sliceOf(unredeemed)).toMatchObject({ state: 'FREE', holder: LEI.secondBank });
    });
  });
}
