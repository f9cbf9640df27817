import { shouldBeIdempotent } from '../behaviour/idempotency.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldBeIdempotent(() => openInProcess());
