/** Refusals: their codes, and how they travel in the message of a response. */
import { CLASS_OF, type ErrorClass } from './errorClasses.js';

/**
 * The complete table of refusals. A code never changes its meaning and is never removed. `data` carries only ids, codes,
 * paths and indexes. Fabric publishes nothing of a refused proposal, but every endorser's log may keep the text.
 */
export const ERRORS = {
  // What was sent
  FUNCTION_UNKNOWN: 'No transaction has that name. Write it as `noun:verb`; docs/API.md lists them all.',
  REQUEST_MALFORMED:
    'The request does not have the documented shape. Correct the field that `path` names, or remove what docs/API.md does not list where `path` is empty.',
  REQUEST_TOO_LARGE:
    'The request, its private part or its openings are larger than the documented limit. Send fewer items, or shorter texts.',
  PRIVATE_MISSING:
    'The transient field `private` is missing or is not JSON. Send the private part there, never as an argument.',
  SEED_INVALID:
    'The transient field `seed` must hold exactly 32 random bytes. Draw them with a cryptographic generator, as `openssl rand 32` does.',
  ID_MALFORMED:
    'An id must have the form `<register>~<drawer>~<random>`: two MSP ids, and 16 to 64 letters, digits, `-` or `_` with at least 64 random bits. A transfer id is the random part alone. Draw ids with `newId`, and a transfer id with `newReference`.',
  ID_TAKEN: 'A record with that id exists already and has other content. Choose a new id.',
  ID_FOREIGN:
    "The organisation that creates a record must have drawn its id, for the book that keeps the record. Draw it with `newId`, and name that book's organisation where it is not your own.",
  DUPLICATE_ITEM: 'The request names the same id twice. Name each id once.',
  AMOUNT_MALFORMED:
    'An amount must be a string of digits in minor units of its currency, without sign, point or leading zero. Write USD 12.50 as "1250".',
  AMOUNT_OUT_OF_RANGE:
    'An amount must be above zero and at most 10^18 minor units. Correct it, or take fewer items where it is their sum.',
  AMOUNT_EXPONENT:
    'A decimal amount must have exactly the number of decimals that ISO 4217 gives its currency. Write them all, as in 12.50 USD, 12 JPY or 12.500 KWD.',
  CURRENCY_UNKNOWN:
    'The currency is not an ISO 4217 code that this release knows. Write three capitals, such as USD or CNY.',
  CURRENCY_MISMATCH:
    'Two amounts have different currencies, but must have the same one. Use records and lines of one currency.',
  DATE_MALFORMED: 'A date must be a real calendar date of the years 1900 to 2199. Write it as YYYY-MM-DD.',
  IDENTIFIER_CHECKSUM:
    'A party id must be an LEI (ISO 17442) or a USCI (GB 32100) with valid check digits. Look for a wrong or missing letter or digit.',
  UETR_MALFORMED: 'A UETR must be a lower-case UUID version 4. Take it from the payment message.',
  REFERENCE_MALFORMED:
    "An end-to-end reference must be 1 to 35 Latin letters, digits, blanks and signs of +?/:().,'-, without a blank or slash at either end or two slashes together, and not NOTPROVIDED. Choose another one, such as INV-2027-0042.",
  ACCOUNT_MALFORMED:
    'An account must be written in electronic form, without blanks and dashes: under the scheme IBAN with check digits that agree, as in DE89370400440532013000, and under OTHER as 1 to 34 letters and digits that are no IBAN. Correct the account; `electronicAccount` of the client removes what belongs to paper.',
  BATCH_MIXED:
    'All items of one request must share the same parties and currency, and slices that are to be financed also the payment date. Send a separate request for each group.',
  // What was opened
  OPENING_MISSING:
    'The transient field `openings` lacks a record that this transaction needs. Fetch it with the query `command:open`.',
  OPENING_MALFORMED:
    'An opening is not a record of the kind that its key names. Fetch the openings anew with the query `command:open`.',
  OPENING_MISMATCH:
    'An opening is not the current record in its register. It is out of date or forged, or this peer is a block behind. Read the record again, and fetch the openings anew with the query `command:open`.',
  NOT_RESTORABLE:
    'Records of that kind cannot be restored. Make a ticket or a draft again under another id, and adopt a founding again.',
  BOOK_ELSEWHERE:
    "This peer does not hold what your organisation's book holds there. Ask a peer of your own organisation, or wait until yours has it. If your organisation has lost it, adopt the founding again and take the records back from other parties with `book:restore`.",
  RECORD_UNREADABLE:
    'The bytes stored under that key are not a record of that kind and id. Take the right bytes from another party with `book:restore`.',
  NOT_FOUND:
    "Neither the registry nor the book of the caller's organisation holds such a record. Check its kind, id and register. If your organisation has lost the record, take it back from another party with `book:restore`.",
  // Who asks
  REGISTRY_NOT_FOUNDED:
    'The registry has not been bootstrapped on this channel. Let every founder call `registry:adopt`, then one of them `registry:bootstrap`.',
  REGISTRY_FOUNDED:
    'The registry has been bootstrapped already. Read it with `registry:get`, and change it with `registry:propose`.',
  FOUNDING_MISSING:
    'An organisation has not yet adopted the founding of this registry in its own book. Let its administrator call `registry:adopt` with the same founders.',
  FOUNDERS_INVALID:
    "A registry needs at least two different founders, and the caller's organisation must be one of them. Name them all once, your own among them.",
  MSP_UNKNOWN:
    'The channel has no organisation with that MSP id. Check how it is written, capitals included, or add the organisation to the channel first.',
  CALLER_UNREADABLE:
    "The caller's identity must be exactly one PEM certificate. Send it as the certificate authority wrote it, with nothing before or after it.",
  CALLER_NOT_ADMIN: 'Only an administrator (NodeOU admin) of the organisation may do this. Let one call.',
  CALLER_NOT_REGISTERED:
    'The calling identity is not a registered operator of its organisation. Register it: two administrators of the organisation decide the change `operator`, with the identity that `registry:whoami` answers.',
  CALLER_NOT_ALLOWED:
    'The calling identity may not act for that party, or lacks the duty that this transaction needs. Let somebody call who may; docs/API.md says who that is.',
  SAME_PERSON: 'This needs four eyes: maker and checker must be two different identities. Let another person call.',
  TICKET_MISMATCH:
    'The ticket was prepared for another party, another command or other content. Send exactly what `ticket.read` shows, or let a maker prepare a new ticket.',
  TICKET_EXPIRED: 'The ticket has expired. Prepare a new one.',
  TICKET_TERM: 'A ticket can be used for at most thirty days. Prepare one with an earlier last day.',
  PARTY_UNKNOWN: 'No party with that id is registered. Check the id, or let the founders register the party.',
  PARTY_TAKEN: 'That party is bound to another organisation. Name the organisation in `mspId`, or another party.',
  PARTY_ID_TAKEN:
    'One of the two ids belongs to another party. `party` names that party. Check both ids with `registry:get`.',
  PARTY_OTHER_ID: 'That is the second id of a party. Name the party by the id under which it is registered: `party`.',
  PARTY_SUSPENDED:
    'The party is suspended. It can finish what it has begun, but cannot begin anything new. Ask the founders, who can set its status to ACTIVE.',
  PARTY_ROLE:
    'The party does not have the role that this transaction needs. Name a party that has it, or let the founders give it this one.',
  SAME_ORGANIZATION:
    "Issuer and bank must belong to different organisations, because no organisation can confirm its own promise. Name a bank of another organisation. A payee in its bank's organisation does not acknowledge: its bank's word is enough.",
  // Registry
  PROPOSAL_CLOSED: 'The proposal has been applied already. Make a new proposal if something else is to change.',
  PROPOSAL_MIXED:
    'All changes of one proposal must be approved by the same people. Make a separate proposal for each group.',
  REGISTRY_FULL:
    'The registry already holds as many records of that kind as the limits allow. Change one of these instead.',
  NOT_LEAVING:
    'Records can be preserved only while the organisation is leaving. Let the founders approve its departure with the state LEAVING first.',
  ORGANIZATION_LEFT:
    'The organisation has left the channel. Its book cannot be written, and only those of its records count that were preserved. Add its MSP to the channel again and set its departure to LEAVING if more of them are to be preserved.',
  PROPOSAL_STALE:
    'The proposal can no longer be applied, because the records that it changes have changed since. Make a new proposal.',
  ALREADY_APPROVED:
    'The calling organisation or identity has approved this proposal already. Let somebody else approve it.',
  BUSINESS_DATE_BACKWARDS:
    'Operators only move the business date forward. Let the founders take it back; they cannot take it behind the week before the transaction.',
  BUSINESS_DATE_STEP:
    'Operators move the business date by at most a week, or to the next business day where that is further away. Take several steps, or let the founders take a larger one.',
  BUSINESS_DATE_AHEAD:
    'The business date would be later than the first business day after the day of the transaction. Wait, or let the founders set it.',
  NOT_A_BUSINESS_DAY:
    'That day is not a business day of the calendar. Choose one that is neither a holiday nor on a weekend.',
  BUSINESS_DATE_MISSING: 'No business date has been set yet. Let the founders set the first one.',
  POLICY_MISSING:
    'No policy is in force on the business date. Let the founders register one that takes effect by then.',
  CALENDAR_UNKNOWN: 'No calendar has that id. Check the id, or let the founders register the calendar.',
  CALENDAR_ENDS:
    "The calendar does not reach that day: its holidays are known until `until`. Choose an earlier day, or let the founders register the calendar's next version.",
  // Lines, documents, certificates
  STATE:
    'The record is not in a state that allows this. `state` names the state that it is in. Look up in docs/API.md which steps lead on from there.',
  QUOTA_REACHED:
    "Your organisation's people have made as many calls of that command into that book as one business date allows. `mspId` names the book, `command` the command, and `limit` the number. Wait for the next business date, send more items in one call where the command takes a list, or leave out a copy that is not needed (`books: register`) where it takes that.",
  CONFIRMATION_EXISTS:
    'The certificate is confirmed or rejected already. Read its confirmation, which says which of the two.',
  LINE_FOREIGN:
    'The credit line belongs to another bank or another issuer than the certificate. Name a line of this bank to this issuer.',
  LINE_EXCEEDED:
    'The credit line has less available than this needs, or is drawn beyond its limit because payments came back (EXCESS). Lower the amount, wait until paid amounts are restored to the line, or name another line.',
  LINE_UNDRAWN:
    'This would give back more than is drawn on the credit line. Compare the line with the other organisation.',
  LINE_EXPIRED:
    'The credit line expires before the certificate is due, or has expired. Choose a line or a last day that reaches further.',
  LINE_TERM: 'A credit line is opened for at most ten years. Choose an earlier last day.',
  LINE_NOT_AUTOMATIC:
    'The credit line does not allow automatic confirmation. Submit without naming a line, and let the bank confirm.',
  DOCUMENT_CLAIMED:
    'The document is claimed already. `mspId` names the bank whose book has the claim. Ask that bank for whom. Two sellers or two years make two documents.',
  DOCUMENT_KNOWN:
    'The same file was taken already. `mspId` names the bank whose book has it. Ask that bank: it finds the claim by `book:get` of the kind `paper` and the id in the refusal. `claimId` names the claim that counted this credit note.',
  DOCUMENT_USED:
    'Certificates use the document. Unwind them first; once one of them was accepted, the claim cannot be given up.',
  DOCUMENT_RECLAIMED:
    'The document was released and claimed again since. Look at its claim, and name the reservation that is in it.',
  DOCUMENT_CREDITED:
    'Credit notes were counted on the document, and giving up its claim would forget them. Ask the bank to release the claim.',
  DOCUMENT_DATE:
    'The date of issue of the document must be the business date or one of the ten years before it. Compare it with the document.',
  RESERVATION_LAPSED: 'The claim was not confirmed within 30 days. Claim the document again.',
  DOCUMENT_CAPACITY:
    'The claimed documents have less capacity left than this needs. Lower the amount, or claim another document for the rest.',
  DOCUMENT_FOREIGN:
    'A claim belongs to another issuer, payee, bank or currency than the certificate. Name claims that have all four in common with it.',
  TENOR_EXCEEDED:
    'The due date is later than the longest tenor allows. Choose an earlier one: `maxTenorMonths` of the policy in force is the limit.',
  TENOR_UNJUSTIFIED:
    'A tenor of this length needs a justification. Give one in `tenorJustification`, or choose an earlier due date.',
  SME_TERM_EXCEEDED:
    'The payee is a small or medium enterprise, and the due date is too long after the delivery, or after the business date where the goods are yet to be delivered. Choose an earlier due date: `smePaymentDays` of the policy in force is the limit.',
  ISSUER_IS_PAYEE: 'Issuer and payee must be two parties, because nobody owes itself. Name another payee.',
  DUE_DATE_PAST: 'The due date must be after the business date. Choose a later one.',
  DUE_NOT_REACHED:
    'The certificate is not due yet. Present its slices when the business date has reached the due date.',
  DUE_REACHED: 'The certificate is due, so its slices can no longer be split or transferred. Present them.',
  OFFER_LAPSED:
    'The offer has lapsed. Ask the holder to offer the slice again, or the bank and the issuer for a new certificate.',
  OFFER_EXPIRY:
    'An offer, or a request for financing, must expire on the business date or later, and before the certificate is due; a batch within 92 days. Choose a day between them.',
  // Slices
  SUM_MISMATCH: 'The parts do not add up to the whole. Correct the amounts; they are compared to the minor unit.',
  TIER_EXCEEDED:
    'The slice has been transferred as often as its certificate allows. Keep it, and present it when it is due.',
  CHILDREN_EXCEEDED:
    'A slice is split into at least two parts, and into no more than its certificate allows. Choose a number between them; parts can be split again.',
  SELF_TRANSFER: 'A slice cannot be transferred to the party that holds it already. Name another party.',
  // Financing
  RATE_MALFORMED:
    'A rate is written in per cent a year, as digits with a point and at most six decimals, above 0 and below 100. Write 2.85 per cent as "2.85".',
  FINANCING_LAPSED: 'The request for financing has lapsed. Ask the holder to make a new one.',
  QUOTE_VALUE_DATE:
    'The value date of a quote must be the business date or later, and before the payment date of the slices. Choose a day between them.',
  QUOTE_EXPIRY:
    'A quote must be valid on the business date or longer, but not beyond its value date, nor beyond the last day of the request. Choose a day between them.',
  QUOTE_COST:
    'Interest and fee come to the whole amount of the slices or more, so nothing would be paid for them. Lower the rate or the fee.',
  // Settlement
  PAYMENT_NOT_FINAL:
    "The payment status is not ACCC (credited to the creditor's account), so it does not prove a payment. Report the payment again when a pacs.002 says ACCC.",
  PAYMENT_MISMATCH:
    'Amount, currency, UETR or presentment of the payment do not match. Compare the message with the presentment, and name the payment that was made for it.',
  OVERPAID:
    "The payment comes to more than is outstanding: what was demanded, less what has arrived and has not come back. Nothing of it counts. Let the payee's bank send it back (pacs.004, `payment.return`), and pay exactly what is outstanding.",
  UNDERPAID:
    'The payments that are named come to less than was demanded, or a charge was deducted on the way. Pay what is outstanding, and name all payments that pay together.',
  PAYMENTS_EXCEEDED:
    "So many payments have been made of this already that no further one counts. Let the payee's bank send one of them back, and pay the rest by one payment.",
  ACCOUNT_MISMATCH:
    'The credit was booked to another account than the one that the presentment names. Take the notification of that account; a credit to any other account proves nothing.',
  REFERENCE_MISSING:
    'The payment is named by no UETR, and the presentment gave no end-to-end reference. Name the UETR; or the holder withdraws the presentment and presents with an `endToEndId`.',
  REFERENCE_USED:
    'That end-to-end reference was attested on this account for another presentment. Name the UETR if the payment has one. Otherwise let the holder acknowledge the payment, and give each presentment a reference of its own.',
  CREDIT_USED:
    'That entry on the account was attested for another payment. One entry pays once. Take the entry that books this payment.',
  VALUE_DATE:
    'The value date of the credit or return lies more than 17 days before the presentment, so it belongs to something else, or more than a month after the business date, which no bank books. Compare it with the message.',
  VALUE_DATE_AHEAD:
    'The value date of the credit lies after the business date. Discharge the presentment when the business date has reached it.',
  UETR_USED:
    'That UETR belongs to another presentment. If it was reported for that one by mistake, report it there as RJCT or CANC first.',
  PAYMENT_RETURNED:
    "The payee's bank says that this payment was sent back, so it proves nothing. Pay anew, or let the payee acknowledge it with `inSpiteOfReturn` if it has the money.",
  RETURN_EXISTS: "The payee's bank has already recorded that this payment was sent back. Read that return.",
  RETURN_USED:
    'What this return took away was reinstated already, and each return counts once. Read the slices of the presentment: each that is RETURNED names its successors.',
  RETURN_UNCOUNTED:
    'The slice succeeds one that was counted against the face before its payment was sent back, so it would count twice. Leave it out until that one, which `sliceId` names, is taken out of the count.',
  MANDATE_SCOPE:
    'The mandate is not for this slice: it names another holder, bank or certificate. Read the mandate, and present each slice under one that is for it. If there is none, the holder presents the slice itself.',
  MANDATE_ENDED: "The mandate's last day is over. Ask the holder for a new one, or let it present the slices itself.",
  MANDATE_TERM: 'A mandate is given for at most two years. Choose an earlier last day.',
  ACKNOWLEDGEMENT_NEEDED:
    'Payer and payee share the bank, so its word alone is not enough. Ask the payee to acknowledge the payment, or after some days the stand-in that the presentment names.',
  STAND_IN_EARLY:
    'A stand-in may acknowledge for a payee only when seven days have passed since the presentment or instruction, the value date of the credit and its attestation. `since` is the latest of them. Wait until then.',
  ATTESTATION_NEEDED:
    "Only the payer's bank says so far that the money has arrived. Ask the payee's bank to attest the payment. Where that is another bank, the payee's acknowledgement can take the place of its attestation.",
  ACKNOWLEDGEMENT_EXISTS:
    'The presentment is acknowledged already. Read the acknowledgement; if it names the wrong payment, the bank reopens the presentment.',
  SLICE_COUNTED: 'The slice has already been counted against the face of its certificate. Leave it out.',
  PAYMENT_PENDING:
    'The presentment has a payment that was reported and has not ended, or that was attested. Wait for its end. If the payment was rejected, let the bank that reported it reopen the presentment; if it was reported as arrived by mistake, report the one that pays with `anew`.',
  PAID_EXCEEDS_FACE:
    'More would be counted as paid than the face of the certificate. Compare the paid slices with the certificate, together with the other organisation.',
  // Batches
  LEG_KIND:
    'A step of a batch was asked for a leg of another kind. `what` names the kind of the leg. Look up in docs/API.md which steps a leg of that kind has.',
  LEG_FOREIGN:
    'The leg does not belong to that batch, party or slice. Name the ids of all legs of the batch, with this one among them, and take what its own record says.',
  BATCH_SIZE:
    'A batch has from two to 50 legs, and whoever gives by it takes by it, because something is given for something. Name the ids of all its legs, and approve together what a party gives and what it takes; what is given for nothing is offered with `slice:offer`.',
  BATCH_EXPIRED:
    'The last day of a leg of the batch is over. Draw a new batch; what was allocated to this one can be released.',
  BATCH_OPEN:
    'The batch can still be agreed, or nobody has declined it. Wait for its last day, or let a member decline it before its money is sent.',
  SHEET_MISMATCH:
    'The sheet does not fit the batch: it needs one row for each leg, in the order of their ids. Take the rows from the legs, or from the parties of those legs that you do not see.',
  NOT_ALLOCATED:
    'A leg of the batch is not allocated as the sheet says, or was released since. `id` names the leg. Wait until its sender has allocated or instructed it, or compare the sheet with its parties.',
  NOT_APPROVED:
    'An organisation has not approved what its parties give and take in the batch. `mspId` names it. Ask it for its approval.',
  NOT_PROVEN:
    'The money of a leg is not proven yet. `id` names the leg. Ask the bank that `mspId` names to block the money or attest the credit, or the payee to acknowledge it, and after some days of silence the stand-in that the leg names.',
  OUTCOME_EXISTS:
    'The batch has an outcome already. Read it: a batch that is committed is completed, and one that is aborted is released.',
  OUTCOME_MISSING:
    'The batch is not committed, so nothing changes hands. Read its outcome, and commit it when everything is approved and proven.',
  FUNDS_SENT:
    "Money was sent for a leg of the batch, or has come, so the batch cannot be released or aborted. `id` names the leg. Wait for the credit and commit the batch; or, where no money came, let the payer's bank take its report back or the payee's bank deny the credit; the payee denies it where its bank is the payer's side.",
  APPROVAL_EXISTS:
    'Your organisation has given its word on these legs already. Read the approval; an approved batch ends by its last day, not by a second word.',
  NOT_FOR_RECEIVER:
    'What the leg promises is not locked for it, or its holder could keep it back although you pay: its lock names neither who proves your payment nor the stand-in that your leg names. Read the slice in the register, and do not approve; where the leg names a stand-in, money is instructed before the slice is allocated against its row.',

  PLEDGE_TERM:
    'A pledge runs at least as long as its batch, and ends before the slice is due. Choose a last day between them.',
  PLEDGE_OPEN: 'The pledge can still be redeemed. Wait until its last day is over.',
  FINANCING_ACCEPTED: 'A quote for that request is accepted already. Read the acceptance, which says which one.',
  FINANCING_MISMATCH:
    'The quote, its price, or the legs of the batch are not what was asked, quoted and accepted. Compare them: all slices of the quote go to the funder, and its net amount goes to the account that the holder named.',
  FUNDING_EXCEEDED:
    "The price and what is financed already are more than the funder's own limit. `what` says whether it is the limit for the seller or for the issuer. Call `financing:release` for what is paid, raise the limit with `financing:limit`, or decline the batch.",
  FUNDING_UNRESERVED:
    'The funder keeps limits of what it finances, and has not counted this quote. Call `financing:reserve`, which looks at the limits in its own book alone, and settle then.',
  FINANCING_SETTLED:
    'The accepted quote was settled by one call already. Read its legs, which name the request in `financing`; what is sold again is asked for, quoted and accepted anew.',
  QUOTE_LAPSED: 'The last day of the quote is over. Ask the bank for a new one.',
  REGISTRATION_EXISTS: 'The financing is registered already. Read its registration.',
  REGISTRATION_MISSING:
    'The funder has not said yet that it registered the financing in the registry of movables. Register it, and call `financing:register` before the money is sent.',
  AUDIENCE_MIXED:
    'Not everybody who endorses this may see every leg of the batch. Submit `batch:commit`, and then `slice:complete` for each slice. A quote that has such legs is accepted without `atOnce`, and carried out by a batch.',
  LIABLE_EXCEEDED: 'The slice names as many sellers with recourse as it can. Leave `recourse` out, or keep the slice.',
  NET_MISMATCH:
    'What the party surrenders and takes back does not cancel out against the money that it pays or gets, or not everything has one currency and one payment date. Correct the amounts, and let every leg of the batch say `nets`.',
  EXCHANGE_MISMATCH:
    'The two amounts do not follow from the rate, its remainder is another, or the two legs do not name the same exchange. Take the amount of the quote leg from the base leg, rounded down, and name what remains as `residual`.',
  EXCHANGE_EXPIRED: 'The rate can no longer be accepted. Draw a new batch with a new rate.',

  // Client side
  CONFLICT: 'Other transactions kept changing the same record first. Look at the record and try again later.',
  ENDORSEMENT_POLICY_FAILURE:
    'The transaction was not endorsed by all organisations that its records need. Send it to exactly those that `command:plan` names.',
  NOT_COMMITTED:
    'The transaction was ordered but found invalid. `validation` names the code. Read the records again before you repeat the call.',
  OUTCOME_UNKNOWN:
    'The transaction may or may not commit. Call the same method with the same input: the client first finds out what happened, and sends nothing twice.',
  BOOKS_OPEN:
    "Every member of the channel can read every organisation's book, so nothing was planned or sent. Close the books with `npm run network -- close-books`; docs/operators.md says how.",
  UNAVAILABLE:
    'A peer or the orderer did not answer. Nothing was sent for ordering. Check that they run, and that their addresses and the channel are right. Repeat the call then.',
  LEDGER_READ_REFUSED:
    "Your organisation's peer does not let this identity read blocks through its system chaincode `qscc`. Allow it `qscc/GetChainInfo` and `qscc/GetBlockByNumber` in the channel's access list. Fabric's default allows them to every reader.",
  REFUSED_BY_NETWORK:
    'A peer refused the proposal without a code of this chaincode. Read `cause` and the log of the peer; the chaincode may not be there under this name.',
  CONFIGURATION: 'The client is configured wrongly. Correct what `problem` names.',
  INTERNAL:
    'Something that must always hold in this chaincode did not hold. This is a bug. Report it with the transaction id.',
} as const;

/** A code of {@link ERRORS}. */
export type ErrorCode = keyof typeof ERRORS;

/** Ids, codes, paths and indexes that belong to a refusal. Never amounts, names or echoed input. */
export type ErrorData = Readonly<Record<string, string>>;

/** A refusal: expected, coded and documented. The chaincode throws it and the client throws the same class. */
export class TenorError extends Error {
  override readonly name = 'TenorError';
  readonly code: ErrorCode;
  readonly data: ErrorData;
  /** What to do about it: a key of `ERROR_CLASSES`. */
  readonly class: ErrorClass;
  /** Set by the client when a transaction id was assigned. */
  readonly transactionId: string | undefined;

  constructor(code: ErrorCode, data: ErrorData = {}, at: { transactionId?: string; cause?: unknown } = {}) {
    super(`${code}: ${ERRORS[code]}`, at.cause === undefined ? undefined : { cause: at.cause });
    this.code = code;
    this.class = CLASS_OF[code];
    this.data = data;
    this.transactionId = at.transactionId;
  }
}

const MARK = 'TENOR/1 ';

/** The text for people comes first. Then comes a tail that {@link decodeError} finds anywhere inside a longer message. */
export function encodeError(error: TenorError): string {
  const data = Object.fromEntries(Object.entries(error.data).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${error.message} ${MARK}${JSON.stringify({ code: error.code, data })}`;
}

/** The refusal inside `text`, or undefined when there is none (or it comes from a newer chaincode). */
export function decodeError(
  text: string,
  at: { transactionId?: string; cause?: unknown } = {},
): TenorError | undefined {
  const start = text.indexOf(MARK);
  if (start < 0) return undefined;
  const found = firstJson(text.slice(start + MARK.length));
  if (found === undefined || !Object.hasOwn(ERRORS, found.code)) return undefined;
  return new TenorError(found.code as ErrorCode, found.data, at);
}

/** The JSON object at the start of `tail`. It ends at the first brace that makes it valid JSON, because a peer or a gateway may add text. */
function firstJson(tail: string): { readonly code: string; readonly data: ErrorData } | undefined {
  for (let end = tail.indexOf('}'); end >= 0; end = tail.indexOf('}', end + 1)) {
    try {
      return JSON.parse(tail.slice(0, end + 1)) as { code: string; data: ErrorData };
    } catch {
      // The object is not complete yet, was cut off, or is other text. If none is found, the caller shows the original error.
    }
  }
  return undefined;
}
