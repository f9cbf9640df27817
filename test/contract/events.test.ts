import { shouldTellWhatHappened } from '../behaviour/events.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldTellWhatHappened(() => openInProcess());
