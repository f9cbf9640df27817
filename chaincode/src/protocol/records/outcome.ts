import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zHash, zList } from '../schemas.js';
import { salt, schema } from './building.js';
import { zSheetRow } from './cover.js';

/** The one outcome of a batch, the same bytes in the book of each organisation that registers one of its legs. */
export const zOutcome = z.strictObject({
  schema: schema('tenor.outcome/1'),
  /** Id of the batch. */
  id: zHash,
  /** AGREED: everything is allocated and approved, and money can be sent. COMMITTED and ABORTED are final. */
  state: z.enum(['AGREED', 'COMMITTED', 'ABORTED']),
  /** One row a leg, in the order of their ids. */
  sheet: zList(zSheetRow, LIMITS.batchLegs),
  ...salt,
});
