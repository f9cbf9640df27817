import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * Gives an allocated slice back to its holder, or into its pledge: when the batch was aborted, or its last day is over and it was not committed and no money was
 * sent for it. It needs no other register of the batch, so that none of them can keep the slice locked. The holder of a pledged slice may send it in place of a silent
 * pledgee.
 */
export const release = command({
  summary: 'gives an allocated slice back to its holder, when the batch was aborted or has expired',
  by: { party: 'sender', duties: ['maker', 'checker'] },
  event: 'tenor.slice.release.v1',
  request: z.strictObject({ sliceId: zId, legId: zId }),
  refuses: ['NOT_ALLOCATED', 'OUTCOME_EXISTS', 'FUNDS_SENT', 'STATE', 'LEG_FOREIGN', 'BATCH_OPEN'],
});
