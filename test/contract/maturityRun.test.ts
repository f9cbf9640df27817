import { shouldNetAtMaturity } from '../behaviour/maturityNetting.js';
import { shouldRunToMaturity } from '../behaviour/maturityRun.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldRunToMaturity(() => openInProcess('wide'));
shouldNetAtMaturity(() => openInProcess('wide'));
