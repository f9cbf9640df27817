/** The payee's bank sent back what had paid a slice: the holder is owed it again. */
import { reinstateInput, returnInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const reinstate = caseOf('slice:reinstate', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'supplier'],
  writes: ['slice', 'ticket'],
  event: ['tenor.slice.reinstate.v1', 'presentmentId ticketId uetr'],
  request: { presentmentId: 'id', uetr: 'uetr?', ticketId: 'id', books: 'word?' },
  besides: { books: 'register' },
  again: 'OPENING_MISMATCH',
  due: true,
  reach: async (stage, stock) => {
    const payment = await stock.proven();
    const { presentmentId, uetr } = payment;
    await stage.act('bank', 'checker', 'presentment:discharge', { presentmentId, uetr });
    const returned = returnInput(stage, payment);
    await stage.prepare('bank', 'payment:return', returned);
    await stage.act('bank', 'checker', 'payment:return', returned);
    return { input: reinstateInput(stage, payment) };
  },
});
