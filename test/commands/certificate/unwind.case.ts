/** The bank gives line and documents back for what was declined. */
import { caseOf } from '../support/stage.js';
import { offered } from '../support/steps.js';

export const unwind = caseOf('certificate:unwind', ['bank', 'maker'], async (stage) => {
  const { certificateId } = await offered(stage, '700');
  await stage.act('supplier', 'maker', 'certificate:decline', { certificateId });
  return { certificateId };
});
