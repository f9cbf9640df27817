import { devnetDriver } from '@tenor/network';
import { shouldWorkOverGrpc } from '../behaviour/overTheWire.js';
import { shareNetwork } from '../support/engines.js';

shouldWorkOverGrpc(shareNetwork(devnetDriver, 'five-org'));
