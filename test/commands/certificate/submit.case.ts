/** The issuer's checker submits on a line that confirms at once. */
import { caseOf } from '../support/stage.js';
import { drafted, openLine } from '../support/steps.js';

export const submit = caseOf('certificate:submit', ['issuer', 'checker'], async (stage) => ({
  certificateId: await drafted(stage, '900'),
  lineId: await openLine(stage, '5000', true),
}));
