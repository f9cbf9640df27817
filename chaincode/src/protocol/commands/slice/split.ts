import { z } from 'zod';
import { LIMITS } from '../../limits.js';
import { zAmount, zId, zIds, zList } from '../../schemas.js';
import { command } from '../definition.js';

/** Splits a slice into parts that add up to it. The slice itself stays on the ledger as SPENT. */
export const split = command({
  summary: 'splits a slice into parts that add up to it',
  by: { party: 'holder', duties: ['maker', 'checker'] },
  event: 'tenor.slice.split.v1',
  request: z.strictObject({ sliceId: zId, partIds: zIds(LIMITS.splitParts) }),
  private: z.strictObject({ amounts: zList(zAmount, LIMITS.splitParts) }),
  refuses: ['ID_FOREIGN', 'ID_TAKEN', 'STATE', 'DUE_REACHED', 'CHILDREN_EXCEEDED', 'SUM_MISMATCH'],
});
