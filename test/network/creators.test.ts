import { fabricDriver } from '@tenor/network';
import { shouldKnowItsCallers } from '../behaviour/creators.js';
import { shareNetwork } from '../support/engines.js';

shouldKnowItsCallers(shareNetwork(fabricDriver, 'three-org'), 2000);
