import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zId, zIds } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Gives back to the funder's limits what it counted for an accepted quote: the price of slices that are paid, or all of it where nothing can come of the batch any
 * more, because it was aborted, or has expired without an outcome. A slice that the funder has split is paid when all its parts are,
 * and one that was merged as it was presented when the slice is that it became; then all of them are named.
 */
export const release = command({
  summary: "gives back to the funder's limits what is paid, or what came to nothing",
  by: { party: 'funder', duties: ['maker', 'checker'] },
  event: 'tenor.financing.release.v1',
  request: z.strictObject({
    /** The accepted quote. */
    quoteId: zId,
    /** Paid slices of the quote, each named once. Left out where its batch came to nothing. */
    sliceIds: zIds(LIMITS.bulkItems).optional(),
  }),
  refuses: ['FINANCING_MISMATCH', 'STATE', 'OUTCOME_EXISTS', 'BATCH_OPEN'],
});
