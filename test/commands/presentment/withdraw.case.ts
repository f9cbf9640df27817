/** The holder takes back what it presented by mistake. */
import { caseOf } from '../support/stage.js';
import { due, presented } from '../support/steps.js';

export const withdraw = caseOf('presentment:withdraw', ['supplier', 'checker'], async (stage) => {
  const { sliceId } = await due(stage, '1000');
  const { presentmentId } = await presented(stage, 'supplier', [sliceId], '1000');
  return { presentmentId };
});
