import { shouldSurviveKilledClients } from '../behaviour/batchClientKills.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldSurviveKilledClients(() => openInProcess('wide'));
