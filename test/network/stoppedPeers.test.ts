import { fabricDriver } from '@tenor/network';
import { shouldGoOnWithoutTheLoser } from '../behaviour/stoppedPeers.js';
import { openNetwork } from '../support/engines.js';

shouldGoOnWithoutTheLoser(() => openNetwork(fabricDriver, 'five-org'));
