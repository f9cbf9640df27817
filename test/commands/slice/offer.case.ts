/** The holder offers its slice to a contractor. */
import { caseOf } from '../support/stage.js';
import { issued, transferInput } from '../support/steps.js';

export const offer = caseOf('slice:offer', ['supplier', 'checker'], async (stage) => {
  const { sliceId } = await issued(stage, '1000');
  return transferInput(stage, sliceId);
});
