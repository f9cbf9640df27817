/**
 * The suites that run where peers are processes of their own and answer over gRPC. Whole matrices (bad input, authority, lifecycles,
 * repeats, queries) run only in process, because they test the rules, which are the same program there. The suites listed here need
 * real peers, or show that commands and refusals get through them. What devnet's peers decide they decide by the same code in process:
 * over gRPC only what is new there runs again.
 */
import { describe } from '@jest/globals';
import { inTheSameBooks, type SharedNetwork } from '../support/engines.js';
import { shouldWithstandAttacks } from './attacks.js';
import { shouldKeepWhatTheAbsentHold } from './attacksDepartures.js';
import { shouldTakeFiftyAtOnce } from './bulk.js';
import { shouldKeepSecrets } from './canary.js';
import { shouldConductItself } from './clientConduct.js';
import { shouldCloseBooks } from './closedBooks.js';
import { shouldKnowItsCallers } from './creators.js';
import { shouldRunADeal } from './deal.js';
import { shouldClaimAsPeopleType } from './documentScenarios.js';
import { shouldOutliveDepartures } from './departures.js';
import { shouldTellEveryCode } from './everyCode.js';
import { shouldTakeEveryCommand } from './everyCommand.js';
import { shouldRecoverALostLedger } from './lostLedger.js';
import { shouldLeaveNobodyStuck } from './nobodyStuck.js';
import { shouldSettleAsBanksSay } from './paymentScenarios.js';
import { shouldReinstateWhatCameBack } from './returns.js';
import { shouldGoOnWithoutTheLoser } from './stoppedPeers.js';

/**
 * What every engine with peers of its own has to get through, where each party has an organisation.
 * @param creators how many creators' bytes are tried by chance
 */
function shouldGetThrough(open: SharedNetwork, creators: number): void {
  // First, because it reads every block and every log of the network: there are no other suite's yet.
  shouldKeepSecrets(open);
  shouldCloseBooks('five-org', open.running);
  shouldTakeEveryCommand(open);
  // In this order in the same books: those before the deal write into none that it finds empty, and leave the date to it.
  const same = inTheSameBooks(open);
  shouldTellEveryCode(same);
  shouldKnowItsCallers(same, creators);
  shouldConductItself(same);
  shouldRunADeal(same);
  const practice = inTheSameBooks(open);
  shouldClaimAsPeopleType(practice);
  shouldSettleAsBanksSay(practice);
  shouldGoOnWithoutTheLoser(open);
}

/** Over gRPC on devnet, whose peers decide as in process: a few creators by chance show that their bytes get through as they are. */
export function shouldWorkOverGrpc(open: SharedNetwork): void {
  describe('five organisations', () => {
    shouldGetThrough(open, 200);
  });
}

/** On real Fabric, whose peers decide for themselves: what they sign, refuse, lose and take again. */
export function shouldWorkOnFabric(open: SharedNetwork): void {
  describe('five organisations', () => {
    shouldGetThrough(open, 1000);
    // Early, because a peer that has lost its ledger takes every block of the channel again.
    shouldRecoverALostLedger(open);
    shouldTakeFiftyAtOnce(open);
    shouldWithstandAttacks(open);
    shouldReinstateWhatCameBack(open);
    shouldLeaveNobodyStuck(open);
    shouldKeepWhatTheAbsentHold(open);
    // Last, because all suites share the channel that the organisations leave.
    shouldOutliveDepartures(open);
  });
}

/** Where two organisations host all parties: names, ports and folders of the samples. */
export function shouldWorkOnTheSamples(open: SharedNetwork): void {
  describe('two organisations, as in the samples', () => {
    shouldCloseBooks('two-org', open.running);
    shouldGoOnWithoutTheLoser(open, 'two-org');
  });
}
