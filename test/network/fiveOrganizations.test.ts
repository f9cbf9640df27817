import { fabricDriver } from '@tenor/network';
import { shouldWorkOnFabric } from '../behaviour/overTheWire.js';
import { shareNetwork } from '../support/engines.js';

shouldWorkOnFabric(shareNetwork(fabricDriver, 'five-org'));
