/** The bank presents a slice by the mandate of its holder. */
import { mandatedInput, paymentOf } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const presentUnderMandate = caseOf('slice:presentUnderMandate', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'supplier'],
  writes: ['presentment', 'slice'],
  event: ['tenor.slice.presentUnderMandate.v1', 'mandateId mergedIds presentmentId sliceIds'],
  request: { presentmentId: 'id', mandateId: 'id', sliceIds: 'manyIds', mergedIds: 'ids?' },
  again: 'ID_TAKEN',
  due: true,
  reach: async (stage, stock) => {
    const { mandateId } = await stock.take('mandate');
    const slice = await stock.due();
    const sliceId = stage.id('bank', 'bank');
    const input = mandatedInput(stage, 'supplier', mandateId, [slice.sliceId], [sliceId]);
    return {
      input,
      leaves: { presented: [{ ...slice, sliceId, ...paymentOf(input, slice.amount) }], mandate: [{ mandateId }] },
    };
  },
});
