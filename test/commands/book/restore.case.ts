/** The supplier takes back its copy of a slice that the contractor holds by now. */
import { caseOf, mspOf } from '../support/stage.js';
import { issued, offerSlice } from '../support/steps.js';

export const restore = caseOf('book:restore', ['supplier', 'maker'], async (stage) => {
  const { sliceId: id } = await issued(stage, '1000');
  await stage.act('contractor', 'maker', 'slice:accept', await offerSlice(stage, id));
  const record = await stage.bytesOf('bank', `own/slice/${id}`);
  return { kind: 'slice' as const, id, register: mspOf('bank'), record };
});
