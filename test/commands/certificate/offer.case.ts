/** The bank offers what it confirmed. */
import { caseOf } from '../support/stage.js';
import { confirmed, offerEndOf } from '../support/steps.js';

export const offer = caseOf('certificate:offer', ['bank', 'maker'], async (stage) => {
  const { certificateId } = await confirmed(stage, '700');
  return { certificateId, expiresOn: offerEndOf(stage) };
});
