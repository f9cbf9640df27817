/** The payee declines what it was offered. */
import { caseOf } from '../support/stage.js';
import { offered } from '../support/steps.js';

export const decline = caseOf('certificate:decline', ['supplier', 'maker'], async (stage) => {
  const { certificateId } = await offered(stage, '700');
  return { certificateId };
});
