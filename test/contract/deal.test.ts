import { describe } from '@jest/globals';
import { shouldRunADeal } from '../behaviour/deal.js';
import { openInProcess } from '../support/inProcessLedger.js';

describe('five organisations', () => {
  shouldRunADeal(() => openInProcess());
});

describe('two organisations, as in the samples', () => {
  shouldRunADeal(() => openInProcess('two-org'));
});
