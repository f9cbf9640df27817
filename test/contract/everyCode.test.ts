import { shouldTellEveryCode } from '../behaviour/everyCode.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldTellEveryCode(() => openInProcess());
