import { shouldNeedEveryEndorser } from '../behaviour/badInputEndorsers.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldNeedEveryEndorser(() => openInProcess());
