import { fabricDriver } from '@tenor/network';
import { shouldWithstandAttacks } from '../behaviour/attacks.js';
import { openNetwork } from '../support/engines.js';

shouldWithstandAttacks(() => openNetwork(fabricDriver, 'five-org'));
