import { shouldKeepSecrets } from '../behaviour/canary.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldKeepSecrets(() => openInProcess());
