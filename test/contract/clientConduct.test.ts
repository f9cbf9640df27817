import { shouldConductItself } from '../behaviour/clientConduct.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldConductItself(() => openInProcess());
