/** A discount as it goes: three banks are asked, each sees its own request, one quote is accepted, and the slices pass against the price into the holder's account. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Input, SheetRow } from '@tenor/client';
import { ACCOUNT } from '../deal/inputs.js';
import {
  agree,
  allocate,
  approve,
  attest,
  commit,
  instruct,
  moneyLeg,
  paymentOf,
  report,
  underFourEyes,
  type Money,
} from '../support/batches.js';
import { issue, split } from '../support/deal.js';
import type { OpenLedger } from '../support/ledger.js';
import { LEI, World, type PartyName } from '../support/world.js';
import { outcome, recordOf, viewsOf } from './dealBooks.js';

/** The banks that are asked, and what each wants a year. */
const RATES = { bank: '3.10', secondBank: '2.85', thirdBank: '2.9' } as const;
type Funder = keyof typeof RATES;

/** The suite on `wide`, or on the part of it that has the three banks. */
export function shouldDiscount(open: OpenLedger): void {
  describe('a discount', () => {
    let world: World;
    let slices: string[] = [];
    const quotes = new Map<Funder, { requestId: string; quoteId: string }>();

    beforeAll(async () => {
      world = await World.found(await open());
      const { sliceId } = await issue(world, '1000000000');
      slices = await split(world, sliceId, ['600000000', '400000000']);
    });
    afterAll(() => world.close());

    async function quoted(funder: Funder, changes: Partial<Input<'financing:quote'>> = {}): Promise<void> {
      const requestId = world.newId('supplier');
      const asked = { requestId, sliceIds: slices, funder: LEI[funder], expiresOn: '2026-11-27' };
      await world.people('supplier').maker.financing.request({ ...asked, interestPayer: { kind: 'SELLER' } });
      const quoteId = world.newId(funder);
      await underFourEyes(world, funder, 'financing:quote', {
        ...{ quoteId, requestId, rate: RATES[funder], dayCount: 'ACT/360', fee: '10000', recourse: true },
        ...{ valueDate: '2026-11-25', validUntil: '2026-11-24', ...changes },
      });
      quotes.set(funder, { requestId, quoteId });
    }
    const acceptQuote = (funder: Funder): Promise<unknown> =>
      underFourEyes(world, 'supplier', 'financing:accept', {
        ...{ requestId: '', quoteId: '', ...quotes.get(funder), payeeBank: LEI.thirdBank, account: ACCOUNT },
      });

    /** The batch that carries out what was accepted. */
    interface Sale {
      readonly legs: readonly string[];
      readonly cash: Money;
      readonly legIds: readonly string[];
    }
    async function sale(amount: string, changes: Partial<Input<'slice:allocate'>> = {}): Promise<Sale> {
      const requestId = quotes.get('secondBank')?.requestId ?? '';
      const cash = moneyLeg(world, {
        ...{ what: 'CREDIT', from: 'secondBank', to: 'supplier', payerBank: 'secondBank', payeeBank: 'thirdBank' },
        ...{ currency: 'USD', amount },
      });
      const legs = slices.map(() => world.newId('bank', 'supplier'));
      const legIds = [...legs, cash.legId];
      const expiresOn = '2026-11-30';
      for (const [index, sliceId] of slices.entries())
        await allocate(
          world,
          'supplier',
          { sliceId, legId: legs[index] ?? '', to: 'secondBank', inReturn: cash.legId },
          legIds,
          { financing: requestId, recourse: true, expiresOn, ...changes },
        );
      await instruct(world, cash, legIds, { financing: requestId, expiresOn });
      return { legs, cash, legIds };
    }

    it('is asked for at three banks, of which none sees what the others are asked', async () => {
      for (const funder of Object.keys(RATES) as Funder[]) await quoted(funder);
      for (const funder of Object.keys(RATES) as PartyName[]) {
        const seen = await viewsOf(world.people(funder).checker, 'financingRequest');
        expect(seen.map(({ record }) => record.funder)).toEqual([LEI[funder]]);
      }
      // 10,000,000.00 at 2.85 % from 25 November to 15 March, 110 days of 360: 87,083.33 and a fee of 100.00.
      const { quoteId = '' } = quotes.get('secondBank') ?? {};
      expect(await recordOf(world, 'supplier', 'quote', quoteId, 'secondBank')).toMatchObject({
        ...{ interest: '8708333', net: '991281667' },
      });
    });

    it('is accepted once, and not after its last day', async () => {
      expect(await outcome(acceptQuote('secondBank'))).toBe('ok');
      expect(await outcome(acceptQuote('secondBank'))).toBe('FINANCING_ACCEPTED');
      await world.moveTo('2026-11-25');
      expect(await outcome(acceptQuote('thirdBank'))).toBe('QUOTE_LAPSED');
    });

    it('is approved by neither side where the price is a cent less, and by both where it is what was accepted', async () => {
      const short = await sale('991281666');
      for (const name of ['supplier', 'secondBank'] as const)
        expect(await outcome(approve(world, name, short.legIds))).toBe('FINANCING_MISMATCH');
      await world.people('supplier').maker.batch.decline({ legId: short.cash.legId, party: LEI.supplier });
      const sheet: SheetRow[] = await world.people('supplier').checker.batch.sheet(short.legIds);
      const declinedBy = world.people('supplier').mspId;
      await world.people('supplier').checker.batch.abort({ legIds: [...short.legIds], sheet, declinedBy });
      for (const [index, sliceId] of slices.entries())
        await world.people('supplier').maker.slice.release({ sliceId, legId: short.legs[index] ?? '' });
    });

    it('is paid when it is registered, and makes the seller liable', async () => {
      const { legs, cash, legIds } = await sale('991281667');
      await approve(world, 'supplier', legIds);
      await approve(world, 'secondBank', legIds);
      await agree(world, 'supplier', legIds);
      const payment = paymentOf(cash);
      expect(await outcome(report(world, 'secondBank', payment))).toBe('REGISTRATION_MISSING');
      const { requestId = '' } = quotes.get('secondBank') ?? {};
      const registered = { requestId, registrationNo: '0471123900123456789', searchedOn: '2026-11-24' };
      await world.people('secondBank').maker.financing.register(registered);
      await report(world, 'secondBank', payment);
      await attest(world, 'thirdBank', payment);
      await commit(world, 'secondBank', legIds);
      for (const [index, sliceId] of slices.entries()) {
        await world.people('secondBank').maker.slice.complete({ sliceId, legId: legs[index] ?? '' });
        expect(await recordOf(world, 'bank', 'slice', sliceId)).toMatchObject({
          ...{ state: 'FREE', holder: LEI.secondBank },
          liable: [{ party: LEI.supplier, mspId: world.people('supplier').mspId }],
        });
      }
    });
  });
}
