import { fabricDriver } from '@tenor/network';
import { shouldRunADeal } from '../behaviour/deal.js';
import { openNetwork } from '../support/engines.js';

shouldRunADeal(() => openNetwork(fabricDriver, 'five-org'));
