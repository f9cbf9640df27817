import { shouldSettleBatchesUnderAttack } from '../behaviour/attacksBatches.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldSettleBatchesUnderAttack(() => openInProcess('wide'));
