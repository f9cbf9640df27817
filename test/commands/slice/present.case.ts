/** The holder presents its slice when it is due. */
import { caseOf, LEI } from '../support/stage.js';
import { due } from '../support/steps.js';

export const present = caseOf('slice:present', ['supplier', 'checker'], async (stage) => {
  const { sliceId } = await due(stage, '1000');
  const account = { account: 'AU-063000-12345678', payeeBank: LEI.bank };
  return { presentmentId: stage.id('supplier'), sliceIds: [sliceId], ...account };
});
