/** Also where the peers that lose their ledgers read one by one: such a peer says of a value that it lost what it never says of several. */
import { describe } from '@jest/globals';
import { shouldRecoverALostLedger } from '../behaviour/lostLedger.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldRecoverALostLedger(() => openInProcess());

describe('where peers take no batches', () => {
  shouldRecoverALostLedger(() => openInProcess('five-org', undefined, ['supplier', 'bank']));
});
