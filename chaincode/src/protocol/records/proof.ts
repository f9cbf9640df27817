import { z } from 'zod';
import { zHash, zId } from '../schemas.js';
import { schema } from './building.js';

/** What is said of the money of a cash leg. */
export const zProof = z.strictObject({
  schema: schema('tenor.proof/1'),
  /** Id of the leg. */
  id: zId,
  batchId: zHash,
  legHash: zHash,
  /**
   * BLOCKED: by the payer's bank, until the batch expires. CREDITED, PARTLY_CREDITED and NOT_RECEIVED: by the payee's bank; only one of them can stand. A part that
   * came proves nothing, and keeps the batch from being released until it went back. ACKNOWLEDGED: by the payee or its stand-in, in its own book. The payee also says
   * NOT_RECEIVED there, where its bank is the payer's side.
   */
  what: z.enum(['BLOCKED', 'CREDITED', 'NOT_RECEIVED', 'ACKNOWLEDGED', 'PARTLY_CREDITED']),
});
