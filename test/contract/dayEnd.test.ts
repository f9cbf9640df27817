import { shouldEndTheDay } from '../behaviour/dayEnd.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldEndTheDay(() => openInProcess());
