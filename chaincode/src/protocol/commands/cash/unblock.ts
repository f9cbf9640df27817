import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/** The payer's bank gives blocked money free: when the batch was aborted, or its last day is over and it was not committed. */
export const unblock = command({
  summary: 'gives blocked money free, when the batch was aborted or has expired',
  by: { party: "payer's bank", duties: ['maker', 'checker'] },
  event: 'tenor.cash.unblock.v1',
  request: z.strictObject({ legId: zId }),
  refuses: ['NOT_PROVEN', 'OUTCOME_EXISTS', 'LEG_KIND', 'BATCH_OPEN'],
});
