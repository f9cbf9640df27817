import { fabricDriver } from '@tenor/network';
import { shouldWorkOnFiveOrganizations } from '../behaviour/overTheWire.js';
import { shareNetwork } from '../support/engines.js';

shouldWorkOnFiveOrganizations(shareNetwork(fabricDriver, 'five-org'), 1000);
