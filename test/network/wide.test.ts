import { fabricDriver } from '@tenor/network';
import { shouldSettleBatchesUnderAttack } from '../behaviour/attacksBatches.js';
import { shouldSettleBatches } from '../behaviour/batches.js';
import { CLIENT_KILLS, shouldSurviveKilledClients } from '../behaviour/batchClientKills.js';
import { shouldSurviveStoppedPeers } from '../behaviour/batchKills.js';
import { shouldSurviveKilledProcesses } from '../behaviour/batchProcessKills.js';
import { LOSSES, shouldSurviveRestarts } from '../behaviour/batchRestarts.js';
import { shouldEndTheDayOfBatches } from '../behaviour/dayEndBatches.js';
import { shouldDiscount } from '../behaviour/discount.js';
import { shouldPresentByMandate } from '../behaviour/mandates.js';
import { shouldNetAtMaturity } from '../behaviour/maturityNetting.js';
import { shouldRunToMaturity } from '../behaviour/maturityRun.js';
import { shouldSettleAtOnce } from '../behaviour/settleAtOnce.js';
import { ACROSS_BANKS, shouldPayAcrossBanks } from '../behaviour/wide.js';
import { inTheSameBooks, shareNetwork } from '../support/engines.js';
import { wideWith } from '../support/topologies.js';

const open = shareNetwork(fabricDriver, wideWith(...ACROSS_BANKS));

shouldPayAcrossBanks(open);
shouldPresentByMandate(open);
shouldRunToMaturity(open);
shouldNetAtMaturity(open);
shouldSettleBatches(open);
shouldDiscount(open);
shouldSettleAtOnce(open);
shouldEndTheDayOfBatches(open);
shouldSettleBatchesUnderAttack(open);
// In the same books, in this order: the last one moves the date.
const killed = inTheSameBooks(open);
shouldSurviveKilledClients(killed, CLIENT_KILLS.whomPeersAnswer);
shouldSurviveKilledProcesses(killed);
shouldSurviveRestarts(killed, LOSSES.whoHasToLose);
shouldSurviveStoppedPeers(killed);
