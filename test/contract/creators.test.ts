import { shouldKnowItsCallers } from '../behaviour/creators.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldKnowItsCallers(() => openInProcess('three-org'), 3000);
