/** Financing as it goes: several banks are asked, each reads its own, and nothing is locked until somebody accepts. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newReference, type Input } from '@tenor/client';
import { ACCOUNT, financingInput, quoteInput } from '../deal/inputs.js';
import type { Place } from '../deal/players.js';
import { needlesOf, scan } from '../support/attackScan.js';
import { allocate, approve, instruct, moneyLeg, underFourEyes } from '../support/batches.js';
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

    describe('by a funder that limits itself', () => {
      /** The price of what is financed here: 1,000,000.00 less 7,853.98 of interest and a fee of 82,736.45. */
      const PRICE = 90_940_957n;

      /** The batch of an accepted quote. */
      interface Sale {
        readonly quoteId: string;
        readonly sliceId: string;
        readonly legId: string;
        readonly legIds: readonly string[];
      }
      async function sold(): Promise<Sale> {
        const sliceId = await slice();
        const requestId = await ask('another', [sliceId], { interestPayer: { kind: 'SELLER' } });
        const input = terms('another', requestId);
        expect(await quoteAs('another', input)).toBe('ok');
        const { quoteId } = input;
        const accepted = { requestId, quoteId, payeeBank: LEI.bank, account: ACCOUNT };
        await underFourEyes(world, 'supplier', 'financing:accept', accepted);
        const price = moneyLeg(world, {
          ...{ what: 'CREDIT', from: 'operator', to: 'supplier', payerBank: 'bank', payeeBank: 'bank' },
          ...{ currency: 'USD', amount: String(PRICE) },
        });
        const legId = world.newId('bank', 'supplier');
        const legIds = [legId, price.legId];
        const receiver = MORE.secondBank;
        const sale = { sliceId, legId, to: 'operator', inReturn: price.legId } as const;
        await allocate(world, 'supplier', sale, legIds, { receiver, financing: requestId });
        await instruct(world, price, legIds, { sender: receiver, payerBank: receiver, financing: requestId });
        return { quoteId, sliceId, legId, legIds };
      }
      const approved = (sale: Sale): Promise<string> =>
        outcome(approve(world, 'operator', sale.legIds, MORE.secondBank));
      const limitTo = (limit: bigint, changes: Partial<Input<'financing:limit'>> = {}): Promise<string> =>
        outcome(
          underFourEyes(
            world,
            'operator',
            'financing:limit',
            {
              ...{ funder: MORE.secondBank, kind: 'SELLER', party: LEI.supplier, currency: 'USD' },
              ...{ limit: String(limit), ...changes },
            },
            MORE.secondBank,
          ),
        );
      const utilised = async (): Promise<unknown> =>
        (await viewsOf(world.people('operator').checker, 'fundingLimit')).map(({ record }) => [
          record.kind,
          record.utilised,
        ]);
      async function aborted({ legId, legIds }: Sale): Promise<void> {
        const { maker, checker, mspId } = world.people('supplier');
        await maker.batch.decline({ legId, party: LEI.supplier });
        await checker.batch.abort({
          ...{ legIds: [...legIds], sheet: await checker.batch.sheet(legIds), declinedBy: mspId },
        });
      }
      const released = (sale: Sale, sliceIds?: string[]): Promise<string> =>
        outcome(
          world.people('operator').maker.financing.release({
            ...{ quoteId: sale.quoteId, ...(sliceIds === undefined ? {} : { sliceIds }) },
          }),
        );
      let first: Sale;

      it('count to the last unit, and are not approved above the limit', async () => {
        first = await sold();
        expect(await limitTo(PRICE - 1n)).toBe('ok');
        expect(await approved(first)).toBe('FUNDING_EXCEEDED');
        expect(await limitTo(PRICE)).toBe('ok');
        expect(await approved(first)).toBe('ok');
        expect(await utilised()).toEqual([['SELLER', String(PRICE)]]);
        expect(await approved(await sold())).toBe('FUNDING_EXCEEDED');
      });

      it('stay approved when the limit is lowered, and count for the issuer from the day on which it is limited', async () => {
        expect(await limitTo(1n)).toBe('ok');
        expect(await utilised()).toEqual([['SELLER', String(PRICE)]]);
        const { checker } = world.people('supplier');
        await approve(world, 'supplier', first.legIds);
        const sheet = await checker.batch.sheet(first.legIds);
        expect(await outcome(checker.batch.agree({ legIds: [...first.legIds], sheet }))).toBe('ok');
        expect(await released(first)).toBe('BATCH_OPEN');
        expect(await released(first, [first.sliceId])).toBe('STATE');
        const issuer = { kind: 'ISSUER', party: LEI.issuer } as const;
        expect([await limitTo(PRICE * 9n), await limitTo(PRICE - 1n, issuer)]).toEqual(['ok', 'ok']);
        const next = await sold();
        expect(await approved(next)).toBe('FUNDING_EXCEEDED');
        expect(await limitTo(PRICE, issuer)).toBe('ok');
        expect(await approved(next)).toBe('ok');
        await aborted(next);
        expect(await released(next)).toBe('ok');
        // The same call once more is a repeat, and gives nothing back twice.
        expect(await released(next)).toBe('ok');
        expect(await utilised()).toEqual(
          expect.arrayContaining([
            ['SELLER', String(PRICE)],
            ['ISSUER', '0'],
          ]),
        );
      });

      it('show nobody else that there is a limit, and nobody else endorses what is counted', async () => {
        for (const name of ['issuer', 'bank', 'supplier', 'contractor'] as const)
          for (const kind of ['fundingLimit', 'financed', 'creditSecret'] as const)
            expect([name, kind, await viewsOf(world.people(name).checker, kind)]).toEqual([name, kind, []]);
        const blocks = await world.ledger.blocks(world.people('contractor').organization);
        const counted = blocks.flatMap(transactionsOf).filter(({ args: [name = ''], creatorMspId }) => {
          const isOwn = creatorMspId === world.people('operator').mspId;
          return isOwn && ['batch:approve', 'financing:limit', 'financing:release'].includes(name);
        });
        expect(counted.length).toBeGreaterThan(6);
        for (const { endorsers } of counted)
          expect(endorsers.map(({ mspId }) => mspId)).toEqual([world.people('operator').mspId]);
        const seen = (name: string, secrets: Readonly<Record<string, string>>): unknown => {
          const meant = counted.filter(({ args }) => args[0]?.startsWith(name) === true);
          const hay = meant.map((each) => ({ where: each.id, bytes: Buffer.from(JSON.stringify(each, printed)) }));
          return scan(
            hay,
            Object.entries(secrets).flatMap(([what, secret]) => needlesOf(what, secret)),
          );
        };
        expect(seen('', { price: String(PRICE), raised: String(PRICE * 9n), tight: String(PRICE - 1n) })).toEqual([]);
        // Nor for whom it is: not even what is read of the registry says so.
        expect(seen('financing:limit', { seller: LEI.supplier, issuer: LEI.issuer })).toEqual([]);
      });
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
