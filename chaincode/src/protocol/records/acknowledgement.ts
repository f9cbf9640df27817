import { z } from 'zod';
import { zAmount, zCurrency, zId, zMsp, zUetr } from '../schemas.js';
import { salt, schema } from './building.js';

/** The payee's statement that it has the money. */
export const zAcknowledgement = z.strictObject({
  schema: schema('tenor.acknowledgement/1'),
  /** Id of the presentment. */
  id: zId,
  bankMsp: zMsp,
  uetr: zUetr,
  currency: zCurrency,
  amount: zAmount,
  ...salt,
});
