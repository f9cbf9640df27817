/** The contractor takes the slice over. */
import { caseOf } from '../support/stage.js';
import { issued, offerSlice } from '../support/steps.js';

export const accept = caseOf('slice:accept', ['contractor', 'maker'], async (stage) => {
  const { sliceId } = await issued(stage, '1000');
  return offerSlice(stage, sliceId);
});
