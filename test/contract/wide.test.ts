import { shouldPayAcrossBanks } from '../behaviour/wide.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldPayAcrossBanks(() => openInProcess('wide'));
