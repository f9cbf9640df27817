import { devnetDriver } from '@tenor/network';
import { shouldWorkOnFiveOrganizations } from '../behaviour/overTheWire.js';
import { shareNetwork } from '../support/engines.js';

shouldWorkOnFiveOrganizations(shareNetwork(devnetDriver, 'five-org'));
