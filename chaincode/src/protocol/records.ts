/**
 * The records of the ledger. Business records live in books (`_implicit_org_<MSPID>`), under the key `<kind>/<id>`;
 * registry records are public state. `schema` names kind and version: stored bytes are never re-encoded, and a decoder for
 * every released schema stays. `salt` is HMAC-SHA-256(seed, key), so that equal contents never have equal hashes.
 */
import { z } from 'zod';
import { LIMITS } from './limits.js';
import { zAmount, zCount, zCurrency, zDate, zHash, zId, zMsp, zParty, zText, zTotal, zUetr } from './schemas.js';

export * from './registryRecords.js';

const schema = <Name extends string>(name: Name): z.ZodLiteral<Name> => z.literal(name);
const salt = { salt: zHash };

// Books: lines, documents, certificates

const zFounding = z.strictObject({ schema: schema('tenor.founding/1'), founders: z.array(zMsp) });

const zLine = z.strictObject({
  schema: schema('tenor.line/1'),
  id: zId,
  bank: zParty,
  bankMsp: zMsp,
  issuer: zParty,
  issuerMsp: zMsp,
  currency: zCurrency,
  limit: zAmount,
  /** Drawn by certificates that are neither paid nor unwound. Available = limit - utilised. */
  utilised: zTotal,
  expiresOn: zDate,
  /** Whether paid amounts become available again. */
  revolving: z.boolean(),
  /** Whether the issuer's submit confirms at once. */
  autoConfirm: z.boolean(),
  ...salt,
});

/** Kinds of trade document that can be claimed. */
export const DOCUMENT_TYPES = ['INVOICE', 'BILL_OF_LADING', 'CONTRACT', 'WAREHOUSE_RECEIPT'] as const;

const zClaim = z.strictObject({
  schema: schema('tenor.claim/1'),
  /** SHA-256 of {type, seller, normalised number}: the one key that can be guessed, so that two banks meet on it. */
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
  /** Reserved while a certificate is pending, used once it is accepted; which of the two follows from the certificate. */
  allocations: z.array(z.strictObject({ certificateId: zId, amount: zAmount })).max(LIMITS.allocationsPerClaim),
  ...salt,
});

/** Whether the bank is liable when the issuer does not pay. */
export const MODES = ['GUARANTEED', 'UNGUARANTEED'] as const;

const allocation = z.strictObject({ claimId: zHash, amount: zAmount });

/** What the issuer's maker writes down for the checker: all of a certificate. Also the private part of `certificate:draft`. */
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
  /** Claims that back the certificate; amounts add up to the face. */
  claims: z.array(allocation).min(1).max(LIMITS.claimsPerCertificate),
  tenorJustification: zText.optional(),
});

const zDraft = z.strictObject({
  schema: schema('tenor.draft/1'),
  id: zId,
  maker: zHash,
  content: zDraftContent,
  ...salt,
});

const zTerms = z.strictObject({
  schema: schema('tenor.terms/1'),
  id: zId,
  issuer: zParty,
  issuerMsp: zMsp,
  bank: zParty,
  bankMsp: zMsp,
  currency: zCurrency,
  /** Contractual date. */
  dueDate: zDate,
  /** Date of payment: the due date moved to a business day (modified following). */
  paymentDate: zDate,
  mode: z.enum(MODES),
  policyVersion: zCount,
  maxTier: zCount,
  maxChildren: zCount,
  ...salt,
});

const zFace = z.strictObject({
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
  claims: z.array(allocation),
  tenorJustification: zText.optional(),
  ...salt,
});

const zConfirmation = z.strictObject({
  schema: schema('tenor.confirmation/1'),
  id: zId,
  outcome: z.enum(['CONFIRMED', 'REJECTED']),
  /** The bank's own checker, or the standing permission of the line. */
  by: z.enum(['BANK', 'LINE']),
  /** The line drawn; absent when rejected. */
  lineId: zId.optional(),
  ...salt,
});

const zStatus = z.strictObject({
  schema: schema('tenor.status/1'),
  id: zId,
  state: z.enum(['OFFERED', 'ACTIVE', 'DECLINED', 'SETTLED', 'UNWOUND']),
  /** Last business date on which the offer can be accepted. */
  offerExpiresOn: zDate.optional(),
  ...salt,
});

const zTicket = z.strictObject({
  schema: schema('tenor.ticket/1'),
  id: zId,
  /** The party that the maker acts for: the call must act for the same. */
  party: zParty,
  command: z.string(),
  /** Canonical JSON of {private, request}: exactly what the checker may run, there for the checker to read. */
  payload: z.string().max(LIMITS.transientBytes),
  maker: zHash,
  expiresOn: zDate,
  ...salt,
});

// Books: slices

const zTransferLock = z.strictObject({
  kind: z.literal('TRANSFER'),
  id: zId,
  counterparty: zParty,
  counterpartyMsp: zMsp,
  expiresOn: zDate,
});
const zPresentmentLock = z.strictObject({ kind: z.literal('PRESENTMENT'), id: zId, counterpartyMsp: zMsp });

const zSlice = z.strictObject({
  schema: schema('tenor.slice/1'),
  id: zId,
  /** The root: names the register (the bank's book) and the terms. */
  certificateId: zId,
  parentId: zId.nullable(),
  currency: zCurrency,
  amount: zAmount,
  holder: zParty,
  holderMsp: zMsp,
  /** Transfers from the first holder. */
  tier: zCount,
  /** SPENT and PAID are terminal. */
  state: z.enum(['FREE', 'OFFERED', 'PRESENTED', 'ACKNOWLEDGED', 'SPENT', 'PAID']),
  lock: z.discriminatedUnion('kind', [zTransferLock, zPresentmentLock]).nullable(),
  children: z.array(zId).max(LIMITS.splitParts),
  ...salt,
});

// Books: settlement

const zPresentment = z.strictObject({
  schema: schema('tenor.presentment/1'),
  id: zId,
  holder: zParty,
  holderMsp: zMsp,
  bank: zParty,
  bankMsp: zMsp,
  payeeBank: zParty,
  payeeBankMsp: zMsp,
  /** The creditor's account as its bank writes it in camt.054 (IBAN or other id). */
  account: zText,
  currency: zCurrency,
  amount: zAmount,
  sliceIds: z.array(zId).min(1).max(LIMITS.bulkItems),
  ...salt,
});

/** Transaction status codes of ISO 20022 ExternalPaymentTransactionStatus1Code that a report may carry. */
export const PAYMENT_STATUSES = ['ACCC', 'ACSC', 'ACSP', 'ACTC', 'ACCP', 'PDNG', 'RJCT'] as const;

const zPayment = z.strictObject({
  schema: schema('tenor.payment/1'),
  id: zUetr,
  presentmentId: zId,
  currency: zCurrency,
  amount: zAmount,
  status: z.enum(PAYMENT_STATUSES),
  /** SHA-256 of the pacs.002. */
  messageHash: zHash,
  ...salt,
});

const zAttestation = z.strictObject({
  schema: schema('tenor.attestation/1'),
  id: zUetr,
  presentmentId: zId,
  currency: zCurrency,
  amount: zAmount,
  /** Date on which the creditor's bank booked the money. */
  valueDate: zDate,
  /** SHA-256 of the camt.054. */
  messageHash: zHash,
  ...salt,
});

const zAcknowledgement = z.strictObject({
  schema: schema('tenor.acknowledgement/1'),
  /** Id of the presentment. */
  id: zId,
  uetr: zUetr,
  currency: zCurrency,
  amount: zAmount,
  ...salt,
});

const zTotals = z.strictObject({
  schema: schema('tenor.totals/1'),
  id: zId,
  currency: zCurrency,
  /** Paid and counted against the face. */
  paid: zTotal,
  ...salt,
});

const zRedeemed = z.strictObject({
  schema: schema('tenor.redeemed/1'),
  id: zId,
  certificateId: zId,
  amount: zAmount,
  ...salt,
});

/** Record kinds in books, by the first part of their key. */
export const BOOK_RECORDS = {
  founding: zFounding,
  line: zLine,
  claim: zClaim,
  draft: zDraft,
  terms: zTerms,
  face: zFace,
  confirmation: zConfirmation,
  status: zStatus,
  ticket: zTicket,
  slice: zSlice,
  presentment: zPresentment,
  payment: zPayment,
  attestation: zAttestation,
  acknowledgement: zAcknowledgement,
  totals: zTotals,
  redeemed: zRedeemed,
} as const;

/** First part of a book key. */
export type BookKind = keyof typeof BOOK_RECORDS;
/** The record of a kind, as stored in a book. */
export type BookRecord<Kind extends BookKind> = z.infer<(typeof BOOK_RECORDS)[Kind]>;
/** Everything that every holder of a slice may see of its certificate. */
export type Terms = BookRecord<'terms'>;
/** A part of a certificate in one holder's hand. */
export type Slice = BookRecord<'slice'>;
/** A bank's line to an issuer in one currency. */
export type Line = BookRecord<'line'>;
/** A trade document put behind certificates of one issuer through one bank. */
export type Claim = BookRecord<'claim'>;
/** All of a certificate, as its issuer drafts it. */
export type DraftContent = z.infer<typeof zDraftContent>;
/** A presentment of due slices for payment by one payment. */
export type Presentment = BookRecord<'presentment'>;
