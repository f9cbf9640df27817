import { shouldPresentByMandate } from '../behaviour/mandates.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldPresentByMandate(() => openInProcess('wide'));
