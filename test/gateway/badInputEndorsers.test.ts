import { devnetDriver } from '@tenor/network';
import { shouldNeedEveryEndorser } from '../behaviour/badInputEndorsers.js';
import { openNetwork } from '../support/engines.js';

shouldNeedEveryEndorser(() => openNetwork(devnetDriver, 'five-org'));
