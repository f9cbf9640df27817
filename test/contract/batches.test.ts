import { shouldSettleBatches } from '../behaviour/batches.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldSettleBatches(() => openInProcess('wide'));
