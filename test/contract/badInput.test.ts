import { shouldRefuseBadInput } from '../behaviour/badInput.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldRefuseBadInput(() => openInProcess());
