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
  ...salt,
});
