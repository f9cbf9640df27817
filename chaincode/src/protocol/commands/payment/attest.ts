import { z } from 'zod';
import { zAccount, zAmount, zCurrency, zDate, zHash, zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/** Records in the book of the payee's bank that the creditor's account was credited, as a camt.054 says. */
export const attest = command({
  summary: 'states that a camt.054 books the credit',
  by: { party: "payee's bank", duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.payment.attest.v1',
  request: z.strictObject({ uetr: zUetr, presentmentId: zId, ticketId: zId }),
  private: z.strictObject({
    currency: zCurrency,
    amount: zAmount,
    valueDate: zDate,
    account: zAccount,
    messageHash: zHash,
  }),
  refuses: ['UETR_USED', 'ACCOUNT_MISMATCH', 'STATE', 'PAYMENT_MISMATCH', 'VALUE_DATE'],
});
