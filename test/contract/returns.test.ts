import { shouldReinstateWhatCameBack } from '../behaviour/returns.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldReinstateWhatCameBack(() => openInProcess());
