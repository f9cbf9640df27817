/** The contractor gives the slice back. */
import { caseOf } from '../support/stage.js';
import { issued, offerSlice } from '../support/steps.js';

export const decline = caseOf('slice:decline', ['contractor', 'maker'], async (stage) => {
  const { sliceId } = await issued(stage, '1000');
  return offerSlice(stage, sliceId);
});
