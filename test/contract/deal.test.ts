import { shouldRunADeal } from '../behaviour/deal.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldRunADeal(() => openInProcess());
