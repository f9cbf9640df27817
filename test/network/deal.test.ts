import { describe } from '@jest/globals';
import { fabricDriver } from '@tenor/network';
import { shouldRunADeal } from '../behaviour/deal.js';
import { openNetwork } from '../support/engines.js';

describe('five organisations', () => {
  shouldRunADeal(() => openNetwork(fabricDriver, 'five-org'));
});

describe('two organisations, as in the samples', () => {
  shouldRunADeal(() => openNetwork(fabricDriver, 'two-org'));
});
