import { z } from 'zod';
import { zMsp } from '../../schemas.js';
import { command } from '../definition.js';
import { zLegIds, zSheet } from './sheet.js';

/**
 * Aborts a batch in all its registers at once: an agreed one when its last day is over and no money was sent for it; one that is not agreed when a member has
 * declined it.
 */
export const abort = command({
  summary: 'aborts a batch in all its registers at once, when it has expired or a member declined it',
  by: { anyone: 'operator' },
  event: 'tenor.batch.abort.v1',
  request: z.strictObject({
    legIds: zLegIds,
    /** `register` writes no copies for members that register nothing, so that none of them can stall this. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  private: z
    .strictObject({
      sheet: zSheet.optional(),
      /** MSP id of the member that declined, where the batch is not agreed. */
      declinedBy: zMsp.optional(),
    })
    .default({}),
  refuses: [
    'SHEET_MISMATCH',
    'OUTCOME_EXISTS',
    'FUNDS_SENT',
    'NOT_ALLOCATED',
    'CALLER_NOT_ALLOWED',
    'STATE',
    'BATCH_OPEN',
    'QUOTA_REACHED',
  ],
});
