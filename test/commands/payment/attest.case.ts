/** The payee's bank attests the credit. */
import { caseOf } from '../support/stage.js';
import { attestInput, due, presented } from '../support/steps.js';

export const attest = caseOf('payment:attest', ['bank', 'checker'], async (stage) => {
  const { sliceId } = await due(stage, '1000');
  return attestInput(stage, await presented(stage, 'supplier', [sliceId], '1000'));
});
