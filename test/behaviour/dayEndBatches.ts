/**
 * The end of the days of batches: what everybody owes and is owed by their legs, and the books of the banks against statements. A slice is sold for
 * money, another one is given back to its issuer for money, and two amounts of money in two currencies are blocked for each other.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  obligationsOf,
  readBankStatement,
  readDesk,
  reconcile,
  type FindingCode,
  type LegMoney,
  type MoneyDue,
  type Obligations,
  type Reconciliation,
} from '@tenor/client';
import { dayEndText, type DayEndEntry } from '../../examples/reconciliation/dayEnd.js';
import { ACCOUNT, returnInput } from '../deal/inputs.js';
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
  type LegPayment,
  type Money,
} from '../support/batches.js';
import { issue, split } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World, type PartyName } from '../support/world.js';
import { viewOf } from './dealBooks.js';

/** The account from which the second bank pays. */
const PAYER = { scheme: 'OTHER', id: 'SECONDBANKSETTLEMENT1' } as const;
/** Slices, and what is paid for them. */
const [SOLD, GIVEN_BACK, KEPT, PRICE] = [50_000n, 30_000n, 20_000n, 49_000n];

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldEndTheDayOfBatches(open: OpenLedger): void {
  describe('the end of a day with batches', () => {
    let world: World;
    let sale: Money;
    let back: Money;
    let dollars: Money;
    let yuan: Money;
    let payment: LegPayment;
    let anew: LegPayment;
    let legIds: { readonly sale: string[]; readonly back: string[]; readonly exchange: string[] };
    let slices: string[] = [];

    const mspIdOf = (name: PartyName): string => world.people(name).mspId;
    const owed = async (name: PartyName): Promise<Obligations> =>
      obligationsOf(await readDesk(world.people(name).checker));
    const money = async (name: PartyName): Promise<LegMoney> => (await owed(name)).money;
    const told = (due: readonly MoneyDue[]): unknown =>
      due.map(({ counterparty, currency, amount, waitsFor }) => [counterparty, currency, amount, waitsFor]);
    const slicesOf = async (name: PartyName): Promise<unknown> =>
      (await owed(name)).owedTo.map(({ state, amount }) => [state, amount]);

    /** What the book of a bank comes to beside the statement of one of its accounts on this day. */
    async function against(name: PartyName, entries: readonly DayEndEntry[]): Promise<Reconciliation> {
      const account = name === 'secondBank' ? PAYER : ACCOUNT;
      const text = dayEndText({
        ...{ statementId: name, account, currency: 'USD', day: world.date, opening: 0n, entries },
      });
      return reconcile(await readDesk(world.people(name).checker), [readBankStatement(text)], { paysFrom: [PAYER] });
    }
    const codesOf = ({ findings }: Reconciliation): readonly FindingCode[] => findings.map(({ code }) => code);
    const entry = (
      creditDebit: 'CRDT' | 'DBIT',
      reference: string,
      changes: Partial<DayEndEntry> = {},
    ): DayEndEntry => ({
      ...{ creditDebit, amount: PRICE, uetr: payment.uetr, reference, ...changes },
    });

    beforeAll(async () => {
      world = await World.found(await open());
      const { sliceId } = await issue(world);
      slices = await split(world, sliceId, [SOLD, GIVEN_BACK, KEPT].map(String));
      const [assetOfSale, assetBack] = [world.newId('bank', 'supplier'), world.newId('bank', 'supplier')];
      const banks = { payerBank: 'secondBank', payeeBank: 'thirdBank', currency: 'USD' } as const;
      const to = { what: 'CREDIT', to: 'supplier' } as const;
      sale = moneyLeg(world, { ...banks, ...to, from: 'contractor', amount: String(PRICE) });
      back = moneyLeg(world, { ...banks, ...to, from: 'issuer', payerBank: 'bank', amount: String(GIVEN_BACK) });
      const block = { ...banks, what: 'BLOCK' } as const;
      dollars = moneyLeg(world, { ...block, from: 'supplier', to: 'contractor', amount: '100' });
      yuan = moneyLeg(world, {
        ...{ what: 'BLOCK', from: 'contractor', to: 'supplier', payerBank: 'thirdBank', payeeBank: 'secondBank' },
        ...{ currency: 'CNY', amount: '714' },
      });
      legIds = {
        sale: [assetOfSale, sale.legId],
        back: [assetBack, back.legId],
        exchange: [dollars.legId, yuan.legId],
      };
      payment = paymentOf(sale);
      const [sold = '', givenBack = ''] = slices;
      const sell = { sliceId: sold, legId: assetOfSale, to: 'contractor', inReturn: sale.legId } as const;
      await allocate(world, 'supplier', sell, legIds.sale);
      const surrender = { sliceId: givenBack, legId: assetBack, to: 'issuer', inReturn: back.legId } as const;
      await allocate(world, 'supplier', surrender, legIds.back, { what: 'SURRENDER', nets: true });
      await instruct(world, sale, legIds.sale);
      await instruct(world, back, legIds.back, { nets: true });
      for (const each of [dollars, yuan]) await instruct(world, each, legIds.exchange);
    });
    afterAll(() => world.close());

    const batches = [
      ['sale', 'contractor'],
      ['back', 'issuer'],
      ['exchange', 'contractor'],
    ] as const;

    it('tells what is merely instructed apart from what is owed', async () => {
      const { owedTo, owedBy, instructed } = await money('supplier');
      expect([owedTo, owedBy]).toEqual([[], []]);
      expect(
        instructed.map(({ side, currency, amount, waitsFor }) => [side, currency, amount, waitsFor]).sort(),
      ).toEqual(
        [
          ['BY', 'USD', 100n, 'AGREEMENT'],
          ['TO', 'CNY', 714n, 'AGREEMENT'],
          ['TO', 'USD', GIVEN_BACK, 'AGREEMENT'],
          ['TO', 'USD', PRICE, 'AGREEMENT'],
        ].sort(),
      );
      expect((await money('secondBank')).instructed).toEqual([]);
      expect((await owed('issuer')).owedBy).toMatchObject([{ settling: 0n, open: SOLD + GIVEN_BACK + KEPT }]);
    });

    it('tells what is owed once the batches are agreed, and counts a slice that is given back once', async () => {
      for (const [batch, other] of batches)
        for (const name of ['supplier', other] as const) await approve(world, name, legIds[batch]);
      for (const [bank, { legId }] of [
        ['secondBank', dollars],
        ['thirdBank', yuan],
      ] as const)
        await underFourEyes(world, bank, 'cash:block', { legId });
      for (const [batch] of batches) await agree(world, 'supplier', legIds[batch]);
      const ofSupplier = await money('supplier');
      expect(told(ofSupplier.owedTo)).toEqual([
        [LEI.contractor, 'CNY', 714n, 'COMMITMENT'],
        ...[
          [LEI.contractor, 'USD', PRICE, 'CREDIT'],
          [LEI.issuer, 'USD', GIVEN_BACK, 'CREDIT'],
        ].sort(([one = ''], [other = '']) => (one < other ? -1 : 1)),
      ]);
      expect(told(ofSupplier.owedBy)).toEqual([[LEI.contractor, 'USD', 100n, 'COMMITMENT']]);
      expect(ofSupplier.owedTo.every(({ date, isDue }) => date === BATCH_END && !isDue)).toBe(true);
      expect(await slicesOf('supplier')).toEqual([
        ['ALLOCATED', SOLD],
        ['FREE', KEPT],
      ]);
      const ofIssuer = await owed('issuer');
      expect(ofIssuer.owedBy).toMatchObject([{ paid: 0n, settling: GIVEN_BACK, open: SOLD + KEPT }]);
      expect(told(ofIssuer.money.owedBy)).toEqual([[LEI.supplier, 'USD', GIVEN_BACK, 'CREDIT']]);
      expect(told((await money('secondBank')).blocked)).toEqual([[LEI.supplier, 'USD', 100n, 'COMMITMENT']]);
    });

    it('finds a payment that was not reported to its end, and a credit that nobody attested', async () => {
      await report(world, 'secondBank', payment, 'ACSP');
      expect(codesOf(await against('secondBank', [entry('DBIT', 'D1')]))).toEqual(['DEBIT_NOT_REPORTED']);
      expect(codesOf(await against('thirdBank', [entry('CRDT', 'C1')]))).toEqual(['LEG_NOT_ATTESTED']);
      expect(codesOf(await against('thirdBank', [entry('CRDT', 'C1', { amount: PRICE - 1n })]))).toEqual(['UNKNOWN']);
    });

    it('reconciles to zero differences at both banks once it is', async () => {
      await report(world, 'secondBank', payment, 'ACCC');
      await attest(world, 'thirdBank', payment);
      for (const [bank, side] of [
        ['secondBank', 'DBIT'],
        ['thirdBank', 'CRDT'],
      ] as const) {
        const reconciliation = await against(bank, [entry(side, 'E1')]);
        expect([bank, codesOf(reconciliation), reconciliation.isClean]).toEqual([bank, ['MATCHED'], true]);
      }
      expect(codesOf(await against('thirdBank', []))).toEqual(['CREDIT_MISSING']);
      expect(codesOf(await against('secondBank', []))).toEqual(['DEBIT_MISSING']);
      const altered = await against('thirdBank', [entry('CRDT', 'C1', { amount: PRICE - 1n })]);
      expect(altered.findings).toMatchObject([
        { outcome: 'DIFFERENT', code: 'AMOUNT_DIFFERS', book: { legId: sale.legId, amount: PRICE } },
      ]);
    });

    it("takes a sold slice for its buyer's, and its price for paid, from the commitment on", async () => {
      await commit(world, 'contractor', legIds.sale);
      expect(await slicesOf('supplier')).toEqual([['FREE', KEPT]]);
      expect(await slicesOf('contractor')).toEqual([['ALLOCATED', SOLD]]);
      const { owedTo } = await money('supplier');
      expect(owedTo.map(({ amount }) => amount)).toEqual([714n, GIVEN_BACK]);
      expect((await money('contractor')).owedBy.map(({ amount }) => amount)).toEqual([714n]);
    });

    it('tells a bank to send what it blocked once the batch is committed, until it is attested', async () => {
      await commit(world, 'supplier', legIds.exchange);
      expect(told((await money('secondBank')).owedBy)).toEqual([[LEI.contractor, 'USD', 100n, 'PAYMENT']]);
      expect((await money('secondBank')).blocked).toEqual([]);
      const sent = paymentOf(dollars);
      await report(world, 'secondBank', sent, 'ACCC');
      expect(told((await money('secondBank')).owedBy)).toEqual([[LEI.contractor, 'USD', 100n, 'CREDIT']]);
      await attest(world, 'thirdBank', sent);
      expect((await money('secondBank')).owedBy).toEqual([]);
    });

    it('tells the payee what was sent back after the commitment, and finds the debit explained', async () => {
      const place = { date: world.date, id: (name: PartyName) => world.newId(name), reference: () => '' };
      const { ticketId: _drawn, presentmentId: _none, ...said } = returnInput(place, { ...payment, presentmentId: '' });
      const returned = [entry('CRDT', 'C1'), entry('DBIT', 'C2')];
      const unexplained = codesOf(await against('thirdBank', returned));
      expect(unexplained.filter((code) => code !== 'MATCHED')).toEqual(['CREDIT_TAKEN_BACK', 'CREDIT_MISSING']);
      await underFourEyes(world, 'thirdBank', 'payment:return', { ...said, legId: sale.legId });
      const { owedTo } = await money('supplier');
      expect(told(owedTo)).toContainEqual([LEI.contractor, 'USD', PRICE, 'REPAYMENT']);
      expect(codesOf(await against('thirdBank', returned)).filter((code) => code !== 'MATCHED')).toEqual([
        'CREDIT_MISSING',
      ]);
    });

    it("attests the payment in the place of that one while the payee's peer is stopped", async () => {
      anew = paymentOf(sale);
      await report(world, 'secondBank', anew, 'ACCC');
      const { organization } = world.people('supplier');
      await world.ledger.faults.stopPeer(organization);
      try {
        const { endorsingOrganizations } = await attest(world, 'thirdBank', anew);
        expect(endorsingOrganizations).toEqual([mspIdOf('secondBank'), mspIdOf('thirdBank')]);
      } finally {
        await world.ledger.faults.startPeer(organization);
      }
      const both = [entry('CRDT', 'C1'), entry('DBIT', 'C2'), entry('CRDT', 'C3', { uetr: anew.uetr })];
      expect(codesOf(await against('thirdBank', both))).not.toContain('UNKNOWN');
    });

    it("tells the payee that it was paid again once it has taken its bank's attestation, and nobody else anything", async () => {
      const toSale = async (): Promise<unknown> =>
        (await money('supplier')).owedTo.filter(({ legIds: [id] }) => id === sale.legId).map((due) => due.waitsFor);
      const statement = [entry('CRDT', 'S1'), entry('DBIT', 'S2'), entry('CRDT', 'S3', { uetr: anew.uetr })];
      const isAgain = (code: FindingCode): boolean => code === 'LEG_PAID_AGAIN';
      expect(await toSale()).toEqual(['REPAYMENT']);
      expect(codesOf(await against('supplier', statement)).filter(isAgain)).toHaveLength(1);
      const register = mspIdOf('thirdBank');
      const { opening } = await viewOf(world, 'thirdBank', 'attestation', anew.uetr, 'thirdBank');
      const handed = { kind: 'attestation', id: anew.uetr, register, record: opening } as const;
      const { endorsingOrganizations } = await world.people('supplier').checker.book.restore(handed);
      expect(endorsingOrganizations).toEqual([mspIdOf('supplier')]);
      expect(await toSale()).toEqual([]);
      expect(codesOf(await against('supplier', statement)).filter(isAgain)).toEqual([]);
    });

    it('sets nothing of a batch aside in an honest book but copies that went on', async () => {
      for (const name of ['supplier', 'contractor', 'issuer', 'bank', 'secondBank', 'thirdBank'] as const) {
        const { setAside } = await owed(name);
        expect([name, setAside.filter(({ reason }) => reason !== 'SUPERSEDED')]).toEqual([name, []]);
      }
    });
  });
}
