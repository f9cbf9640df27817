import { devnetDriver } from '@tenor/network';
import { shouldRefuseOpenBooks } from '../behaviour/openBooks.js';
import { shareNetwork } from '../support/engines.js';

shouldRefuseOpenBooks(shareNetwork(devnetDriver, 'three-org', 'open'));
