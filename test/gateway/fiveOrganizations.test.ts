/** Where nothing but the engine's own process and gRPC are new: a few creators by chance show that their bytes get through as they are. */
import { devnetDriver } from '@tenor/network';
import { shouldWorkOnFiveOrganizations } from '../behaviour/overTheWire.js';
import { shareNetwork } from '../support/engines.js';

shouldWorkOnFiveOrganizations(shareNetwork(devnetDriver, 'five-org'), 200);
