import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zHash, zMsp } from '../schemas.js';
import { schema } from './building.js';
import { zSheetRow } from './cover.js';

/** A leg that an organisation's parties give, take, or both. */
const zApproved = z.strictObject({
  /** Its row of the sheet, as the leg itself makes it. */
  row: zSheetRow,
  gives: z.boolean(),
  takes: z.boolean(),
});

/**
 * The word of an organisation on a batch. It binds all legs that its parties give and take, and their rows of the sheet: so no leg can be exchanged
 * afterwards, and no register can say anything else of it than it is.
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
