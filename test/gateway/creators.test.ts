import { devnetDriver } from '@tenor/network';
import { shouldKnowItsCallers } from '../behaviour/creators.js';
import { openNetwork } from '../support/engines.js';

shouldKnowItsCallers(() => openNetwork(devnetDriver, 'three-org'), 1000);
