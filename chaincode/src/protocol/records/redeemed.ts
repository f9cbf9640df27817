import { z } from 'zod';
import { zAmount, zCurrency, zId } from '../schemas.js';
import { salt, schema } from './building.js';

/** The mark that a paid slice was counted against the face. */
export const zRedeemed = z.strictObject({
  schema: schema('tenor.redeemed/1'),
  /** Id of the slice. */
  id: zId,
  certificateId: zId,
  currency: zCurrency,
  amount: zAmount,
  /** The payment was sent back, so that the slice is not in the count any more. */
  isReturned: z.literal(true).optional(),
  /** The slice of which this one stayed paid, and in whose place it is counted. */
  partOf: zId.optional(),
  ...salt,
});
