import { devnetDriver } from '@tenor/network';
import { shouldWorkOnTheSamples } from '../behaviour/overTheWire.js';
import { shareNetwork } from '../support/engines.js';

shouldWorkOnTheSamples(shareNetwork(devnetDriver, 'two-org'));
