/** The payee accepts what it was offered. */
import { caseOf } from '../support/stage.js';
import { offered } from '../support/steps.js';

export const accept = caseOf('certificate:accept', ['supplier', 'checker'], async (stage) => {
  const { certificateId } = await offered(stage, '1000');
  return { items: [{ certificateId, sliceId: stage.id('bank', 'supplier') }] };
});
