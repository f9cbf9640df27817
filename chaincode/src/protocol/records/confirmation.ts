import { z } from 'zod';
import { zId } from '../schemas.js';
import { salt, schema } from './building.js';

/** The bank's decision on a submitted certificate. */
export const zConfirmation = z.strictObject({
  schema: schema('tenor.confirmation/1'),
  id: zId,
  /** UNWOUND is a rejection after line and documents were restored. Bank and issuer have to endorse any change of it. */
  outcome: z.enum(['CONFIRMED', 'REJECTED', 'UNWOUND']),
  /** BANK: the bank's checker confirmed it. LINE: the line allows automatic confirmation. */
  by: z.enum(['BANK', 'LINE']),
  /** The line that was drawn. Absent in a rejection. */
  lineId: zId.optional(),
  ...salt,
});
