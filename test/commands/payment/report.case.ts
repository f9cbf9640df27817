/** The payer's bank reports that the money arrived. */
import { reportInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';
import { MONEY, PAYS_ONE } from '../support/fields.js';

export const report = caseOf('payment:report', {
  by: ['bank', 'maker'],
  for: ['maker', 'checker'],
  elsewhere: 'CALLER_NOT_ALLOWED',
  books: ['bank'],
  writes: ['payment', 'remittance'],
  event: ['tenor.payment.report.v1', 'presentmentId uetr'],
  request: { uetr: 'uetr?', presentmentId: 'id?', legId: 'id?' },
  secret: { ...MONEY, status: 'word', messageHash: 'hash' },
  spoils: PAYS_ONE,
  unopened: { payment: 'UETR_USED' },
  again: 'UETR_USED',
  due: true,
  reach: async (_stage, stock) => {
    const payment = await stock.take('presented');
    return { input: reportInput(payment), leaves: { presented: [payment] } };
  },
});
