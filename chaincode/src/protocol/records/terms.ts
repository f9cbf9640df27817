import { z } from 'zod';
import { zCount, zCurrency, zDate, zId, zMsp, zParty } from '../schemas.js';
import { salt, schema } from './building.js';
import { MODES } from './draft.js';

/** A root: everything that every holder of a slice may see of its certificate. It never changes. */
export const zTerms = z.strictObject({
  schema: schema('tenor.terms/1'),
  id: zId,
  issuer: zParty,
  issuerMsp: zMsp,
  bank: zParty,
  bankMsp: zMsp,
  currency: zCurrency,
  /** The day that the contract names. */
  dueDate: zDate,
  /** Day of payment: the due date, moved to a business day (modified following). */
  paymentDate: zDate,
  mode: z.enum(MODES),
  policyVersion: zCount,
  maxTier: zCount,
  maxChildren: zCount,
  ...salt,
});
