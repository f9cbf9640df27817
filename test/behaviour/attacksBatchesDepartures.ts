/** Banks leave the channel in the middle of a batch. What others allocated to it comes back to them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchIdOf } from '@tenor/client';
import { daysAfter } from '../deal/inputs.js';
import type { OpenLedger } from '../support/ledger.js';
import { Market, type Trade } from '../support/market.js';
import { LEI, World, type PartyName } from '../support/world.js';
import { recordOf } from './dealBooks.js';

/** A majority of those who found `wide`, without the banks that leave. */
const STAYING = ['bank', 'issuer', 'supplier', 'contractor'] as const;

/** The suite on `wide`. */
export function shouldReleaseWithoutBanksThatLeft(open: OpenLedger): void {
  describe('batches of banks that leave', () => {
    let market: Market | undefined;
    const current = (): Market => {
      if (market === undefined) throw new Error('the market is not open');
      return market;
    };
    beforeAll(async () => {
      market = await Market.open(await World.found(await open()));
    });
    afterAll(async () => {
      await market?.world.close();
    });

    const depart = (name: PartyName, state: 'LEAVING' | 'LEFT'): Promise<unknown> => {
      const { world } = current();
      return world.decide([{ kind: 'departure', departure: { mspId: world.people(name).mspId, state } }], STAYING);
    };

    it("a slice comes back after payer's bank and payee's bank have left, if the outcome was preserved", async () => {
      const { world } = current();
      const trades: readonly Trade[] = [await current().agreed(), await current().agreed()];
      await world.moveTo(daysAfter(trades[0]?.expiresOn ?? '', 1));
      for (const [index, name] of (['secondBank', 'thirdBank'] as const).entries()) {
        const trade = trades[index];
        if (trade === undefined) throw new Error('there are two sales');
        await depart(name, 'LEAVING');
        const { organization, mspId } = world.people(name);
        if (name === 'thirdBank') {
          const items = [{ kind: 'outcome' as const, id: batchIdOf(trade.legIds) }];
          await world.people('bank').admin.registry.preserve({ mspId, items });
        }
        await depart(name, 'LEFT');
        await world.ledger.removeOrganization(organization);
        await current().release(trade);
        const freed = { state: 'FREE', holder: LEI.supplier, lock: null };
        expect(await recordOf(world, 'bank', 'slice', trade.sliceId)).toMatchObject(freed);
      }
    });
  });
}
