import { shouldFoundARegistry } from '../behaviour/lifecycleRegistry.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldFoundARegistry(() => openInProcess());
