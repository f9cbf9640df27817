import { z } from 'zod';
import { paidFields, paysOne, zAccount, zAmount, zCurrency, zDate, zHash, zId, zText, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Records in the book of the payee's bank that the creditor's account was credited, as a camt.054 says. One entry on the account proves one
 * payment at that bank.
 */
export const attest = command({
  summary: 'states that a camt.054 books the credit',
  by: { party: "payee's bank", duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.payment.attest.v1',
  request: z
    .strictObject({
      uetr: zUetr.optional(),
      ...paidFields,
      ticketId: zId,
    })
    .refine(paysOne, { error: 'REQUEST_MALFORMED' }),
  private: z.strictObject({
    currency: zCurrency,
    amount: zAmount,
    valueDate: zDate,
    account: zAccount,
    /** The bank's own reference of the entry, as `creditFor` of the client takes it from the message. */
    creditReference: zText,
    messageHash: zHash,
  }),
  refuses: [
    'LEG_KIND',
    'UETR_USED',
    'PAYMENT_RETURNED',
    'CREDIT_USED',
    'REFERENCE_USED',
    'REFERENCE_MISSING',
    'ACCOUNT_MISMATCH',
    'STATE',
    'PAYMENT_MISMATCH',
    'OVERPAID',
    'PAYMENTS_EXCEEDED',
    'VALUE_DATE',
    'QUOTA_REACHED',
  ],
});
