import { shouldTakeEveryCommand } from '../behaviour/everyCommand.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldTakeEveryCommand(() => openInProcess());
