import { devnetDriver } from '@tenor/network';
import { shouldBeIdempotent } from '../behaviour/idempotency.js';
import { openNetwork } from '../support/engines.js';

shouldBeIdempotent(() => openNetwork(devnetDriver, 'five-org'));
