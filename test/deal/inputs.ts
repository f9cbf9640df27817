/**
 * What each step of a deal takes: the bank's line to the issuer, a certificate to the supplier, its slices on to the contractor, and
 * the payment of them. Cases, suites and the benchmark all say it by these. Dates follow the business date.
 */
import { createHash, randomUUID } from 'node:crypto';
import { addMonths, weekday, type DraftContent, type FourEyesName, type Input } from '@tenor/client';
import { LEI, type Place, type PlayerName } from './players.js';

/** Account that is presented for. */
export const ACCOUNT: Input<'slice:present'>['account'] = { scheme: 'OTHER', id: 'AU06300012345678' };
/** The due date of what is drafted on the first business dates, a Monday within six months. */
export const DUE = '2027-03-15';
const MESSAGE_HASH = 'ab'.repeat(32);
const [MONDAY, DAY_MS] = [0, 86_400_000];

/** An input whose ticket another person prepares. */
type Ticketed<Name extends FourEyesName> = Input<Name> & {
  readonly ticketId: string;
};

/** A date so many days later. */
export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

/** The due date of a certificate that is drafted now: four months on, on a Monday. */
export function dueOf({ date }: Pick<Place, 'date'>): string {
  if (date < '2026-12-01') return DUE;
  let day = addMonths(date, 4);
  while (weekday(day) !== MONDAY) day = daysAfter(day, 1);
  return day;
}

/** Last day of an offer that is made now. */
export const offerEndOf = ({ date }: Pick<Place, 'date'>): string =>
  date <= '2026-12-01' ? '2026-12-15' : addMonths(date, 1);

/** What a line may say otherwise. */
export interface LineOptions {
  readonly limit: string;
  readonly currency?: string;
  readonly autoConfirm?: boolean;
  readonly expiresOn?: string;
}

/** What opening a line takes. */
export const lineInput = (on: Place, options: LineOptions): Ticketed<'line:open'> => ({
  ...{ lineId: on.id('bank'), ticketId: on.id('bank'), bank: LEI.bank, issuer: LEI.issuer },
  ...{ currency: 'USD', expiresOn: '2035-12-31', revolving: true, autoConfirm: false, ...options },
});

/** Date of issue of the invoices here. */
export const ISSUED_ON = '2026-11-20';

/** What claiming an invoice takes. */
export const claimInput = (
  on: Pick<Place, 'id'>,
  number: string,
  capacity: string,
  currency = 'USD',
): Input<'document:claim'> => ({
  ...{ reservationId: on.id('bank', 'issuer'), type: 'INVOICE', number, issuedOn: ISSUED_ON, seller: LEI.supplier },
  ...{ issuer: LEI.issuer, bank: LEI.bank, currency, capacity, documentHash: fileOf(number) },
});

/** SHA-256 of the file of a document, by its number. */
export const fileOf = (number: string): string => createHash('sha256').update(number).digest('hex');

/** A certificate's content over one claim. */
export const contentOf = (
  on: Pick<Place, 'date'>,
  claimId: string,
  amount: string,
  changes: Partial<DraftContent> = {},
): DraftContent => ({
  ...{ issuer: LEI.issuer, bank: LEI.bank, payee: LEI.supplier, currency: 'USD', amount, dueDate: dueOf(on) },
  ...{ calendar: 'CN', mode: 'GUARANTEED', deliveredOn: on.date, claims: [{ claimId, amount }], ...changes },
});

/** What drafting a certificate over a claim takes. */
export const draftInput = (
  on: Place,
  claimId: string,
  amount: string,
  changes: Partial<DraftContent> = {},
): Input<'certificate:draft'> => ({
  ...{ certificateId: on.id('bank', 'issuer'), ...contentOf(on, claimId, amount, changes) },
});

/** What confirming certificates on a line takes. */
export const confirmInput = (on: Place, lineId: string, certificateIds: string[]): Ticketed<'certificate:confirm'> => ({
  lineId,
  certificateIds,
  ticketId: on.id('bank'),
});

/** What offering the supplier's slice to the contractor takes. */
export const transferInput = (on: Place, sliceId: string, expiresOn = offerEndOf(on)): Ticketed<'slice:offer'> => ({
  ...{ sliceId, transferId: on.reference(), ticketId: on.id('supplier'), transferee: LEI.contractor, expiresOn },
});

/** What asking the certificate's bank to finance slices takes. */
export const financingInput = (on: Place, sliceIds: string[]): Input<'financing:request'> => ({
  ...{ requestId: on.id('supplier'), sliceIds, funder: LEI.bank, expiresOn: offerEndOf(on) },
  interestPayer: { kind: 'SHARED', issuerBasisPoints: 4000 },
});

/** What quoting for such slices takes. */
export const quoteInput = (on: Place, requestId: string): Ticketed<'financing:quote'> => ({
  ...{ quoteId: on.id('bank'), requestId, ticketId: on.id('bank'), rate: '2.85', dayCount: 'ACT/360', fee: '1234567' },
  ...{ recourse: false, valueDate: offerEndOf(on), validUntil: on.date },
});

/** What accepting a quote takes. */
export const acceptanceInput = (
  on: Place,
  { requestId, quoteId }: { readonly requestId: string; readonly quoteId: string },
): Ticketed<'financing:accept'> => ({
  ...{ requestId, quoteId, ticketId: on.id('supplier'), payeeBank: LEI.bank, account: ACCOUNT },
});

/** What setting takes how much the certificate's bank finances for the supplier. */
export const limitInput = (on: Place): Ticketed<'financing:limit'> => ({
  ...{ ticketId: on.id('bank'), funder: LEI.bank, kind: 'SELLER', party: LEI.supplier, currency: 'USD' },
  limit: '8844227733',
});

/** What saying takes that a financing is registered. */
export const registrationInput = ({ date }: Pick<Place, 'date'>, requestId: string): Input<'financing:register'> => ({
  ...{ requestId, registrationNo: '04711239001234567890', searchedOn: date },
});

/** What presenting slices at the certificate's bank takes. */
export const presentInput = (on: Place, holder: PlayerName, sliceIds: string[]): Ticketed<'slice:present'> => ({
  ...{ presentmentId: on.id(holder), ticketId: on.id(holder), sliceIds, account: ACCOUNT, payeeBank: LEI.bank },
});

/** What letting the certificate's bank present by itself takes: for a year, all slices of the holder. */
export const mandateInput = (on: Place, holder: PlayerName): Ticketed<'mandate:give'> => ({
  ...{ mandateId: on.id(holder), ticketId: on.id(holder), holder: LEI[holder], bank: LEI.bank, payeeBank: LEI.bank },
  ...{ account: ACCOUNT, until: addMonths(on.date, 12) },
});

/** What presenting slices by a mandate takes. */
export const mandatedInput = (
  on: Place,
  holder: PlayerName,
  mandateId: string,
  sliceIds: string[],
  mergedIds?: string[],
): Input<'slice:presentUnderMandate'> => ({
  presentmentId: on.id(holder, 'bank'),
  ...{ mandateId, sliceIds },
  ...(mergedIds === undefined ? {} : { mergedIds }),
});

/** One presentment and the payment of it. */
export interface Payment {
  readonly presentmentId: string;
  readonly uetr: string;
  readonly currency: string;
  readonly amount: string;
}

/** The payment that a presentment asks for. */
export const paymentOf = (
  { presentmentId }: Pick<Input<'slice:present'>, 'presentmentId'>,
  amount: string,
  currency = 'USD',
): Payment => ({ presentmentId, uetr: randomUUID(), currency, amount });

/** What the payee states who has the money. */
export const acknowledgeInput = (
  on: Place,
  holder: PlayerName,
  { presentmentId, uetr }: Payment,
): Ticketed<'presentment:acknowledge'> => ({ presentmentId, uetr, ticketId: on.id(holder) });

/** What the payer's bank reports. */
export const reportInput = (
  { presentmentId, uetr, currency, amount }: Payment,
  status: Input<'payment:report'>['status'] = 'ACCC',
): Input<'payment:report'> => ({ presentmentId, uetr, currency, amount, status, messageHash: MESSAGE_HASH });

/** What reopening a presentment takes whose payment was rejected, or whose payee acknowledged another one. */
export const reopenInput = (
  on: Place,
  { presentmentId, uetr }: Pick<Payment, 'presentmentId' | 'uetr'>,
): Ticketed<'presentment:reopen'> => ({ presentmentId, uetr, ticketId: on.id('bank') });

/** What the payee's bank says of a payment that it sent back. */
export const returnInput = (
  on: Place,
  { presentmentId, uetr, currency, amount }: Payment,
): Ticketed<'payment:return'> => ({
  ...{ presentmentId, uetr, currency, amount, ticketId: on.id('bank'), returnedOn: on.date },
  reason: 'AC04',
  messageHash: MESSAGE_HASH,
});

/** What the payer's bank makes owed again. */
export const reinstateInput = (on: Place, { presentmentId, uetr }: Payment): Ticketed<'slice:reinstate'> => ({
  ...{ presentmentId, uetr, ticketId: on.id('bank') },
});

/** What the payee's bank attests. */
export const attestInput = (
  on: Place,
  { presentmentId, uetr, currency, amount }: Payment,
  account = ACCOUNT,
): Ticketed<'payment:attest'> => ({
  ...{ presentmentId, uetr, currency, amount, account, ticketId: on.id('bank'), valueDate: on.date },
  creditReference: `AcctSvcrRef ${uetr}`,
  messageHash: MESSAGE_HASH,
});
