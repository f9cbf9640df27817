/** The deal and what is beside its straight way, where two organisations host all parties: names, ports and folders of the samples. */
import { describe } from '@jest/globals';
import { fabricDriver } from '@tenor/network';
import { shouldRunADeal } from '../behaviour/deal.js';
import { shouldFollowLifecycles } from '../behaviour/lifecycle.js';
import { shouldWorkInBulk } from '../behaviour/bulk.js';
import { shouldBeIdempotent } from '../behaviour/idempotency.js';
import { openNetwork } from '../support/engines.js';

describe('two organisations, as in the samples', () => {
  shouldRunADeal(() => openNetwork(fabricDriver, 'two-org'));
  shouldFollowLifecycles(() => openNetwork(fabricDriver, 'two-org'));
  shouldWorkInBulk(() => openNetwork(fabricDriver, 'two-org'));
  shouldBeIdempotent(() => openNetwork(fabricDriver, 'two-org'));
});
