import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zHash, zId, zMsp } from '../schemas.js';
import { schema } from './building.js';

/** A leg that an organisation's parties give, take, or both. */
const zApproved = z.strictObject({
  legId: zId,
  legHash: zHash,
  gives: z.boolean(),
  takes: z.boolean(),
});

/**
 * The word of an organisation on a batch. It binds the hashes of all legs that its parties give and take, so no leg can be exchanged afterwards.
 * It holds no salt: whoever knows the sheet can tell by Fabric's hash that it stands there.
 */
export const zApproval = z.strictObject({
  schema: schema('tenor.approval/1'),
  /** Id of the batch. */
  id: zHash,
  mspId: zMsp,
  /** DECLINED is final, and then there are no legs. */
  state: z.enum(['APPROVED', 'DECLINED']),
  legs: z.array(zApproved).max(LIMITS.batchLegs),
});
