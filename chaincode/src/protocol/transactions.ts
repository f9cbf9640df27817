/**
 * Every transaction by name, with the schema of its public request (ids only: it is in the block) and of its private part
 * (transient field `private`: it reaches the endorsers alone). Add one here, and the compiler walks you through the rest.
 */
import { z } from 'zod';
import { LIMITS } from './limits.js';
import { BOOK_RECORDS, DOCUMENT_TYPES, PAYMENT_STATUSES, zChange, zDraftContent, type BookKind } from './records.js';
import { zAmount, zCurrency, zDate, zHash, zId, zList, zMsp, zParty, zText, zUetr } from './schemas.js';

const none = z.strictObject({}).default({});
const kinds = Object.keys(BOOK_RECORDS) as [BookKind, ...BookKind[]];

/** Copies whose register follows from themselves or from the certificate's terms: a party can restore its own. */
const RESTORABLE = ['line', 'claim', 'terms', 'face', 'confirmation', 'status', 'slice', 'totals'] as const;

interface Spec {
  /** `submit` writes; `evaluate` reads and must not be submitted. */
  readonly kind: 'submit' | 'evaluate';
  readonly request: z.ZodType;
  readonly private: z.ZodType;
  /** Needs a ticket that another identity of the same organisation prepared. The request then carries `ticketId`. */
  readonly fourEyes?: true;
}

/** The catalogue of transactions. */
export const TRANSACTIONS = {
  // registry: public state, and the founding record in each organisation's own book
  'registry:adopt': {
    kind: 'submit',
    request: z.strictObject({ founders: zList(zMsp, LIMITS.founders) }),
    private: none,
  },
  'registry:bootstrap': {
    kind: 'submit',
    request: z.strictObject({ founders: zList(zMsp, LIMITS.founders) }),
    private: none,
  },
  'registry:propose': {
    kind: 'submit',
    request: z.strictObject({ proposalId: zId, changes: zList(zChange, LIMITS.changesPerProposal) }),
    private: none,
  },
  'registry:approve': { kind: 'submit', request: z.strictObject({ proposalId: zId }), private: none },
  'registry:whoami': { kind: 'evaluate', request: none, private: none },
  'registry:get': {
    kind: 'evaluate',
    request: z.strictObject({
      kind: z.enum(['registry', 'party', 'operator', 'policies', 'calendar', 'businessDate', 'banks', 'proposal']),
      id: zText.optional(),
    }),
    private: none,
  },

  // certificate: lines, claims, series, slices
  'certificate:prepare': {
    kind: 'submit',
    request: z.strictObject({ ticketId: zId }),
    private: z.strictObject({
      party: zParty,
      command: z.string().max(100),
      payload: z.string().max(LIMITS.transientBytes),
      expiresOn: zDate,
    }),
  },
  'certificate:openLine': {
    kind: 'submit',
    fourEyes: true,
    request: z.strictObject({ lineId: zId, ticketId: zId }),
    private: z.strictObject({
      bank: zParty,
      issuer: zParty,
      currency: zCurrency,
      limit: zAmount,
      expiresOn: zDate,
      revolving: z.boolean(),
      autoConfirm: z.boolean(),
    }),
  },
  'certificate:claim': {
    kind: 'submit',
    request: z.strictObject({ claimId: zHash }),
    private: z.strictObject({
      type: z.enum(DOCUMENT_TYPES),
      number: zText,
      seller: zParty,
      issuer: zParty,
      bank: zParty,
      currency: zCurrency,
      capacity: zAmount,
      documentHash: zHash,
    }),
  },
  'certificate:draft': { kind: 'submit', request: z.strictObject({ certificateId: zId }), private: zDraftContent },
  'certificate:submit': {
    kind: 'submit',
    request: z.strictObject({ certificateId: zId, lineId: zId.optional() }),
    private: none,
  },
  'certificate:confirm': {
    kind: 'submit',
    fourEyes: true,
    request: z.strictObject({ certificateIds: zList(zId, LIMITS.bulkItems), lineId: zId, ticketId: zId }),
    private: none,
  },
  'certificate:reject': { kind: 'submit', request: z.strictObject({ certificateId: zId }), private: none },
  'certificate:offer': {
    kind: 'submit',
    request: z.strictObject({ certificateId: zId }),
    private: z.strictObject({ expiresOn: zDate }),
  },
  'certificate:accept': {
    kind: 'submit',
    request: z.strictObject({ items: zList(z.strictObject({ certificateId: zId, sliceId: zId }), LIMITS.bulkItems) }),
    private: none,
  },
  'certificate:decline': { kind: 'submit', request: z.strictObject({ certificateId: zId }), private: none },
  'certificate:unwind': { kind: 'submit', request: z.strictObject({ certificateId: zId }), private: none },
  'certificate:split': {
    kind: 'submit',
    request: z.strictObject({ sliceId: zId, partIds: zList(zId, LIMITS.splitParts) }),
    private: z.strictObject({ amounts: zList(zAmount, LIMITS.splitParts) }),
  },
  'certificate:transfer': {
    kind: 'submit',
    fourEyes: true,
    request: z.strictObject({ sliceId: zId, transferId: zId, ticketId: zId }),
    private: z.strictObject({ transferee: zParty, expiresOn: zDate }),
  },
  'certificate:acceptTransfer': {
    kind: 'submit',
    request: z.strictObject({ sliceId: zId, transferId: zId }),
    private: none,
  },
  'certificate:declineTransfer': {
    kind: 'submit',
    request: z.strictObject({
      sliceId: zId,
      transferId: zId,
      /** `register` leaves the holder's copy as it is, so that a silent holder cannot stall a refusal. Default `all`. */
      books: z.enum(['all', 'register']).optional(),
    }),
    private: none,
  },
  'certificate:restore': {
    kind: 'submit',
    request: z.strictObject({ kind: z.enum(RESTORABLE), id: zText }),
    private: z.strictObject({
      record: z.string().max(LIMITS.transientBytes),
      terms: z.string().max(LIMITS.transientBytes).optional(),
    }),
  },
  'certificate:get': { kind: 'evaluate', request: z.strictObject({ kind: z.enum(kinds), id: zText }), private: none },
  'certificate:list': {
    kind: 'evaluate',
    request: z.strictObject({
      kind: z.enum(kinds),
      // An id as a list shows it, whatever stands in the book.
      bookmark: z.string().max(LIMITS.bookmark).optional(),
      limit: z.number().int().min(1).max(LIMITS.pageRows).optional(),
    }),
    private: none,
  },
  'certificate:open': {
    kind: 'evaluate',
    request: z.strictObject({ command: z.string().max(100), request: z.unknown() }),
    private: z.unknown(),
  },
  'certificate:plan': {
    kind: 'evaluate',
    request: z.strictObject({
      command: z.string().max(100),
      request: z.unknown(),
      /** `refusals` holds own copies against their registers only where the command would be refused: the endorsers check them in any case. Default `all`. */
      check: z.enum(['all', 'refusals']).optional(),
    }),
    private: z.unknown(),
  },

  // settlement: presentment, payment reports, attestations, release
  'settlement:present': {
    kind: 'submit',
    request: z.strictObject({ presentmentId: zId, sliceIds: zList(zId, LIMITS.bulkItems) }),
    private: z.strictObject({ account: zText, payeeBank: zParty }),
  },
  'settlement:reportPayment': {
    kind: 'submit',
    request: z.strictObject({ uetr: zUetr, presentmentId: zId }),
    private: z.strictObject({
      currency: zCurrency,
      amount: zAmount,
      status: z.enum(PAYMENT_STATUSES),
      messageHash: zHash,
    }),
  },
  'settlement:attestCredit': {
    kind: 'submit',
    fourEyes: true,
    request: z.strictObject({ uetr: zUetr, presentmentId: zId, ticketId: zId }),
    private: z.strictObject({
      currency: zCurrency,
      amount: zAmount,
      valueDate: zDate,
      account: zText,
      messageHash: zHash,
    }),
  },
  'settlement:acknowledge': {
    kind: 'submit',
    request: z.strictObject({ presentmentId: zId, uetr: zUetr }),
    private: none,
  },
  'settlement:release': {
    kind: 'submit',
    request: z.strictObject({
      presentmentId: zId,
      uetr: zUetr,
      /** `register` leaves the holder's copy as it is, so that a silent holder cannot stall what is paid. Default `all`. */
      books: z.enum(['all', 'register']).optional(),
    }),
    private: none,
  },
  'settlement:settle': {
    kind: 'submit',
    request: z.strictObject({ certificateId: zId, sliceIds: zList(zId, LIMITS.bulkItems) }),
    private: none,
  },
} as const satisfies Record<string, Spec>;

/** Name of a transaction, `contract:verb`. */
export type TransactionName = keyof typeof TRANSACTIONS;
/** Public request of a transaction, before defaults. */
export type RequestOf<Name extends TransactionName> = z.input<(typeof TRANSACTIONS)[Name]['request']>;
/** Private part of a transaction, before defaults. */
export type PrivateOf<Name extends TransactionName> = z.input<(typeof TRANSACTIONS)[Name]['private']>;
/** Public request after parsing. */
export type ParsedRequest<Name extends TransactionName> = z.output<(typeof TRANSACTIONS)[Name]['request']>;
/** Private part after parsing. */
export type ParsedPrivate<Name extends TransactionName> = z.output<(typeof TRANSACTIONS)[Name]['private']>;

/** Names of the transactions that write. */
export type SubmitName = {
  [Name in TransactionName]: (typeof TRANSACTIONS)[Name]['kind'] extends 'submit' ? Name : never;
}[TransactionName];

/** Names of the transactions that only read. */
export type EvaluateName = Exclude<TransactionName, SubmitName>;
