import { shouldKnowWhoMay } from '../behaviour/authority.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldKnowWhoMay(() => openInProcess());
