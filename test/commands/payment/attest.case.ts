/** The payee's bank attests the credit. */
import { attestInput } from '../../deal/inputs.js';
import { caseOf } from '../support/case.js';
import { MONEY, PAYS_ONE } from '../support/fields.js';

export const attest = caseOf('payment:attest', {
  by: ['bank', 'checker'],
  for: ['checker'],
  fourEyes: 'ticket',
  elsewhere: 'OPENING_MISMATCH',
  books: ['bank'],
  writes: ['attestation', 'credit', 'creditSecret', 'receipt', 'ticket'],
  event: ['tenor.payment.attest.v1', 'presentmentId ticketId uetr'],
  request: { uetr: 'uetr?', presentmentId: 'id?', legId: 'id?', ticketId: 'id' },
  secret: { ...MONEY, valueDate: 'date', account: 'account', creditReference: 'text', messageHash: 'hash' },
  spoils: PAYS_ONE,
  again: 'UETR_USED',
  due: true,
  reach: async (stage, stock) => ({ input: attestInput(stage, await stock.take('presented')) }),
});
