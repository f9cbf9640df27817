import { devnetDriver } from '@tenor/network';
import { shouldRefuseBadInput } from '../behaviour/badInput.js';
import { openNetwork } from '../support/engines.js';

shouldRefuseBadInput(() => openNetwork(devnetDriver, 'five-org'));
