/** The holder presents its slice when it is due. */
import { paymentOf, presentInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const present = caseOf('slice:present', {
  by: ['supplier', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'ID_FOREIGN',
  books: ['bank', 'supplier'],
  writes: ['presentment', 'slice', 'ticket'],
  event: ['tenor.slice.present.v1', 'presentmentId sliceIds ticketId'],
  request: { presentmentId: 'id', sliceIds: 'ids', ticketId: 'id' },
  secret: { account: 'account', payeeBank: 'party', endToEndId: 'endToEndId?' },
  besides: { endToEndId: 'RT-2027/0042' },
  again: 'ID_TAKEN',
  due: true,
  reach: async (stage, stock) => {
    const slice = await stock.due();
    const input = presentInput(stage, 'supplier', [slice.sliceId]);
    return { input, leaves: { presented: [{ ...slice, ...paymentOf(input, slice.amount) }] } };
  },
});
