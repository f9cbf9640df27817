/** Nobody keeps another's slice locked, and nobody keeps both slice and money, by being silent or by saying what is not so. */
import { describe, expect, it } from '@jest/globals';
import {
  approve,
  agree,
  attest,
  commit,
  instruct,
  moneyLeg,
  paymentOf,
  report,
  underFourEyes,
} from '../support/batches.js';
import { APART, type Market } from '../support/market.js';
import { outcome } from './dealBooks.js';

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
      for (const leg of [paid, blocked]) await instruct(world, leg, legIds);
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
