import { shouldWithstandForgeries } from '../behaviour/attacksGenerated.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldWithstandForgeries(() => openInProcess());
