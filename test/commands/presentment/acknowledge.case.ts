/** The payee says that it has the money. */
import { caseOf } from '../support/stage.js';
import { due, presented } from '../support/steps.js';

export const acknowledge = caseOf('presentment:acknowledge', ['supplier', 'checker'], async (stage) => {
  const { sliceId } = await due(stage, '1000');
  const { presentmentId, uetr } = await presented(stage, 'supplier', [sliceId], '1000');
  return { presentmentId, uetr };
});
