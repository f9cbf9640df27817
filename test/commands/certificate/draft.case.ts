/** The issuer's maker drafts over a claimed invoice. */
import { caseOf } from '../support/stage.js';
import { claim, draftInput } from '../support/steps.js';

export const draft = caseOf('certificate:draft', ['issuer', 'maker'], async (stage) =>
  draftInput(stage, await claim(stage, stage.reference(), '1000'), '1000'),
);
