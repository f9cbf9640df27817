import { fabricDriver } from '@tenor/network';
import { shouldKeepSecrets } from '../behaviour/canary.js';
import { openNetwork } from '../support/engines.js';

shouldKeepSecrets(() => openNetwork(fabricDriver, 'five-org'));
