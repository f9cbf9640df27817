import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAmount, zCurrency, zDate, zHash, zId, zParty, zText } from '../schemas.js';
import { salt, schema } from './building.js';

/** Whether the bank is liable when the issuer does not pay. */
export const MODES = ['GUARANTEED', 'UNGUARANTEED'] as const;

/** The part of a claimed document that backs a certificate. */
export const zAllocation = z.strictObject({ claimId: zHash, amount: zAmount });

/** The whole content of a certificate, as the issuer's maker writes it for the checker. Also the private part of `certificate:draft`. */
export const zDraftContent = z.strictObject({
  issuer: zParty,
  bank: zParty,
  payee: zParty,
  currency: zCurrency,
  amount: zAmount,
  dueDate: zDate,
  calendar: zText,
  mode: z.enum(MODES),
  deliveredOn: zDate,
  /** Claims that back the certificate. Their amounts add up to the face. */
  claims: z.array(zAllocation).min(1).max(LIMITS.claimsPerCertificate),
  tenorJustification: zText.optional(),
});

/** A certificate as its issuer's maker wrote it down. */
export const zDraft = z.strictObject({
  schema: schema('tenor.draft/1'),
  /** Id that the certificate will have. */
  id: zId,
  maker: zHash,
  content: zDraftContent,
  ...salt,
});
