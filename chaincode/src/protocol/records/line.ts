import { z } from 'zod';
import { zAmount, zCurrency, zDate, zId, zMsp, zParty, zTotal } from '../schemas.js';
import { salt, schema } from './building.js';

/** A bank's credit line to an issuer in one currency. */
export const zLine = z.strictObject({
  schema: schema('tenor.line/1'),
  id: zId,
  bank: zParty,
  bankMsp: zMsp,
  issuer: zParty,
  issuerMsp: zMsp,
  currency: zCurrency,
  limit: zAmount,
  /** Amount drawn by certificates that are neither paid nor unwound. The available amount is limit - utilised. */
  utilised: zTotal,
  expiresOn: zDate,
  /** Whether paid amounts become available again. */
  revolving: z.boolean(),
  /** Whether the issuer's submit confirms at once. */
  autoConfirm: z.boolean(),
  ...salt,
});
