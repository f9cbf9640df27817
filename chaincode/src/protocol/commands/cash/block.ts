import { z } from 'zod';
import { zId } from '../../schemas.js';
import { command } from '../definition.js';

/**
 * The payer's bank states that it has blocked the money of a leg until the batch expires, and pays it out when the batch is committed. Two people, because
 * the other side gives something on this word.
 */
export const block = command({
  summary: "states that the payer's bank has blocked the money of a leg until the batch expires",
  by: { party: "payer's bank", duties: ['checker'], commits: true },
  fourEyes: true,
  event: 'tenor.cash.block.v1',
  request: z.strictObject({ legId: zId, ticketId: zId }),
  refuses: ['NOT_ALLOCATED', 'OUTCOME_EXISTS', 'STATE', 'LEG_KIND', 'BATCH_EXPIRED'],
});
