import { shouldGoOnWithoutTheLoser } from '../behaviour/stoppedPeers.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldGoOnWithoutTheLoser(() => openInProcess());
