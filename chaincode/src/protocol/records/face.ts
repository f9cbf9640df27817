import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAmount, zCurrency, zDate, zId, zMsp, zParty, zText } from '../schemas.js';
import { salt, schema } from './building.js';
import { zAllocation } from './draft.js';

/** A root: the part of a certificate that only issuer, bank and payee see. It never changes. */
export const zFace = z.strictObject({
  schema: schema('tenor.face/1'),
  id: zId,
  issuer: zParty,
  issuerMsp: zMsp,
  bank: zParty,
  bankMsp: zMsp,
  payee: zParty,
  payeeMsp: zMsp,
  currency: zCurrency,
  amount: zAmount,
  dueDate: zDate,
  deliveredOn: zDate,
  claims: z.array(zAllocation).max(LIMITS.claimsPerCertificate),
  tenorJustification: zText.optional(),
  ...salt,
});
