import { devnetDriver } from '@tenor/network';
import { shouldTellWhatHappened } from '../behaviour/events.js';
import { openNetwork } from '../support/engines.js';

shouldTellWhatHappened(() => openNetwork(devnetDriver, 'five-org'));
