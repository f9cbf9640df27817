import { fabricDriver } from '@tenor/network';
import { shouldKnowItsCallers } from '../behaviour/creators.js';
import { openNetwork } from '../support/engines.js';

shouldKnowItsCallers(() => openNetwork(fabricDriver, 'three-org'), 2000);
