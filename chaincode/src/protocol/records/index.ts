/**
 * The records of the ledger. Business records live in books (`_implicit_org_<MSPID>`), registry records are public state.
 * There is one file for each kind. `src/records` says where each kind is kept and copied, and under which key policy.
 */
import { z } from 'zod';
import { zAcceptance } from './acceptance.js';
import { zAcknowledgement } from './acknowledgement.js';
import { zApproval } from './approval.js';
import { zAttestation } from './attestation.js';
import { zClaim, type zDocument } from './claim.js';
import { zConfirmation } from './confirmation.js';
import { zConsolidation } from './consolidation.js';
import { zCover } from './cover.js';
import { zCredit } from './credit.js';
import { zCreditSecret } from './creditSecret.js';
import { zDraft, type zDraftContent } from './draft.js';
import { zFace } from './face.js';
import { zFinanced } from './financed.js';
import { zFinancingRequest } from './financingRequest.js';
import { zFounding } from './founding.js';
import { zFundingLimit } from './fundingLimit.js';
import { zIntake } from './intake.js';
import { zLeg, type zExchange } from './leg.js';
import { zLine } from './line.js';
import { zOutcome } from './outcome.js';
import { zMandate } from './mandate.js';
import { zPaper } from './paper.js';
import { zPayment } from './payment.js';
import { zPresentment } from './presentment.js';
import { zProof } from './proof.js';
import { zQuote } from './quote.js';
import { zReceipt } from './receipt.js';
import { zRedeemed } from './redeemed.js';
import { zRegistration } from './registration.js';
import { zRemittance } from './remittance.js';
import { zReservation } from './reservation.js';
import { zReturn } from './return.js';
import { zSlice } from './slice.js';
import { zStatus } from './status.js';
import { zTerms } from './terms.js';
import { zTicket } from './ticket.js';
import { zTotals } from './totals.js';

export { DOCUMENT_TYPES, zDocument } from './claim.js';
export { zSheetRow, type SheetRow } from './cover.js';
export { CREDIT_SECRET_ID, LIMIT_SECRET_ID } from './creditSecret.js';
export { MODES, zDraftContent } from './draft.js';
export { FUNDED } from './fundingLimit.js';
export { isAsset } from './leg.js';
export { PAYMENT_STATUSES, UNPAID_STATUSES } from './payment.js';
export type { StandIn } from './building.js';
export * from './registry.js';

/** Record kinds in books. */
export const BOOK_RECORDS = {
  founding: zFounding,
  line: zLine,
  reservation: zReservation,
  claim: zClaim,
  paper: zPaper,
  draft: zDraft,
  terms: zTerms,
  face: zFace,
  confirmation: zConfirmation,
  status: zStatus,
  ticket: zTicket,
  slice: zSlice,
  consolidation: zConsolidation,
  mandate: zMandate,
  financingRequest: zFinancingRequest,
  quote: zQuote,
  acceptance: zAcceptance,
  registration: zRegistration,
  fundingLimit: zFundingLimit,
  financed: zFinanced,
  presentment: zPresentment,
  payment: zPayment,
  remittance: zRemittance,
  attestation: zAttestation,
  receipt: zReceipt,
  credit: zCredit,
  creditSecret: zCreditSecret,
  return: zReturn,
  acknowledgement: zAcknowledgement,
  totals: zTotals,
  redeemed: zRedeemed,
  leg: zLeg,
  cover: zCover,
  proof: zProof,
  approval: zApproval,
  outcome: zOutcome,
  intake: zIntake,
} as const;

/** A kind of record in books. */
export type BookKind = keyof typeof BOOK_RECORDS;
/** A kind by its name. */
export const zBookKind = z.enum(Object.keys(BOOK_RECORDS) as [BookKind, ...BookKind[]]);
/**
 * Kinds of which a hash in the registry may stand for the record of an organisation that has left. Not the attestation: a majority that
 * declares a bank gone could then prove with it that a payment came in. Nor the intake: nobody asks for a place in a book that is gone.
 */
export const zPreservedKind = zBookKind.exclude(['attestation', 'proof', 'intake']);
/** The record of a kind, as stored in a book. */
export type BookRecord<Kind extends BookKind> = z.infer<(typeof BOOK_RECORDS)[Kind]>;
/** Everything that every holder of a slice may see of its certificate. */
export type Terms = BookRecord<'terms'>;
/** A part of a certificate that belongs to one holder. */
export type Slice = BookRecord<'slice'>;
/** A bank's line to an issuer in one currency. */
export type Line = BookRecord<'line'>;
/** A trade document that backs certificates of one issuer through one bank. */
export type Claim = BookRecord<'claim'>;
/** What is said of a document when it is claimed. */
export type TradeDocument = z.infer<typeof zDocument>;
/** The whole content of a certificate, as its issuer drafts it. */
export type DraftContent = z.infer<typeof zDraftContent>;
/** A presentment of due slices for payment by one payment. */
export type Presentment = BookRecord<'presentment'>;
/** An instruction of a batch. */
export type Leg = BookRecord<'leg'>;
/** An exchange of two currencies. */
export type Exchange = z.infer<typeof zExchange>;
/** The banks and the account of a leg that moves money. */
export type Cash = NonNullable<Leg['cash']>;
