import { devnetDriver } from '@tenor/network';
import { shouldSettleBatches } from '../behaviour/batches.js';
import { shouldSurviveStoppedPeers } from '../behaviour/batchKills.js';
import { shouldSurviveKilledProcesses } from '../behaviour/batchProcessKills.js';
import { shouldDiscount } from '../behaviour/discount.js';
import { ACROSS_BANKS, shouldPayAcrossBanks } from '../behaviour/wide.js';
import { inTheSameBooks, shareNetwork } from '../support/engines.js';
import { wideWith } from '../support/topologies.js';

const open = shareNetwork(devnetDriver, wideWith(...ACROSS_BANKS));

shouldPayAcrossBanks(open);
shouldSettleBatches(open);
shouldDiscount(open);
// In the same books, in this order: the last one moves the date.
const killed = inTheSameBooks(open);
shouldSurviveKilledProcesses(killed);
shouldSurviveStoppedPeers(killed);
