import { shouldAnswerQueries } from '../behaviour/queries.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldAnswerQueries(() => openInProcess());
