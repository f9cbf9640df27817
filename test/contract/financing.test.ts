import { shouldFinance } from '../behaviour/financing.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldFinance(() => openInProcess());
