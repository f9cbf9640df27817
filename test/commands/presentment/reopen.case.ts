/** The bank's payment was rejected after the payee had acknowledged it. */
import { reopenInput, reportInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const reopen = caseOf('presentment:reopen', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank', 'supplier'],
  writes: ['remittance', 'slice', 'ticket'],
  event: ['tenor.presentment.reopen.v1', 'presentmentId ticketId uetr'],
  request: { presentmentId: 'id', uetr: 'uetr?', ticketId: 'id', books: 'word?' },
  besides: { books: 'register' },
  // Where the bank hides the payee's word, the slices say that it was given.
  unopened: { acknowledgement: 'taken' },
  again: 'OPENING_MISMATCH',
  due: true,
  reach: async (stage, stock) => {
    const payment = await stock.take('acknowledged');
    await stage.act('bank', 'checker', 'payment:report', reportInput(payment, 'RJCT'));
    return { input: reopenInput(stage, payment) };
  },
});
