import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAmount, zCurrency, zDate, zDocumentNumber, zHash, zId, zMsp, zParty, zText } from '../schemas.js';
import { salt, schema } from './building.js';

/** Kinds of trade document that can be claimed. */
export const DOCUMENT_TYPES = ['INVOICE', 'BILL_OF_LADING', 'CONTRACT', 'WAREHOUSE_RECEIPT'] as const;

/** What a document says that whoever confirms its claim should look at. The issuer writes it down, and the document itself decides. */
const zRemarks = z.strictObject({
  /** Who is to be paid, where that is not the seller: the claim was assigned, for example to a factor. */
  payee: zText.optional(),
  /** The document says that it is a copy. */
  isCopy: z.literal(true).optional(),
  /** Numbers of earlier documents in whose place it stands. */
  replaces: z.array(zDocumentNumber).min(1).max(LIMITS.replacedDocuments).optional(),
  /** What was paid before, in minor units. */
  prepaidAmount: zAmount.optional(),
});

/** What is said of a document when it is claimed. Also the private part of `document:claim`. */
export const zDocument = z.strictObject({
  type: z.enum(DOCUMENT_TYPES),
  /** As the document has it. For a paper fapiao: its code, a dash, and its number. */
  number: zDocumentNumber,
  /** Date of issue. Its year belongs to what makes the document itself, because many sellers number each year anew. */
  issuedOn: zDate,
  seller: zParty,
  issuer: zParty,
  bank: zParty,
  currency: zCurrency,
  /** Amount that the document can back. */
  capacity: zAmount,
  /** SHA-256 of the document file. */
  documentHash: zHash,
  remarks: zRemarks.optional(),
});

/** A trade document that backs certificates of one issuer through one bank. */
export const zClaim = z.strictObject({
  schema: schema('tenor.claim/1'),
  /** SHA-256 of {type, seller, normalised number, year}. Two banks compute the same id for a document, so this key can also be guessed. */
  id: zHash,
  /** The reservation that was confirmed. A document that is released and claimed again has another one. */
  reservationId: zId,
  ...zDocument.shape,
  issuerMsp: zMsp,
  bankMsp: zMsp,
  /** Who said that the document is right: its seller, or the bank. */
  confirmedBy: zParty,
  /** Reserved while a certificate is pending, and used once it is accepted. The certificate tells which of the two it is. */
  allocations: z.array(z.strictObject({ certificateId: zId, amount: zAmount })).max(LIMITS.allocationsPerClaim),
  /** What credit notes took off the capacity, each with the SHA-256 of its file. */
  credits: z.array(z.strictObject({ documentHash: zHash, amount: zAmount })).max(LIMITS.creditsPerClaim),
  ...salt,
});
