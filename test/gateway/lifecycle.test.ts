import { devnetDriver } from '@tenor/network';
import { shouldFollowLifecycles } from '../behaviour/lifecycle.js';
import { openNetwork } from '../support/engines.js';

shouldFollowLifecycles(() => openNetwork(devnetDriver, 'five-org'));
