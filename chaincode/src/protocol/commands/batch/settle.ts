import { z } from 'zod';
import { command } from '../definition.js';
import { zLegIds } from './sheet.js';

/**
 * Commits a batch and hands over its slices in one transaction. Only where all its legs have one audience: whoever endorses it may see every leg. A batch of
 * several audiences is committed by `batch:commit` and completed leg by leg.
 */
export const settle = command({
  summary: 'commits a batch and hands over its slices at once, where all its legs have one audience',
  by: { anyone: 'operator' },
  event: 'tenor.batch.settle.v1',
  request: z.strictObject({ legIds: zLegIds }),
  refuses: [
    'SHEET_MISMATCH',
    'OUTCOME_EXISTS',
    'NOT_ALLOCATED',
    'NOT_APPROVED',
    'NOT_PROVEN',
    'CALLER_NOT_ALLOWED',
    'STATE',
    'BATCH_EXPIRED',
    'AUDIENCE_MIXED',
    'LEG_FOREIGN',
  ],
});
