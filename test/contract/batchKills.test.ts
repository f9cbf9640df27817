import { shouldSurviveStoppedPeers } from '../behaviour/batchKills.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldSurviveStoppedPeers(() => openInProcess('wide'));
