/** Nobody keeps another's slice locked, and nobody keeps both slice and money, by being silent or by saying what is not so. */
import { describe, expect, it } from '@jest/globals';
import type { Receipt } from '@tenor/client';
import { placeKey, placesFor, takenOn } from '../../chaincode/src/ledger/intake.js';
import { daysAfter } from '../deal/inputs.js';
import { Attackers, DEMANDED, demand, refusalOf, write } from '../support/attack.js';
import {
  approve,
  agree,
  allocate,
  attest,
  commit,
  instruct,
  moneyLeg,
  paymentOf,
  report,
  underFourEyes,
} from '../support/batches.js';
import { APART, type Market, type Terms, type Trade } from '../support/market.js';
import { LEI } from '../support/world.js';
import { outcome, recordOf } from './dealBooks.js';

/** The buyer keeps the supplier's account itself. */
const AT_BUYER: Terms = { buyer: 'secondBank', payerBank: 'secondBank', payeeBank: 'secondBank' };

export function shouldLockNobody(current: () => Market): void {
  describe('nobody keeps what another waits for', () => {
    it('a holder that names another leg in return than the money gets no approval of the buyer, whom it could stall', async () => {
      const { world } = current();
      const decoy = world.newId('bank', 'supplier');
      const trade = current().draw({ ...APART, more: [decoy] });
      await current().give(trade, decoy);
      await current().pay(trade);
      expect(await outcome(approve(world, 'secondBank', [trade.legId, trade.cash.legId]))).toBe('NOT_FOR_RECEIVER');
      const honest = await current().instructed();
      await approve(world, 'secondBank', honest.legIds);
    });

    it('what was credited is not released, even if nobody reported that it was sent', async () => {
      const trade = await current().agreed();
      await current().attested(trade);
      await current().world.moveTo(daysAfter(trade.expiresOn, 1));
      expect(await outcome(current().release(trade))).toBe('FUNDS_SENT');
      await current().commit(trade);
    });

    it("a payer that is the payee's bank locks no slice by money that it only says it sent, or even booked", async () => {
      const { world } = current();
      const [said, booked] = [await current().agreed(AT_BUYER), await current().agreed(AT_BUYER)];
      await current().sent(said);
      await current().credited(booked);
      const deny = ({ cash: { legId } }: Trade): Promise<unknown> =>
        underFourEyes(world, 'supplier', 'cash:deny', { legId });
      expect(await outcome(deny(said))).toBe('BATCH_OPEN');
      await world.moveTo(daysAfter(said.expiresOn, 7));
      for (const trade of [said, booked]) {
        expect(await outcome(current().release(trade))).toBe('FUNDS_SENT');
        const { legId } = trade.cash;
        expect(await outcome(underFourEyes(world, 'secondBank', 'cash:deny', { legId }))).toBe('CALLER_NOT_ALLOWED');
        await deny(trade);
        await current().release(trade);
        expect(await outcome(underFourEyes(world, 'supplier', 'cash:acknowledge', { legId }))).toBe(
          'ACKNOWLEDGEMENT_EXISTS',
        );
        expect(await recordOf(world, 'bank', 'slice', trade.sliceId)).toMatchObject({
          state: 'FREE',
          holder: LEI.supplier,
        });
      }
    });

    it('a batch takes a place in the book of everybody whom its sheet names and nobody asked', async () => {
      const { world } = current();
      const trade = await current().approved({ buyer: 'contractor', payerBank: 'secondBank', payeeBank: 'thirdBank' });
      const mspIds = (['bank', 'thirdBank', 'supplier', 'contractor', 'secondBank'] as const).map(
        (name) => world.people(name).mspId,
      );
      const [senderMsp, bystanderMsp] = [world.people('contractor').mspId, world.people('secondBank').mspId];
      const newcomer = { command: 'batch:agree', senderMsp, seed: DEMANDED, today: world.date };
      const keys = [...new Set(placesFor(newcomer))].map((place) => placeKey(newcomer, place));
      const bystander = await Attackers.corrupt(world, ['secondBank']);
      expect(await bystander.commit(keys.map((key) => write(bystanderMsp, key, takenOn(world.date))))).toBe('VALID');
      await bystander.surrender();
      const call = { request: { legIds: trade.legIds }, secret: { sheet: await current().sheet(trade) }, openings: {} };
      const { checker } = world.people('contractor');
      expect(await refusalOf(demand(checker, { name: 'batch:agree', ...call }, mspIds))).toEqual({
        ...{ code: 'QUOTA_REACHED', data: { mspId: bystanderMsp, command: 'batch:agree', limit: '5000' } },
      });
    });

    it('a pledgee that locks a slice for a batch, to give it back, and then is silent, does not keep it', async () => {
      const { world } = current();
      const sliceId = current().part();
      const until = { expiresOn: daysAfter(world.date, 7) };
      const [legId, back] = [world.newId('bank', 'supplier'), world.newId('bank', 'secondBank')];
      const loan = moneyLeg(world, {
        ...{ what: 'CREDIT', from: 'secondBank', to: 'supplier', payerBank: 'secondBank', payeeBank: 'thirdBank' },
        ...{ currency: 'USD', amount: '80' },
      });
      const repaid = world.newId('thirdBank', 'supplier');
      const [legIds, backIds] = [
        [legId, loan.legId],
        [back, repaid],
      ];
      await allocate(world, 'supplier', { sliceId, legId, to: 'secondBank', inReturn: loan.legId }, legIds, {
        ...{ what: 'PLEDGE', pledgedUntil: until.expiresOn, ...until },
      });
      await instruct(world, loan, legIds, until);
      for (const name of ['supplier', 'secondBank'] as const) await approve(world, name, legIds);
      await agree(world, 'supplier', legIds);
      const payment = paymentOf(loan);
      await report(world, 'secondBank', payment);
      await attest(world, 'thirdBank', payment);
      await commit(world, 'supplier', legIds);
      await world.people('secondBank').checker.slice.complete({ sliceId, legId });
      await allocate(world, 'secondBank', { sliceId, legId: back, to: 'supplier', inReturn: repaid }, backIds, {
        ...{ what: 'UNPLEDGE', ...until },
      });
      const release = (): Promise<Receipt> => world.people('supplier').checker.slice.release({ sliceId, legId: back });
      expect(await outcome(release())).toBe('BATCH_OPEN');
      await world.moveTo(daysAfter(until.expiresOn, 1));
      const receipt = await release();
      expect(receipt.endorsingOrganizations).toEqual([world.people('bank').mspId, world.people('supplier').mspId]);
      expect(await recordOf(world, 'bank', 'slice', sliceId)).toMatchObject({
        ...{
          state: 'PLEDGED',
          holder: LEI.supplier,
          lock: { counterparty: LEI.secondBank, expiresOn: until.expiresOn },
        },
      });
    });

    it('money that a customer of a bank pays to that bank needs one word of it, and no second one that could never come', async () => {
      const { world } = current();
      const usd = { currency: 'USD', amount: '100' };
      const [paid, blocked] = [
        moneyLeg(world, {
          ...{ what: 'CREDIT', from: 'contractor', to: 'secondBank', payerBank: 'secondBank', payeeBank: 'secondBank' },
          ...usd,
        }),
        moneyLeg(world, {
          ...{ what: 'BLOCK', from: 'secondBank', to: 'contractor', payerBank: 'thirdBank', payeeBank: 'secondBank' },
          ...{ currency: 'CNY', amount: '714' },
        }),
      ];
      const legIds = [paid.legId, blocked.legId];
      const until = { expiresOn: daysAfter(world.date, 7) };
      for (const leg of [paid, blocked]) await instruct(world, leg, legIds, until);
      for (const name of ['contractor', 'secondBank'] as const) await approve(world, name, legIds);
      await underFourEyes(world, 'thirdBank', 'cash:block', { legId: blocked.legId });
      await agree(world, 'contractor', legIds);
      const payment = paymentOf(paid);
      await report(world, 'secondBank', payment);
      expect(await outcome(underFourEyes(world, 'secondBank', 'cash:acknowledge', { legId: paid.legId }))).toBe(
        'SAME_ORGANIZATION',
      );
      await attest(world, 'secondBank', payment);
      await commit(world, 'contractor', legIds);
    });
  });
}
