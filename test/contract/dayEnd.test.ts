import { shouldEndTheDay } from '../behaviour/dayEnd.js';
import { shouldEndTheDayOfBatches } from '../behaviour/dayEndBatches.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldEndTheDay(() => openInProcess());
shouldEndTheDayOfBatches(() => openInProcess('wide'));
