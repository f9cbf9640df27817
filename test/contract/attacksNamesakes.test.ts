import { shouldTellNamesakesApart } from '../behaviour/attacksNamesakes.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldTellNamesakesApart(() => openInProcess('five-org', undefined, [], 'closed', 'Acme'));
