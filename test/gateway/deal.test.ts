import { devnetDriver } from '@tenor/network';
import { shouldRunADeal } from '../behaviour/deal.js';
import { openNetwork } from '../support/engines.js';

shouldRunADeal(() => openNetwork(devnetDriver, 'five-org'));
