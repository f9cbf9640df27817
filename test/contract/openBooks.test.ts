import { shouldRefuseOpenBooks } from '../behaviour/openBooks.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldRefuseOpenBooks(() => openInProcess('three-org', undefined, [], 'open'));
