import { shouldTellEvents } from '../behaviour/events.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldTellEvents(() => openInProcess());
