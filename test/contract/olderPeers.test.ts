/** Peers of different releases endorse the same bytes, though some take their chaincode's reads and writes in batches and some one by one. */
import { describe } from '@jest/globals';
import { shouldRunADeal } from '../behaviour/deal.js';
import { openInProcess } from '../support/inProcessLedger.js';

describe('a supplier whose peer takes no batches, among peers that do', () => {
  shouldRunADeal(() => openInProcess('five-org', undefined, ['supplier']));
});
