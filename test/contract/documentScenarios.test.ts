import { shouldClaimAsPeopleType } from '../behaviour/documentScenarios.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldClaimAsPeopleType(() => openInProcess());
