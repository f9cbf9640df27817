import { z } from 'zod';
import { zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/** The payer's bank says that its payment was rejected, or that the payee acknowledged another one. The presentment is to be paid or acknowledged again. */
export const reopen = command({
  summary: 'after a rejected payment, or a word on the wrong one',
  by: { party: 'bank', duties: ['maker', 'checker'] },
  event: 'tenor.presentment.reopen.v1',
  request: z.strictObject({
    presentmentId: zId,
    /** The payment that the bank reported. */
    uetr: zUetr,
    /** `register` leaves the holder's copy as it is, so that a silent holder cannot stall the bank. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  refuses: ['PAYMENT_MISMATCH', 'PAYMENT_PENDING', 'STATE'],
});
