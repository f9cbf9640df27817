import { devnetDriver } from '@tenor/network';
import { ACROSS_BANKS, shouldPayAcrossBanks } from '../behaviour/wide.js';
import { shareNetwork } from '../support/engines.js';
import { wideWith } from '../support/topologies.js';

shouldPayAcrossBanks(shareNetwork(devnetDriver, wideWith(...ACROSS_BANKS)));
