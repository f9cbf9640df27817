import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** Takes a presentment back before a payment of it was reported or attested. Its slices are then free again. */
export const withdraw = command({
  summary: 'takes a presentment back before a payment was reported or attested',
  by: { party: 'holder', duties: ['maker', 'checker'] },
  event: 'tenor.presentment.withdraw.v1',
  request: z.strictObject({
    presentmentId: zId,
    /** `register` does not write the copy of the payee's bank, so that a silent bank cannot stall the holder. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  refuses: ['PAYMENT_PENDING', 'STATE'],
});
