import { z } from 'zod';
import { command } from '../definition.js';
import { zLegIds, zMaybeSheet } from './sheet.js';

/**
 * Commits a batch in all its registers at once. Every asset leg is still allocated, and the money of every other leg is credited or blocked. A batch with
 * legs CREDIT was agreed before; any other is committed from its sheet.
 */
export const commit = command({
  summary: 'commits a batch in all its registers at once',
  by: { anyone: 'operator' },
  event: 'tenor.batch.commit.v1',
  request: z.strictObject({
    legIds: zLegIds,
    /** `register` writes no copies for members that register nothing, so that none of them can stall this. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  private: zMaybeSheet,
  refuses: [
    'SHEET_MISMATCH',
    'OUTCOME_EXISTS',
    'NOT_ALLOCATED',
    'NOT_APPROVED',
    'NOT_PROVEN',
    'CALLER_NOT_ALLOWED',
    'STATE',
    'BATCH_EXPIRED',
    'QUOTA_REACHED',
  ],
});
