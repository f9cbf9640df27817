import { devnetDriver } from '@tenor/network';
import { shouldRefuseOpenBooks } from '../behaviour/openBooks.js';
import { openNetwork } from '../support/engines.js';

shouldRefuseOpenBooks(() => openNetwork(devnetDriver, 'three-org', 'open'));
