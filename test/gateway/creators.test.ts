import { devnetDriver } from '@tenor/network';
import { shouldKnowItsCallers } from '../behaviour/creators.js';
import { shareNetwork } from '../support/engines.js';

shouldKnowItsCallers(shareNetwork(devnetDriver, 'three-org'), 200);
