import { devnetDriver } from '@tenor/network';
import { shouldTellEvents } from '../behaviour/events.js';
import { openNetwork } from '../support/engines.js';

shouldTellEvents(() => openNetwork(devnetDriver, 'five-org'));
