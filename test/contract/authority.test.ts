import { shouldKeepAuthority } from '../behaviour/authority.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldKeepAuthority(() => openInProcess());
