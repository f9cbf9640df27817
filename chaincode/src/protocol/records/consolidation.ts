import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zHash, zId, zIds, zList, zMsp, zParty } from '../schemas.js';
import { salt, schema } from './building.js';

/**
 * Which slices of a certificate that one holder had became parts of others when they were presented. Their own records still say FREE, and they count no more.
 */
export const zConsolidation = z.strictObject({
  schema: schema('tenor.consolidation/1'),
  /** SHA-256 of certificate and holder. */
  id: zHash,
  certificateId: zId,
  holder: zParty,
  holderMsp: zMsp,
  /** The slices that they became, each with its parts, the first first. */
  wholes: zList(
    z.strictObject({
      id: zId,
      sliceIds: zIds(LIMITS.mergedItems),
    }),
    LIMITS.consolidatedItems,
  ),
  ...salt,
});
