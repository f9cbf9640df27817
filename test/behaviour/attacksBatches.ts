/** Attacks on batches: by changed chaincode, by their own members, by what is silent, and by two transactions at once. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { Market } from '../support/market.js';
import type { OpenLedger } from '../support/ledger.js';
import { World } from '../support/world.js';
import { shouldLockNobody } from './attacksBatchesLocks.js';
import { shouldHearAllRegisters } from './attacksBatchesMembers.js';
import { shouldCountOnce } from './attacksBatchesPayments.js';
import { shouldPayBeforeDelivery } from './attacksBatchesForgery.js';
import { shouldSpeakForTheSilent } from './attacksBatchesStandIns.js';

/** The suite on `wide`, or on the part of it that it needs. */
export function shouldSettleBatchesUnderAttack(open: OpenLedger): void {
  describe('batches under attack', () => {
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

    shouldPayBeforeDelivery(current);
    shouldHearAllRegisters(current);
    shouldCountOnce(current);
    shouldLockNobody(current);
    // Last, because from then on the policy names who stands in.
    shouldSpeakForTheSilent(current);
  });
}
