import { devnetDriver } from '@tenor/network';
import { shouldWithstandAttacks } from '../behaviour/attacks.js';
import { openNetwork } from '../support/engines.js';

shouldWithstandAttacks(() => openNetwork(devnetDriver, 'five-org'));
