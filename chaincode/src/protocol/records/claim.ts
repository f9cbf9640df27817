import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAmount, zCurrency, zHash, zId, zMsp, zParty, zText } from '../schemas.js';
import { salt, schema } from './building.js';

/** Kinds of trade document that can be claimed. */
export const DOCUMENT_TYPES = ['INVOICE', 'BILL_OF_LADING', 'CONTRACT', 'WAREHOUSE_RECEIPT'] as const;

/** A trade document that backs certificates of one issuer through one bank. */
export const zClaim = z.strictObject({
  schema: schema('tenor.claim/1'),
  /** SHA-256 of {type, seller, normalised number}. Two banks compute the same id for a document, so this key can also be guessed. */
  id: zHash,
  type: z.enum(DOCUMENT_TYPES),
  number: zText,
  seller: zParty,
  issuer: zParty,
  issuerMsp: zMsp,
  bank: zParty,
  bankMsp: zMsp,
  currency: zCurrency,
  /** Amount that the document can back. */
  capacity: zAmount,
  /** SHA-256 of the document file. */
  documentHash: zHash,
  /** Reserved while a certificate is pending, and used once it is accepted. The certificate tells which of the two it is. */
  allocations: z.array(z.strictObject({ certificateId: zId, amount: zAmount })).max(LIMITS.allocationsPerClaim),
  ...salt,
});
