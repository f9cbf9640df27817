import { shouldSurviveRestarts } from '../behaviour/batchRestarts.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldSurviveRestarts(() => openInProcess('wide'));
