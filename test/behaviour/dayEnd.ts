/**
 * The end of a day after a deal: what everybody owes and is owed, and the books against the statements of the bank. Two slices are paid, one is
 * presented and not paid yet.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  bookDifferences,
  dailyDifferences,
  dailyTotals,
  obligationsOf,
  readBankStatement,
  readDesk,
  reconcile,
  type Desk,
  type FindingCode,
  type Reconciliation,
} from '@tenor/client';
import { dayEndText, type DayEndEntry } from '../../examples/reconciliation/dayEnd.js';
import { ACCOUNT, issue, pay, present, split, transfer, type Presented } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { DUE, LEI, World, type PartyName } from '../support/world.js';

const [KEPT, PASSED, ASKED] = [50_000n, 40_000n, 10_000n];
/** The account from which the bank pays. */
const PAYER = { scheme: 'OTHER', id: 'ICBCSETTLEMENT1' } as const;

/** The books of everybody at one time. */
type Books = Readonly<Record<'bank' | 'issuer' | 'supplier' | 'contractor', Desk>>;

/** The suite on any ledger of five organisations. */
export function shouldEndTheDay(open: OpenLedger): void {
  describe('the end of a day', () => {
    let world: World;
    let morning: Books;
    let evening: Books;
    let paid: readonly Presented[] = [];

    const read = async (name: PartyName): Promise<Desk> => readDesk(world.people(name).checker);
    const books = async (): Promise<Books> => ({
      ...{ bank: await read('bank'), issuer: await read('issuer') },
      ...{ supplier: await read('supplier'), contractor: await read('contractor') },
    });

    beforeAll(async () => {
      world = await World.found(await open());
      const { certificateId, sliceId } = await issue(world);
      const amounts = [KEPT, PASSED, ASKED].map((amount) => amount.toString());
      const [kept = '', passed = '', asked = ''] = await split(world, sliceId, amounts);
      await transfer(world, passed);
      morning = await books();
      await world.moveTo(DUE);
      paid = [await pay(world, 'supplier', [kept]), await pay(world, 'contractor', [passed])];
      await present(world, 'supplier', [asked]);
      await world.people('bank').checker.certificate.redeem({ certificateId, sliceIds: [kept] });
      evening = await books();
    });
    afterAll(() => world.close());

    const entriesOf = (creditDebit: 'CRDT' | 'DBIT'): DayEndEntry[] =>
      paid.map(({ uetr, amount }) => ({
        creditDebit,
        amount: BigInt(amount),
        uetr,
        reference: `${creditDebit} ${amount}`,
      }));
    /** The statements of the day, of the account on which the payees are credited and of the one from which they are paid. */
    const against = (desk: Desk, credits = entriesOf('CRDT'), debits = entriesOf('DBIT')): Reconciliation => {
      const day = { currency: 'USD', day: DUE, opening: 0n };
      const files = [
        dayEndText({ ...day, statementId: 'PAYEES', account: ACCOUNT, entries: credits }),
        dayEndText({ ...day, statementId: 'PAYER', account: PAYER, entries: debits }),
      ];
      return reconcile(desk, files.map(readBankStatement), { paysFrom: [PAYER] });
    };
    const codesOf = ({ findings }: Reconciliation): readonly FindingCode[] => findings.map(({ code }) => code);

    it('shows before the due date what everybody is owed and owes', () => {
      const { bank, issuer, supplier, contractor } = morning;
      const owed = (desk: Desk): unknown =>
        obligationsOf(desk).owedTo.map(({ holder, state, amount, count, paymentDate, isDue }) => [
          holder,
          state,
          amount,
          count,
          paymentDate,
          isDue,
        ]);
      expect(owed(supplier)).toEqual([[LEI.supplier, 'FREE', KEPT + ASKED, 2, DUE, false]]);
      expect(owed(contractor)).toEqual([[LEI.contractor, 'FREE', PASSED, 1, DUE, false]]);
      const face = KEPT + PASSED + ASKED;
      expect(obligationsOf(issuer).owedBy).toMatchObject([{ face, paid: 0n, open: face }]);
      expect(obligationsOf(bank).contingent).toMatchObject([{ face, paid: 0n, open: face }]);
      for (const desk of [issuer, bank])
        expect(obligationsOf(desk).lines).toMatchObject([{ utilised: face, available: 0n }]);
    });

    it('shows after it what is left', () => {
      const { bank, issuer, supplier, contractor } = evening;
      expect(obligationsOf(supplier).owedTo).toMatchObject([{ state: 'PRESENTED', amount: ASKED, isDue: true }]);
      expect(obligationsOf(contractor).owedTo).toEqual([]);
      expect(obligationsOf(bank).contingent).toMatchObject([{ open: ASKED }]);
      // The issuer learns what was paid when it is redeemed.
      expect(obligationsOf(issuer).owedBy).toMatchObject([{ paid: KEPT, open: PASSED + ASKED }]);
    });

    it('sets the copy of the slice aside that went on, and nothing of the register', () => {
      const { setAside } = obligationsOf(evening.supplier);
      expect(setAside.map(({ kind, reason }) => [kind, reason])).toEqual([['slice', 'SUPERSEDED']]);
      for (const desk of [evening.bank, evening.issuer, evening.contractor])
        expect(obligationsOf(desk).setAside).toEqual([]);
    });

    it('reconciles to zero differences', () => {
      const reconciliation = against(evening.bank);
      expect(codesOf(reconciliation)).toEqual(['MATCHED', 'MATCHED', 'MATCHED', 'MATCHED']);
      expect(reconciliation).toMatchObject({ isClean: true, unread: [], notCovered: [] });
      expect(bookDifferences(evening.bank)).toEqual([]);
      expect(bookDifferences(evening.issuer)).toEqual([]);
    });

    it('reconciles for a holder, to whom the credit of another one is other business', () => {
      for (const desk of [evening.supplier, evening.contractor]) {
        const files = [
          dayEndText({
            statementId: 'S',
            account: ACCOUNT,
            currency: 'USD',
            day: DUE,
            opening: 0n,
            entries: entriesOf('CRDT'),
          }),
        ];
        const reconciliation = reconcile(desk, files.map(readBankStatement));
        expect(codesOf(reconciliation)).toEqual(['MATCHED', 'UNKNOWN']);
        expect(reconciliation.isClean).toBe(true);
      }
    });

    it('finds a payment that is not on the statement', () => {
      const { findings, isClean } = against(evening.bank, undefined, entriesOf('DBIT').slice(1));
      expect(findings.filter(({ code }) => code !== 'MATCHED')).toMatchObject([
        { outcome: 'MISSING', code: 'DEBIT_MISSING', book: { paymentId: paid[0]?.uetr, amount: KEPT } },
      ]);
      expect(isClean).toBe(false);
    });

    it('finds an amount that was altered', () => {
      const [first, ...more] = entriesOf('CRDT');
      const altered = first === undefined ? [] : [{ ...first, amount: KEPT - 1n }, ...more];
      const { findings } = against(evening.bank, altered);
      expect(findings.filter(({ code }) => code !== 'MATCHED')).toMatchObject([
        { outcome: 'DIFFERENT', code: 'AMOUNT_DIFFERS', book: { amount: KEPT }, statement: { amount: KEPT - 1n } },
      ]);
    });

    it('finds a credit that nobody attested', () => {
      const more: DayEndEntry = { creditDebit: 'CRDT', amount: ASKED, uetr: randomUUID(), reference: 'NEW' };
      const { findings } = against(evening.bank, [...entriesOf('CRDT'), more]);
      expect(findings.filter(({ code }) => code !== 'MATCHED')).toMatchObject([
        { outcome: 'EXTRA', code: 'CREDIT_NOT_ATTESTED', book: { amount: ASKED }, statement: { reference: 'NEW' } },
      ]);
    });

    it('counts the day for each issuer, and bank and issuer count alike', () => {
      const [ofBank, ofIssuer] = [evening.bank, evening.issuer].map((desk) => dailyTotals(desk));
      expect(ofBank?.map(({ issuer, step, count, amount }) => [issuer, step, count, amount])).toEqual([
        [LEI.issuer, 'ISSUED', 1, KEPT + PASSED + ASKED],
        [LEI.issuer, 'PAID', 2, KEPT + PASSED],
        [LEI.issuer, 'PRESENTED', 3, KEPT + PASSED + ASKED],
        [LEI.issuer, 'REDEEMED', 1, KEPT],
        [LEI.issuer, 'SPLIT', 1, KEPT + PASSED + ASKED],
      ]);
      expect(dailyDifferences(ofBank ?? [], ofIssuer ?? [], ['ISSUED', 'REDEEMED'])).toEqual([]);
      const today = dailyTotals(evening.bank, morning.bank).map(({ step }) => step);
      expect(today).toEqual(['PAID', 'PRESENTED', 'REDEEMED']);
    });

    it('is kept as JSON and gives the same the next day', () => {
      const kept = JSON.parse(JSON.stringify(evening.bank)) as Desk;
      expect(against(kept)).toEqual(against(evening.bank));
    });
  });
}
