/** The bank discharges what is proven to be paid. */
import { caseOf } from '../support/stage.js';
import { due, presented, proven } from '../support/steps.js';

export const discharge = caseOf('presentment:discharge', ['bank', 'maker'], async (stage) => {
  const { sliceId } = await due(stage, '1000');
  const payment = await presented(stage, 'supplier', [sliceId], '1000');
  await proven(stage, 'supplier', payment);
  return { presentmentId: payment.presentmentId, uetr: payment.uetr };
});
