/** The bank counts a paid slice against the face. */
import { caseOf } from '../support/stage.js';
import { due, pay } from '../support/steps.js';

export const redeem = caseOf('certificate:redeem', ['bank', 'checker'], async (stage) => {
  const { certificateId, sliceId } = await due(stage, '1000');
  await pay(stage, 'supplier', [sliceId], '1000');
  return { certificateId, sliceIds: [sliceId] };
});
