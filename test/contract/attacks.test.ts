import { shouldWithstandAttacks } from '../behaviour/attacks.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldWithstandAttacks(() => openInProcess());
