import { shouldOutliveDepartures } from '../behaviour/departures.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldOutliveDepartures(() => openInProcess());
