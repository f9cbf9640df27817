/** The bank's payment was rejected after the payee had acknowledged it. */
import { caseOf } from '../support/stage.js';
import { due, presented, reportInput } from '../support/steps.js';

export const reopen = caseOf('presentment:reopen', ['bank', 'maker'], async (stage) => {
  const { sliceId } = await due(stage, '1000');
  const payment = await presented(stage, 'supplier', [sliceId], '1000');
  const { presentmentId, uetr } = payment;
  await stage.act('supplier', 'checker', 'presentment:acknowledge', { presentmentId, uetr });
  await stage.act('bank', 'checker', 'payment:report', { ...reportInput(payment), status: 'RJCT' });
  return { presentmentId, uetr };
});
