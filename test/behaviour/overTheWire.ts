/**
 * The suites that run where peers are processes of their own and answer over gRPC. Whole matrices (bad input, authority, lifecycles,
 * repeats, queries) run only in process, because they test the rules, which are the same program there. The suites listed here need
 * real peers, or show that commands and refusals get through them.
 */
import { describe } from '@jest/globals';
import type { OpenLedger } from '../support/ledger.js';
import { shouldWithstandAttacks } from './attacks.js';
import { shouldNeedEveryEndorser } from './badInputEndorsers.js';
import { shouldWorkInBulk } from './bulk.js';
import { shouldKeepSecrets } from './canary.js';
import { shouldConductItself } from './clientConduct.js';
import { shouldRunADeal } from './deal.js';
import { shouldTellEveryCode } from './everyCode.js';
import { shouldTakeEveryCommand } from './everyCommand.js';
import { shouldTellEvents } from './events.js';
import { shouldRecoverALostLedger } from './lostLedger.js';
import { shouldGoOnWithoutTheLoser } from './stoppedPeers.js';

/** Where each party has an organisation of its own. */
export function shouldWorkOnFiveOrganizations(open: OpenLedger): void {
  describe('five organisations', () => {
    // First, because it reads every block and every log of the network: there are no other suite's yet.
    shouldKeepSecrets(open);
    shouldRunADeal(open);
    shouldTakeEveryCommand(open);
    shouldTellEveryCode(open);
    shouldNeedEveryEndorser(open);
    shouldTellEvents(open);
    shouldWorkInBulk(open);
    shouldWithstandAttacks(open);
    shouldConductItself(open);
    shouldGoOnWithoutTheLoser(open);
    shouldRecoverALostLedger(open);
  });
}

/** Where two organisations host all parties: names, ports and folders of the samples. */
export function shouldWorkOnTheSamples(open: OpenLedger): void {
  describe('two organisations, as in the samples', () => {
    shouldRunADeal(open);
    shouldTakeEveryCommand(open, 'two-org');
    shouldNeedEveryEndorser(open, 'two-org');
    shouldGoOnWithoutTheLoser(open, 'two-org');
  });
}
