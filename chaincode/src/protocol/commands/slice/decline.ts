import { z } from 'zod';
import { zId, zReference } from '../../schemas.js';
import { command } from '../definition.js';

/** Gives an offered slice back before the offer lapses. */
export const decline = command({
  summary: 'gives an offered slice back',
  by: { party: 'transferee', duties: ['maker', 'checker'] },
  event: 'tenor.slice.decline.v1',
  request: z.strictObject({
    sliceId: zId,
    transferId: zReference,
    /** `register` does not write the holder's copy, so that a silent holder cannot stall this. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  refuses: ['STATE', 'OFFER_LAPSED'],
});
