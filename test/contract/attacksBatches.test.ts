import { shouldSettleBatchesUnderAttack } from '../behaviour/attacksBatches.js';
import { shouldReleaseWithoutBanksThatLeft } from '../behaviour/attacksBatchesDepartures.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldSettleBatchesUnderAttack(() => openInProcess('wide'));
shouldReleaseWithoutBanksThatLeft(() => openInProcess('wide'));
