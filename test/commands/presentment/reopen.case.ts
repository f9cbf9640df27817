/** The bank's payment was rejected after the payee had acknowledged it. */
import { reportInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';

export const reopen = caseOf('presentment:reopen', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank', 'supplier'],
  writes: ['remittance', 'slice'],
  event: ['tenor.presentment.reopen.v1', 'presentmentId uetr'],
  request: { presentmentId: 'id', uetr: 'uetr?', books: 'word?' },
  besides: { books: 'register' },
  // Where the bank hides the payee's word, the slices say that it was given.
  unopened: { acknowledgement: 'taken' },
  again: 'OPENING_MISMATCH',
  due: true,
  reach: async (stage, stock) => {
    const payment = await stock.take('acknowledged');
    const { presentmentId, uetr } = payment;
    await stage.act('bank', 'checker', 'payment:report', reportInput(payment, 'RJCT'));
    return { input: { presentmentId, uetr } };
  },
});
