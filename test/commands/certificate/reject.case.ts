/** The bank rejects what was submitted. */
import { caseOf } from '../support/stage.js';
import { submitted } from '../support/steps.js';

export const reject = caseOf('certificate:reject', ['bank', 'maker'], async (stage) => ({
  certificateId: await submitted(stage, '700'),
}));
