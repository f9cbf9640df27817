import { z } from 'zod';
import { command } from '../definition.js';
import { zLegIds, zSheet } from './sheet.js';

/**
 * Records in all registers of a batch that every leg is allocated, every member has approved, and everything that is to be blocked is blocked. From then on money can be sent for its legs CREDIT. A batch
 * without such legs can be committed at once.
 */
export const agree = command({
  summary: 'records in all registers that everything is allocated and approved, so that money can be sent',
  by: { anyone: 'operator' },
  event: 'tenor.batch.agree.v1',
  request: z.strictObject({
    legIds: zLegIds,
    /** `register` writes no copies for members that register nothing, so that none of them can stall this. Default `all`. */
    books: z.enum(['all', 'register']).optional(),
  }),
  private: z.strictObject({ sheet: zSheet }),
  refuses: [
    'SHEET_MISMATCH',
    'OUTCOME_EXISTS',
    'NOT_ALLOCATED',
    'NOT_APPROVED',
    'NOT_PROVEN',
    'CALLER_NOT_ALLOWED',
    'BATCH_EXPIRED',
    'QUOTA_REACHED',
  ],
});
