import { fabricDriver } from '@tenor/network';
import { shouldTellEvents } from '../behaviour/events.js';
import { openNetwork } from '../support/engines.js';

shouldTellEvents(() => openNetwork(fabricDriver, 'five-org'));
