/**
 * A discount at the confirming bank that the bank settles by one call: its holder has accepted it so, and gave its word by that. What it leaves is what a settled batch
 * leaves, so that the payment is reported, attested and owed as of any leg of money that was blocked.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  batchIdOf,
  obligationsOf,
  readDesk,
  settlingIdsOf,
  type Input,
  type MoneyDue,
  type Receipt,
} from '@tenor/client';
import { ACCOUNT, daysAfter } from '../deal/inputs.js';
import {
  approve,
  allocate,
  attest,
  handTo,
  instruct,
  report,
  underFourEyes,
  type LegPayment,
  type Money,
} from '../support/batches.js';
import { needlesOf, scan } from '../support/attackScan.js';
import { transactionsOf } from '../support/rwset.js';
import { issue, offerSlice, split, transfer } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World } from '../support/world.js';
import { shouldSettleOnceOnly, type Deal, type Discounts } from './attacksAtOnce.js';
import { outcome, recordOf, viewsOf } from './dealBooks.js';

/** How many slices the suite sells. */
const PARTS = 24;
/** 1,000.00 at 3.6 % for 90 days of 360: 9.00, and a fee of 1.00. */
const [AMOUNT, NET] = ['100000', '99000'];

/** What is called of a discount that is settled so. */
const CALLS = ['financing:accept', 'financing:reserve', 'financing:settle'];
/** What a transaction holds as text. */
const printed = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** The suite where issuer, bank, supplier and contractor have organisations. */
export function shouldSettleAtOnce(open: OpenLedger): void {
  describe('a discount that the bank settles by one call', () => {
    let world: World;
    let parts: string[] = [];
    const part = (): string => parts.pop() ?? '';
    const sliceOf = (sliceId: string): Promise<object> => recordOf(world, 'bank', 'slice', sliceId);

    beforeAll(async () => {
      world = await World.found(await open());
      const { sliceId } = await issue(world, String(Number(AMOUNT) * PARTS));
      parts = await split(world, sliceId, Array<string>(PARTS).fill(AMOUNT));
    });
    afterAll(() => world.close());

    async function quoted(sliceIds: string[], changes: Partial<Input<'financing:quote'>> = {}): Promise<Deal> {
      const requestId = world.newId('supplier');
      const asked = { requestId, sliceIds, funder: LEI.bank, expiresOn: daysAfter(world.date, 7) };
      await world.people('supplier').maker.financing.request({ ...asked, interestPayer: { kind: 'SELLER' } });
      const quoteId = world.newId('bank');
      await underFourEyes(world, 'bank', 'financing:quote', {
        ...{ quoteId, requestId, rate: '3.6', dayCount: 'ACT/360', fee: '100', recourse: false },
        ...{ valueDate: '2026-12-15', validUntil: daysAfter(world.date, 7), ...changes },
      });
      return { requestId, quoteId, sliceIds };
    }
    const accept = ({ requestId, quoteId }: Deal, changes: Partial<Input<'financing:accept'>> = {}): Promise<unknown> =>
      underFourEyes(world, 'supplier', 'financing:accept', {
        ...{ requestId, quoteId, payeeBank: LEI.bank, account: ACCOUNT, atOnce: true, ...changes },
      });
    async function accepted(changes: Partial<Input<'financing:quote'>> = {}, sliceIds = [part()]): Promise<Deal> {
      const deal = await quoted(sliceIds, changes);
      await accept(deal);
      return deal;
    }
    const settle = ({ requestId }: Deal): Promise<Receipt> =>
      underFourEyes(world, 'bank', 'financing:settle', { requestId });
    const reserve = ({ requestId }: Deal): Promise<unknown> =>
      underFourEyes(world, 'bank', 'financing:reserve', { requestId });
    const idsOf = async ({ quoteId }: Deal): Promise<ReturnType<typeof settlingIdsOf>> =>
      settlingIdsOf(await recordOf(world, 'supplier', 'quote', quoteId, 'bank'));
    const paymentOf = async (deal: Deal, amount = NET): Promise<LegPayment> => ({
      ...{ legId: (await idsOf(deal)).price, uetr: crypto.randomUUID(), currency: 'USD', amount },
    });
    const told = (due: readonly MoneyDue[], { price }: { readonly price: string }): unknown =>
      due.filter(({ legIds }) => legIds.includes(price)).map(({ counterparty, waitsFor }) => [counterparty, waitsFor]);
    /** Counted first, which a bank without limits may do as well. */
    const settled = async (deal: Deal): Promise<unknown> => {
      await reserve(deal);
      return settle(deal);
    };
    const discounts = (): Discounts => ({ world, part, quoted, accept, accepted, settle: settled, idsOf });

    it('moves the slice when the bank says so, and only bank and holder endorse it', async () => {
      const deal = await accepted();
      const [sliceId = ''] = deal.sliceIds;
      const { endorsingOrganizations } = await settle(deal);
      const mspIds = (['bank', 'supplier'] as const).map((name) => world.people(name).mspId).sort();
      expect(endorsingOrganizations).toEqual(mspIds);
      expect(await sliceOf(sliceId)).toMatchObject({ holder: LEI.bank, state: 'FREE', lock: null, tier: 1 });
      expect(await sliceOf(sliceId)).not.toHaveProperty('liable');
      const { legIds, price } = await idsOf(deal);
      for (const name of ['bank', 'supplier'] as const)
        expect(await recordOf(world, name, 'outcome', batchIdOf(legIds), 'bank')).toMatchObject({ state: 'COMMITTED' });
      expect(await recordOf(world, 'supplier', 'leg', price)).toMatchObject({
        ...{ what: 'BLOCK', amount: NET, financing: deal.requestId },
        cash: { account: ACCOUNT, valueDate: '2026-12-15' },
      });
    });

    it('is then owed by the bank until the credit is attested, and is paid once it is registered', async () => {
      const deal = await accepted();
      await settle(deal);
      const ids = await idsOf(deal);
      const owed = async (name: 'bank' | 'supplier'): Promise<ReturnType<typeof obligationsOf>['money']> =>
        obligationsOf(await readDesk(world.people(name).checker)).money;
      expect(told((await owed('supplier')).owedTo, ids)).toEqual([[LEI.bank, 'CREDIT']]);
      expect(told((await owed('bank')).owedBy, ids)).toEqual([[LEI.supplier, 'PAYMENT']]);
      const payment = await paymentOf(deal);
      expect(await outcome(report(world, 'bank', payment, 'ACCC'))).toBe('REGISTRATION_MISSING');
      const registered = { requestId: deal.requestId, registrationNo: '0471123900123456789', searchedOn: world.date };
      await world.people('bank').maker.financing.register(registered);
      expect(await outcome(report(world, 'bank', { ...payment, amount: '99001' }, 'ACCC'))).toBe('OVERPAID');
      await report(world, 'bank', payment, 'ACCC');
      expect(await outcome(attest(world, 'bank', payment, { account: { ...ACCOUNT, id: 'AU06300012345679' } }))).toBe(
        'ACCOUNT_MISMATCH',
      );
      await attest(world, 'bank', payment);
      expect(told((await owed('bank')).owedBy, ids)).toEqual([]);
      // The holder's book tells so too, once the bank has handed it the attestation.
      const { uetr, legId } = payment;
      await handTo(world, 'supplier', { legId, uetr, payeeBank: 'bank' });
      expect(told((await owed('supplier')).owedTo, ids)).toEqual([]);
      // It came back: the payee has a claim, as after any committed batch.
      await underFourEyes(world, 'bank', 'payment:return', {
        ...{ uetr: payment.uetr, legId: ids.price, currency: 'USD', amount: NET, returnedOn: world.date },
        messageHash: 'cd'.repeat(32),
      });
      expect(told((await owed('supplier')).owedTo, ids)).toEqual([[LEI.bank, 'REPAYMENT']]);
    });

    it('makes the seller liable with recourse, and takes several slices at once', async () => {
      const deal = await accepted({ recourse: true }, [part(), part(), part()]);
      await settle(deal);
      for (const sliceId of deal.sliceIds)
        expect(await sliceOf(sliceId)).toMatchObject({
          ...{ holder: LEI.bank, liable: [{ party: LEI.supplier, mspId: world.people('supplier').mspId }] },
        });
    });

    it('locks nothing until then: what the holder passes on or offers meanwhile is not bought', async () => {
      const [moved, onOffer] = [await accepted(), await accepted()];
      const [[first = ''], [second = '']] = [moved.sliceIds, onOffer.sliceIds];
      await transfer(world, first);
      await offerSlice(world, second);
      for (const deal of [moved, onOffer]) expect(await outcome(settle(deal))).not.toBe('ok');
      expect(await sliceOf(first)).toMatchObject({ holder: LEI.contractor });
      expect(await sliceOf(second)).toMatchObject({ holder: LEI.supplier, state: 'OFFERED' });
    });

    it('is for what was accepted to be settled so, and that is approved in no batch', async () => {
      const asBatch = await quoted([part()]);
      await accept(asBatch, { atOnce: undefined });
      expect(await outcome(settle(asBatch))).toBe('FINANCING_MISMATCH');
      const deal = await accepted();
      const [sliceId = ''] = deal.sliceIds;
      const cash: Money = {
        ...{ legId: world.newId('bank'), what: 'BLOCK', from: 'bank', to: 'supplier', payerBank: 'bank' },
        ...{ payeeBank: 'bank', currency: 'USD', amount: NET },
      };
      const legId = world.newId('bank', 'supplier');
      const legIds = [legId, cash.legId];
      const financing = deal.requestId;
      await allocate(world, 'supplier', { sliceId, legId, to: 'bank', inReturn: cash.legId }, legIds, { financing });
      await instruct(world, cash, legIds, { financing });
      for (const name of ['supplier', 'bank'] as const)
        expect(await outcome(approve(world, name, legIds))).toBe('FINANCING_MISMATCH');
    });

    it('is counted first by a bank that keeps limits, and given back when nothing comes of it', async () => {
      const limit = { funder: LEI.bank, kind: 'SELLER', party: LEI.supplier, currency: 'USD' } as const;
      await underFourEyes(world, 'bank', 'financing:limit', { ...limit, limit: String(Number(NET) * 2 - 1) });
      const [first, second] = [await accepted(), await accepted()];
      expect(await outcome(settle(first))).toBe('FUNDING_UNRESERVED');
      await reserve(first);
      expect(await outcome(reserve(second))).toBe('FUNDING_EXCEEDED');
      expect(await outcome(settle(second))).toBe('FUNDING_UNRESERVED');
      await settle(first);
      const release = (deal: Deal): Promise<unknown> =>
        world.people('bank').maker.financing.release({ quoteId: deal.quoteId });
      expect(await outcome(release(first))).toBe('OUTCOME_EXISTS');
      expect(await outcome(reserve(first))).toBe('FINANCING_SETTLED');
      await underFourEyes(world, 'bank', 'financing:limit', { ...limit, limit: String(Number(NET) * 20) });
      await reserve(second);
      expect(await outcome(release(second))).toBe('BATCH_OPEN');
      for (const kind of ['fundingLimit', 'financed', 'creditSecret'] as const)
        expect([kind, await viewsOf(world.people('supplier').checker, kind)]).toEqual([kind, []]);
      await settle(second);
    });

    it('leaves nothing that could be undone or done once more', async () => {
      const deal = await accepted();
      await reserve(deal);
      await settle(deal);
      const [sliceId = ''] = deal.sliceIds;
      const { sales, price, legIds } = await idsOf(deal);
      const [legId = ''] = sales;
      const { checker } = world.people('bank');
      const holder = world.people('supplier').checker;
      const sheet = await checker.batch.sheet(legIds);
      const declinedBy = world.people('bank').mspId;
      const steps: Readonly<Record<string, () => Promise<unknown>>> = {
        'financing:settle': () => settle(deal),
        'slice:release': () => holder.slice.release({ sliceId, legId }),
        'slice:complete': () => checker.slice.complete({ sliceId, legId }),
        'batch:settle': () => checker.batch.settle({ legIds: [...legIds] }),
        'batch:agree': () => checker.batch.agree({ legIds: [...legIds], sheet }),
        'batch:commit': () => checker.batch.commit({ legIds: [...legIds] }),
        'batch:abort': () => checker.batch.abort({ legIds: [...legIds], sheet, declinedBy }),
        'batch:decline': () => holder.batch.decline({ legId, party: LEI.supplier }),
        'batch:approve': () => approve(world, 'bank', legIds),
        'cash:block': () => underFourEyes(world, 'bank', 'cash:block', { legId: price }),
        'cash:unblock': () => checker.cash.unblock({ legId: price }),
        'cash:deny': () => underFourEyes(world, 'bank', 'cash:deny', { legId: price }),
      };
      const met: Record<string, string> = {};
      for (const [name, step] of Object.entries(steps)) met[name] = await outcome(step());
      expect(met).toEqual({
        'financing:settle': 'FINANCING_SETTLED',
        'slice:release': 'NOT_ALLOCATED',
        'slice:complete': 'STATE',
        'batch:settle': 'NOT_ALLOCATED',
        'batch:agree': 'OUTCOME_EXISTS',
        'batch:commit': 'NOT_ALLOCATED',
        'batch:abort': 'STATE',
        'batch:decline': 'APPROVAL_EXISTS',
        'batch:approve': 'NOT_ALLOCATED',
        'cash:block': 'NOT_ALLOCATED',
        'cash:unblock': 'OUTCOME_EXISTS',
        'cash:deny': 'STATE',
      });
      expect(await sliceOf(sliceId)).toMatchObject({ holder: LEI.bank, state: 'FREE' });
    });

    it('leaves no figure and no account in any block, and is counted where the bank alone endorses', async () => {
      const blocks = await world.ledger.blocks(world.people('contractor').organization);
      const calls = blocks.flatMap(transactionsOf).filter(({ args }) => CALLS.includes(args[0] ?? ''));
      expect(new Set(calls.map(({ args }) => args[0]))).toEqual(new Set(CALLS));
      const hay = calls.map((each) => ({ where: each.id, bytes: Buffer.from(JSON.stringify(each, printed)) }));
      const secrets = { price: NET, amount: AMOUNT, account: ACCOUNT.id };
      expect(
        scan(
          hay,
          Object.entries(secrets).flatMap(([name, secret]) => needlesOf(name, secret)),
        ),
      ).toEqual([]);
      const limited = calls.filter(({ args }) => args[0] === 'financing:reserve');
      for (const { endorsers } of limited)
        expect(endorsers.map(({ mspId }) => mspId)).toEqual([world.people('bank').mspId]);
    });

    shouldSettleOnceOnly(discounts);

    it('is not settled on the day after the last day of the quote, and what was counted is given back then', async () => {
      const deal = await accepted({ validUntil: world.date });
      await reserve(deal);
      await world.moveTo('2026-11-24');
      expect(await outcome(settle(deal))).toBe('QUOTE_LAPSED');
      await world.people('bank').maker.financing.release({ quoteId: deal.quoteId });
      expect(await outcome(settle(deal))).toBe('QUOTE_LAPSED');
      expect(await sliceOf(deal.sliceIds[0] ?? '')).toMatchObject({ holder: LEI.supplier, state: 'FREE' });
    });
  });
}
