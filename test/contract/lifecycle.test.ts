import { shouldFollowLifecycles } from '../behaviour/lifecycle.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldFollowLifecycles(() => openInProcess());
