import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Takes a presentment back before anything was reported or attested of its payment. Its slices are free again. */
export const withdraw = command({
  summary: 'takes a presentment back before anything was paid',
  by: { party: 'holder', duties: ['maker', 'checker'] },
  event: 'tenor.presentment.withdraw.v1',
  request: z.strictObject({
    presentmentId: zId,
    /** `register` leaves the copy of the payee's bank as it is, so that its silence cannot stall the holder. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  refuses: ['PAYMENT_PENDING', 'STATE'],
});
