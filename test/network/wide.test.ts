import { fabricDriver } from '@tenor/network';
import { shouldSettleBatchesUnderAttack } from '../behaviour/attacksBatches.js';
import { shouldSettleBatches } from '../behaviour/batches.js';
import { shouldSurviveStoppedPeers } from '../behaviour/batchKills.js';
import { shouldEndTheDayOfBatches } from '../behaviour/dayEndBatches.js';
import { shouldDiscount } from '../behaviour/discount.js';
import { shouldPresentByMandate } from '../behaviour/mandates.js';
import { shouldNetAtMaturity } from '../behaviour/maturityNetting.js';
import { shouldRunToMaturity } from '../behaviour/maturityRun.js';
import { shouldSettleAtOnce } from '../behaviour/settleAtOnce.js';
import { ACROSS_BANKS, shouldPayAcrossBanks } from '../behaviour/wide.js';
import { shareNetwork } from '../support/engines.js';
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
shouldSurviveStoppedPeers(open);
