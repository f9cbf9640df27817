import { fabricDriver } from '@tenor/network';
import { shouldNeedEveryEndorser } from '../behaviour/badInputEndorsers.js';
import { openNetwork } from '../support/engines.js';

shouldNeedEveryEndorser(() => openNetwork(fabricDriver, 'five-org'));
