/** The holder splits its slice in two. */
import { caseOf } from '../support/stage.js';
import { issued } from '../support/steps.js';

export const split = caseOf('slice:split', ['supplier', 'maker'], async (stage) => {
  const { sliceId } = await issued(stage, '1000');
  const partIds = [stage.id('bank', 'supplier'), stage.id('bank', 'supplier')];
  return { sliceId, partIds, amounts: ['400', '600'] };
});
