import { z } from 'zod';
import { zId, zUetr } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * The payer's bank states that its payment was rejected, or that the payee acknowledged another one. The presentment can then be
 * paid or acknowledged again, or withdrawn. It takes two people, because after a rejection that was none the same slices could be paid twice.
 */
export const reopen = command({
  summary: 'reopens a presentment whose payment was rejected, or whose payee acknowledged the wrong payment',
  by: { party: 'bank', duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.presentment.reopen.v1',
  request: z.strictObject({
    presentmentId: zId,
    /** The payment that the bank reported. Left out where it has no UETR. */
    uetr: zUetr.optional(),
    ticketId: zId,
    /** `register` does not write the holder's copy, so that a silent holder cannot stall the bank. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  refuses: ['PAYMENT_MISMATCH', 'PAYMENT_PENDING', 'STATE'],
});
