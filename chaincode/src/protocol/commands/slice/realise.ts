import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * The pledgee takes a pledged slice that was not redeemed until its last day. What it is worth beyond the debt is settled as the pledge agreement says. A
 * pledgee that does nothing for 30 days gives the slice up.
 */
export const realise = command({
  summary: 'takes a pledged slice that was not redeemed in time',
  by: { party: 'pledgee', duties: ['checker'] },
  fourEyes: true,
  event: 'tenor.slice.realise.v1',
  request: z.strictObject({
    sliceId: zId,
    ticketId: zId,
    /** `register` does not write the former holder's copy, so that a silent holder cannot stall this. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  refuses: ['STATE', 'PLEDGE_OPEN'],
});
