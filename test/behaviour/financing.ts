/** Financing as it goes: several banks are asked, each reads its own, and nothing is locked until somebody accepts. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newReference, type Input } from '@tenor/client';
import { financingInput, quoteInput } from '../deal/inputs.js';
import type { Place } from '../deal/players.js';
import { needlesOf, scan } from '../support/attackScan.js';
import { issue, offerSlice, split } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { transactionsOf } from '../support/rwset.js';
import { LEI, World } from '../support/world.js';
import { outcome, recordOf, viewsOf } from './dealBooks.js';
import { addParties, MORE, SECOND_BANK } from './lifecycleParties.js';

type Request = Input<'financing:request'>;
type Quote = Input<'financing:quote'>;

/** The banks, and who hosts them: the one of the certificate, another one, and one in the issuer's own organisation. */
const FUNDERS = {
  certificate: { host: 'bank', party: LEI.bank },
  another: SECOND_BANK,
  house: { host: 'issuer', party: MORE.houseBank },
} as const;
type Funder = keyof typeof FUNDERS;

/** Figures that appear nowhere else. */
const FIGURES = { rate: '3.141592', fee: '8273645' };

/** The suite on any ledger of five organisations. */
export function shouldFinance(open: OpenLedger): void {
  describe('slices that are financed', () => {
    let world: World;
    const place = (): Place => ({
      ...{ date: world.date, reference: newReference },
      id: (register, drawer) => world.newId(register, drawer),
    });

    beforeAll(async () => {
      world = await World.found(await open());
      await addParties(world);
    });
    afterAll(() => world.close());

    const slice = async (): Promise<string> => (await issue(world, '100000000')).sliceId;
    const ask = async (bank: Funder, sliceIds: string[], changes: Partial<Request> = {}): Promise<string> => {
      const input = { ...financingInput(place(), sliceIds), funder: FUNDERS[bank].party, ...changes };
      await world.people('supplier').maker.financing.request(input);
      return input.requestId;
    };
    const terms = (bank: Funder, requestId: string, changes: Partial<Quote> = {}): Quote & { ticketId: string } => ({
      ...quoteInput(place(), requestId),
      ...{ quoteId: world.newId(FUNDERS[bank].host), ticketId: world.newId(FUNDERS[bank].host) },
      ...FIGURES,
      ...changes,
    });
    const quoteAs = async (bank: Funder, input: Quote & { ticketId: string }): Promise<string> => {
      const { maker, checker } = world.people(FUNDERS[bank].host);
      await maker.ticket.prepare('financing:quote', input, { party: FUNDERS[bank].party, expiresOn: world.date });
      return outcome(checker.financing.quote(input));
    };
    const figuresOf = async (quoteId: string, bank: Funder): Promise<unknown> => {
      const { interest, sellerInterest, issuerInterest, net, amount } = await recordOf(
        ...([world, 'supplier', 'quote', quoteId, FUNDERS[bank].host] as const),
      );
      return { interest, sellerInterest, issuerInterest, net, amount };
    };
    const idsIn = async (bank: Funder, kind: 'financingRequest' | 'quote'): Promise<string[]> =>
      (await viewsOf(world.people(FUNDERS[bank].host).checker, kind)).map(({ id }) => id).sort();

    it('are asked about at several banks, of which each reads what it is asked and what it answers, and no more', async () => {
      const sliceId = await slice();
      const asked: string[] = [];
      const quoted: string[] = [];
      for (const bank of ['certificate', 'another', 'house'] as const) {
        const requestId = await ask(bank, [sliceId]);
        const input = terms(bank, requestId);
        expect([bank, await quoteAs(bank, input)]).toEqual([bank, 'ok']);
        expect([bank, await idsIn(bank, 'financingRequest')]).toEqual([bank, [requestId]]);
        expect([bank, await idsIn(bank, 'quote')]).toEqual([bank, [input.quoteId]]);
        asked.push(requestId);
        quoted.push(input.quoteId);
      }
      const { checker } = world.people('supplier');
      expect((await viewsOf(checker, 'financingRequest')).map(({ id }) => id).sort()).toEqual(asked.sort());
      expect((await viewsOf(checker, 'quote')).map(({ id }) => id).sort()).toEqual(quoted.sort());
      expect((await viewsOf(checker, 'quote')).every(({ current }) => current)).toBe(true);
    });

    it('cost what is counted by hand, however the holder split them before', async () => {
      const sliceId = await slice();
      const quoted = async (sliceIds: string[]): Promise<unknown> => {
        const input = terms('another', await ask('another', sliceIds));
        expect(await quoteAs('another', input)).toBe('ok');
        return figuresOf(input.quoteId, 'another');
      };
      const whole = await quoted([sliceId]);
      // 1,000,000.00 at 3.141592 per cent for the 90 days from 2026-12-15 to 2027-03-15, by ACT/360; the issuer pays 40 per cent of it.
      expect(whole).toEqual({
        ...{ amount: '100000000', interest: '785398', sellerInterest: '471239', issuerInterest: '314159' },
        net: '91255116',
      });
      const parts = await split(world, sliceId, [...Array<string>(48).fill('1'), '33333333', '66666619']);
      expect(await quoted(parts)).toEqual(whole);
    });

    it('are quoted for by two people of the funder, and by nobody else', async () => {
      const input = terms('another', await ask('another', [await slice()]));
      const { maker, checker } = world.people('operator');
      expect(await outcome(checker.financing.quote(input))).toBe('NOT_FOUND');
      await maker.ticket.prepare('financing:quote', input, { party: MORE.secondBank, expiresOn: world.date });
      expect(await outcome(maker.financing.quote(input))).toBe('CALLER_NOT_ALLOWED');
      expect(await outcome(checker.financing.quote({ ...input, rate: '3.141593' }))).toBe('TICKET_MISMATCH');
      const elsewhere = { ...input, quoteId: world.newId('bank'), ticketId: world.newId('bank') };
      expect(await quoteAs('certificate', elsewhere)).toBe('NOT_FOUND');
      expect(await outcome(checker.financing.quote(input))).toBe('ok');
    });

    it('are not locked: the holder passes on what it has asked about, and no bank quotes for what has moved', async () => {
      const sliceId = await slice();
      const requestId = await ask('another', [sliceId]);
      const quoted = terms('another', requestId);
      expect(await quoteAs('another', quoted)).toBe('ok');
      const transferId = await offerSlice(world, sliceId);
      expect(await quoteAs('another', terms('another', requestId))).toBe('OPENING_MISMATCH');
      expect(await outcome(world.people('contractor').maker.slice.accept({ sliceId, transferId }))).toBe('ok');
      expect(await quoteAs('another', terms('another', requestId))).toBe('OPENING_MISMATCH');
    });

    it('leave no figure in any block, and nothing in the book of the bank that confirmed them', async () => {
      const before = await idsIn('certificate', 'quote');
      const input = terms('another', await ask('another', [await slice()]));
      expect(await quoteAs('another', input)).toBe('ok');
      expect(await idsIn('certificate', 'quote')).toEqual(before);
      const record = await recordOf(world, 'supplier', 'quote', input.quoteId, SECOND_BANK.host);
      const secrets = { ...FIGURES, interest: record.interest, net: record.net };
      const blocks = await world.ledger.blocks(world.people('contractor').organization);
      const financing = blocks.flatMap(transactionsOf).filter(({ args }) => args[0]?.startsWith('financing:') === true);
      const hay = financing.map((each) => ({ where: each.id, bytes: Buffer.from(JSON.stringify(each, printed)) }));
      expect(hay.length).toBeGreaterThan(8);
      const needles = Object.entries(secrets).flatMap(([name, secret]) => needlesOf(name, secret));
      expect(scan(hay, needles)).toEqual([]);
      const owners = [world.people('supplier').mspId, world.people('operator').mspId].sort();
      const last = financing.at(-1);
      expect(last?.endorsers.map(({ mspId }) => mspId).sort()).toEqual(owners);
    });

    it('are not quoted for any more once the last day of the request is over', async () => {
      const requestId = await ask('another', [await slice()], { expiresOn: world.date });
      const next = '2026-11-24';
      await world.moveTo(next);
      const late = terms('another', requestId, { validUntil: next, valueDate: next });
      expect(await quoteAs('another', late)).toBe('FINANCING_LAPSED');
    });
  });
}

/** What a transaction holds as text. */
const printed = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
