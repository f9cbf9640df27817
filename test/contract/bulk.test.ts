import { shouldWorkInBulk } from '../behaviour/bulk.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldWorkInBulk(() => openInProcess());
