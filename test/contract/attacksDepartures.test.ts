import { shouldKeepWhatTheAbsentHold } from '../behaviour/attacksDepartures.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldKeepWhatTheAbsentHold(() => openInProcess());
