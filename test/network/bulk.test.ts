import { fabricDriver } from '@tenor/network';
import { shouldWorkInBulk } from '../behaviour/bulk.js';
import { openNetwork } from '../support/engines.js';

shouldWorkInBulk(() => openNetwork(fabricDriver, 'five-org'));
