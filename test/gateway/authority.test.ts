import { devnetDriver } from '@tenor/network';
import { shouldKeepAuthority } from '../behaviour/authority.js';
import { openNetwork } from '../support/engines.js';

shouldKeepAuthority(() => openNetwork(devnetDriver, 'five-org'));
