import { z } from 'zod';
import { zCurrency, zId, zTotal } from '../schemas.js';
import { salt, schema } from './building.js';

/** The amount of a certificate that was paid and counted against its face. */
export const zTotals = z.strictObject({
  schema: schema('tenor.totals/1'),
  id: zId,
  currency: zCurrency,
  paid: zTotal,
  ...salt,
});
