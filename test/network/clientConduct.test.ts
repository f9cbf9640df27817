import { fabricDriver } from '@tenor/network';
import { shouldConductItself } from '../behaviour/clientConduct.js';
import { openNetwork } from '../support/engines.js';

shouldConductItself(() => openNetwork(fabricDriver, 'five-org'));
