import { shouldLeaveNobodyStuck } from '../behaviour/nobodyStuck.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldLeaveNobodyStuck(() => openInProcess());
