import { z } from 'zod';
import { zId } from '../schemas.js';
import { salt, schema } from './building.js';

/** The bank's word on a submitted certificate. */
export const zConfirmation = z.strictObject({
  schema: schema('tenor.confirmation/1'),
  id: zId,
  /** UNWOUND: a rejection after line and documents were given back; bank and issuer hold it together. */
  outcome: z.enum(['CONFIRMED', 'REJECTED', 'UNWOUND']),
  /** The bank's own checker, or the standing permission of the line. */
  by: z.enum(['BANK', 'LINE']),
  /** The line drawn; absent when rejected. */
  lineId: zId.optional(),
  ...salt,
});
