import { z } from 'zod';
import { paidFields, paysOne, zAmount, zCurrency, zDate, zHash, zId, zText, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

// `return` is a word of the language, so that it can be the name of an export and not of a constant.
const returned = command({
  summary: 'records that the payment was sent back, as a pacs.004 says',
  by: { party: "payee's bank", duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.payment.return.v1',
  request: z
    .strictObject({
      uetr: zUetr.optional(),
      ...paidFields,
      ticketId: zId,
      /** `register` writes no copies for the holder and the payer's bank, so that neither can stall this. Default `all`. */
      books: z.enum(['all', 'register']).optional(),
    })
    .refine(paysOne, { error: 'REQUEST_MALFORMED' }),
  private: z.strictObject({
    currency: zCurrency,
    amount: zAmount,
    returnedOn: zDate,
    reason: zText.optional(),
    messageHash: zHash,
  }),
  refuses: ['LEG_KIND', 'RETURN_EXISTS', 'REFERENCE_MISSING', 'PAYMENT_MISMATCH', 'VALUE_DATE', 'QUOTA_REACHED'],
});
export {
  /**
   * Records in the book of the payee's bank that it sent a payment back, or a part of it, as a pacs.004 says. Before the discharge, its attestation
   * then proves nothing any more, and the payee's word counts only where it is given in spite of the return. After the discharge, it is recorded and shown.
   */
  returned as return,
};
