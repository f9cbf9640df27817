import { z } from 'zod';
import { zDate, zId, zMsp } from '../schemas.js';
import { salt, schema } from './building.js';

/** The state of a certificate after it was confirmed. */
export const zStatus = z.strictObject({
  schema: schema('tenor.status/1'),
  id: zId,
  state: z.enum(['OFFERED', 'ACTIVE', 'DECLINED', 'SETTLED', 'UNWOUND']),
  payeeMsp: zMsp,
  /** Last business date on which the offer can be accepted. */
  offerExpiresOn: zDate.optional(),
  ...salt,
});
