/** The payer's bank reports that the money arrived. */
import { caseOf } from '../support/stage.js';
import { due, presented, reportInput } from '../support/steps.js';

export const report = caseOf('payment:report', ['bank', 'maker'], async (stage) => {
  const { sliceId } = await due(stage, '1000');
  return reportInput(await presented(stage, 'supplier', [sliceId], '1000'));
});
