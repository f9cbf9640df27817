/** Attacks by changed chaincode, on one network: the books, forgeries, the bank, replays, and settlement once all is due. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { TopologyName } from '@tenor/network';
import type { OpenLedger } from '../support/ledger.js';
import { World } from '../support/world.js';
import { shouldNotTrustTheBankAlone } from './attacksBank.js';
import { shouldKeepBooks } from './attacksBooks.js';
import { shouldHearThroughHostileEvents } from './attacksEvents.js';
import { shouldKeepIdsApart } from './attacksClashes.js';
import { shouldKeepWithinPlaces } from './attacksCrowds.js';
import { shouldHonourNoForgery } from './attacksForgery.js';
import { shouldHearTwoVoices } from './attacksHouseBank.js';
import { shouldSurviveWhatABookHolds } from './attacksLists.js';
import { shouldProveInEveryBook } from './attacksProofs.js';
import { shouldNotTrustWhatNamesItself } from './attacksRegisters.js';
import { shouldRefuseReplays } from './attacksReplay.js';
import { setScene, type Scene } from './attacksScene.js';
import { shouldSettleHonestly } from './attacksSettlement.js';
import { shouldKeepStrangersOut } from './attacksStrangers.js';
import { shouldAskBothVouchers } from './attacksVouchers.js';

/** All attacks, on any ledger. */
export function shouldWithstandAttacks(open: OpenLedger, on: TopologyName = 'five-org'): void {
  describe('under attack', () => {
    let scene: Scene | undefined;
    const current = (): Scene => {
      if (scene === undefined) throw new Error('the scene is not set');
      return scene;
    };

    beforeAll(async () => {
      scene = await setScene(await World.found(await open()));
    });

    afterAll(async () => {
      await scene?.world.close();
    });

    shouldKeepBooks(current, on);
    shouldNotTrustWhatNamesItself(current, on);
    shouldHonourNoForgery(current);
    shouldHearTwoVoices(current);
    shouldSurviveWhatABookHolds(current);
    shouldHearThroughHostileEvents(current);
    shouldNotTrustTheBankAlone(current);
    shouldAskBothVouchers(current, on);
    shouldKeepIdsApart(current, on);
    shouldKeepStrangersOut(current, on);
    shouldKeepWithinPlaces(current);
    shouldRefuseReplays(current);
    shouldSettleHonestly(current);
    shouldProveInEveryBook(current, on);
  });
}
