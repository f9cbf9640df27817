/** The deal and what is beside its straight way, where two organisations host all parties: names, ports and folders of the samples. */
import { describe } from '@jest/globals';
import { shouldRunADeal } from '../behaviour/deal.js';
import { shouldFollowLifecycles } from '../behaviour/lifecycle.js';
import { shouldWorkInBulk } from '../behaviour/bulk.js';
import { shouldBeIdempotent } from '../behaviour/idempotency.js';
import { openInProcess } from '../support/inProcessLedger.js';

describe('two organisations, as in the samples', () => {
  shouldRunADeal(() => openInProcess('two-org'));
  shouldFollowLifecycles(() => openInProcess('two-org'));
  shouldWorkInBulk(() => openInProcess('two-org'));
  shouldBeIdempotent(() => openInProcess('two-org'));
});
