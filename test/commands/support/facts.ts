/** A deal in records, for the tables of rules: who is who, and one good record of every kind. Written by hand. */
import { createHash, createHmac } from 'node:crypto';
import type { Opened, Unsalted } from '../../../chaincode/src/domain/decision.js';
import { encodeRecord } from '../../../chaincode/src/ledger/codec.js';
import type {
  BookKind,
  BookRecord,
  DraftContent,
  Policy,
  PublicRecord,
  Role,
} from '../../../chaincode/src/protocol/records/index.js';
import { LEI } from '../../deal/players.js';

export const { issuer: ISSUER, bank: BANK, supplier: SUPPLIER, contractor: CONTRACTOR } = LEI;
/** A second bank, of an organisation of its own. */
export const OTHER_BANK = LEI.operator;

/** A party, and a bank, that a table registers in whichever organisation it needs one more. */
export const NEIGHBOUR = '529900NEIGHB0UR00055';
export const NEIGHBOUR_BANK = '529900NEXTD00RBANK75';

export const MSP = {
  issuer: 'IssuerMSP',
  bank: 'BankMSP',
  supplier: 'SupplierMSP',
  contractor: 'ContractorMSP',
  otherBank: 'OtherBankMSP',
} as const;
export type PartyName = keyof typeof MSP;

export const HASH = 'ab'.repeat(32);
/** A text that no refusal may repeat. */
export const CANARY = 'canary-5f0c1e9b77';
export const UETR = '97ed4827-7b6f-4491-a06f-b548d5a7512d';
export const OTHER_UETR = '11111111-2222-4333-8444-555555555555';

/** What is random in an id here says what it is of. */
export const reference = (what: string, number = 1): string =>
  `${what}-${String(number).padStart(Math.max(2, 21 - what.length), '0')}`;

/** A record id for the book of one organisation, drawn by another: `idOf('bank', 'supplier', 'slice')`. */
export const idOf = (register: PartyName, drawer: PartyName, what: string, number = 1): string =>
  `${MSP[register]}~${MSP[drawer]}~${reference(what, number)}`;

/** A Monday. */
export const TODAY = '2026-11-23';
export const YESTERDAY = '2026-11-22';
export const TOMORROW = '2026-11-24';
/** A Monday less than six months later, and the payment date of the certificate. */
export const DUE = '2027-03-15';
/** Last day of every offer here. */
export const OFFER_END = '2026-12-15';

type Party = PublicRecord<'party'>;

export const partyOf = (id: string, mspId: string, roles: Role[]): Party => ({
  ...{ schema: 'tenor.party/1' as const, id, name: id, mspId, roles, sme: false, status: 'ACTIVE' as const },
  version: 1,
});

export const PARTY: { readonly [Name in PartyName]: Party } = {
  issuer: partyOf(ISSUER, MSP.issuer, ['issuer']),
  bank: partyOf(BANK, MSP.bank, ['bank']),
  supplier: partyOf(SUPPLIER, MSP.supplier, ['supplier']),
  contractor: partyOf(CONTRACTOR, MSP.contractor, ['supplier']),
  otherBank: partyOf(OTHER_BANK, MSP.otherBank, ['bank']),
};

export const POLICY: Policy = {
  ...{ version: 1, effectiveFrom: '2025-06-15', maxTenorMonths: 12, justifyBeyondMonths: 6, smePaymentDays: 60 },
  ...{ maxTier: 2, maxChildren: 4, graceDays: 5, standIns: [] },
};
export const policiesOf = (...versions: Policy[]): PublicRecord<'policies'> => ({
  schema: 'tenor.policies/1',
  versions,
});
export const CALENDAR: PublicRecord<'calendar'> = {
  ...{ schema: 'tenor.calendar/1', id: 'CN', version: 1, weekend: [5, 6], holidays: ['2027-01-01'], extraWorkdays: [] },
  until: '2029-12-31',
};

/** A record as it is opened. */
export function opened<Kind extends BookKind>(kind: Kind, record: BookRecord<Kind>): Opened<Kind> {
  const id = 'id' in record ? record.id : 'channel';
  const bytes = encodeRecord(record);
  return { kind, id, record, bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** An opened record with other contents, under its new id where that is one of them. */
export const changed = <Kind extends BookKind>(
  { kind, record }: Opened<Kind>,
  changes: Partial<BookRecord<Kind>>,
): Opened<Kind> => opened(kind, { ...record, ...changes });

const salt = HASH;
const bank = { bank: BANK, bankMsp: MSP.bank };
const both = { issuer: ISSUER, issuerMsp: MSP.issuer, ...bank };
const id = idOf('bank', 'issuer', 'certificate');

/** The SHA-256 of {"number":"INV1","seller":SUPPLIER,"type":"INVOICE","year":"2026"}. */
const CLAIM_ID = 'ce02981718d651a3289734ba6ecae00f3a418bcf89718ccdc702524269bb681d';

export const LINE = opened('line', {
  ...{ schema: 'tenor.line/1', id: idOf('bank', 'bank', 'line'), ...both, currency: 'USD', limit: '1000' },
  ...{ utilised: '400', expiresOn: '2027-12-31', revolving: true, autoConfirm: true, salt },
});

const document = {
  ...{ type: 'INVOICE' as const, number: 'INV-1', issuedOn: '2026-11-20', seller: SUPPLIER, ...both },
  ...{ currency: 'USD', capacity: '1000', documentHash: HASH },
};
/** A claim that nobody has confirmed. */
export const RESERVATION = opened('reservation', {
  ...{ schema: 'tenor.reservation/1', id: idOf('bank', 'issuer', 'reservation'), ...document },
  ...{ sellerMsp: MSP.supplier, reservedOn: TODAY, state: 'OPEN', salt },
});
/** The same once the bank has confirmed it. */
export const CLAIM = opened('claim', {
  ...{ schema: 'tenor.claim/1', id: CLAIM_ID, reservationId: RESERVATION.id, ...document, confirmedBy: BANK },
  ...{ allocations: [], credits: [], salt },
});
/** The SHA-256 of {"documentHash":HASH,"seller":SUPPLIER}. */
const PAPER_ID = 'e7f67cea93884001aed33a3059c94e0af6f88e714d50d398739864cb2de848af';
/** The mark that the file was taken for it. */
export const PAPER = opened('paper', {
  ...{ schema: 'tenor.paper/1', id: PAPER_ID, claimId: CLAIM_ID, bankMsp: MSP.bank, salt },
});
/** The same with what the certificate uses of it, and another. */
export const USED_CLAIM = changed(CLAIM, {
  allocations: [
    { certificateId: idOf('bank', 'issuer', 'certificate', 9), amount: '1' },
    { certificateId: id, amount: '600' },
  ],
});

export const CONTENT: DraftContent = {
  ...{ issuer: ISSUER, bank: BANK, payee: SUPPLIER, currency: 'USD', amount: '600', dueDate: DUE, calendar: 'CN' },
  ...{ mode: 'GUARANTEED', deliveredOn: '2026-11-20', claims: [{ claimId: CLAIM.id, amount: '600' }] },
};

export const TERMS = opened('terms', {
  ...{ schema: 'tenor.terms/1', id, ...both, currency: 'USD', dueDate: DUE, paymentDate: DUE, mode: 'GUARANTEED' },
  ...{ policyVersion: 1, maxTier: 2, maxChildren: 4, salt },
});

export const FACE = opened('face', {
  ...{ schema: 'tenor.face/1', id, ...both, payee: SUPPLIER, payeeMsp: MSP.supplier, currency: 'USD', amount: '600' },
  ...{ dueDate: DUE, deliveredOn: '2026-11-20', claims: [{ claimId: CLAIM.id, amount: '600' }], salt },
});

export const CONFIRMATION = opened('confirmation', {
  ...{ schema: 'tenor.confirmation/1', id, outcome: 'CONFIRMED', by: 'BANK', lineId: LINE.id, salt },
});
export const REJECTION = opened('confirmation', {
  ...{ schema: 'tenor.confirmation/1', id, outcome: 'REJECTED', by: 'BANK', salt },
});

const payeeMsp = MSP.supplier;
export const OFFERED = opened('status', {
  ...{ schema: 'tenor.status/1', id, state: 'OFFERED', payeeMsp, offerExpiresOn: OFFER_END, salt },
});
export const statusOf = (state: BookRecord<'status'>['state']): Opened<'status'> =>
  opened('status', { schema: 'tenor.status/1', id, state, payeeMsp, salt });

export const SLICE = opened('slice', {
  ...{ schema: 'tenor.slice/1', id: idOf('bank', 'supplier', 'slice'), certificateId: id, termsHash: TERMS.hash },
  ...{ parentId: null, currency: 'USD', amount: '600', holder: SUPPLIER, holderMsp: MSP.supplier, tier: 0 },
  ...{ state: 'FREE', lock: null, children: [], salt },
});

/** SHA-256 of certificate and holder. */
export const CONSOLIDATION_ID = createHash('sha256')
  .update(JSON.stringify({ certificateId: id, holder: SUPPLIER }))
  .digest('hex');
/** The slice became part of another one as it was presented. Its own record does not say so. */
export const CONSOLIDATION = opened('consolidation', {
  ...{ schema: 'tenor.consolidation/1', id: CONSOLIDATION_ID, certificateId: id, holder: SUPPLIER },
  ...{ holderMsp: MSP.supplier, wholes: [{ id: idOf('bank', 'bank', 'whole'), sliceIds: [SLICE.id] }], salt },
});

export const TRANSFER_LOCK = {
  ...{ kind: 'TRANSFER' as const, id: reference('transfer'), counterparty: CONTRACTOR },
  ...{ counterpartyMsp: MSP.contractor as string, expiresOn: OFFER_END },
};
export const OFFERED_SLICE = changed(SLICE, { state: 'OFFERED', lock: TRANSFER_LOCK });

/** The holder asks a bank of another organisation to finance it. */
export const FINANCING_REQUEST = opened('financingRequest', {
  ...{ schema: 'tenor.financingRequest/1', id: idOf('supplier', 'supplier', 'request'), holder: SUPPLIER },
  ...{ holderMsp: MSP.supplier, funder: OTHER_BANK, funderMsp: MSP.otherBank, sliceIds: [SLICE.id] },
  ...{ interestPayer: { kind: 'SHARED', issuerBasisPoints: 4000 }, expiresOn: OFFER_END, requestedOn: TODAY, salt },
});

/** What that bank would pay. Interest for 60 days is 2.5 cents, so 3: the seller's part of it is 1.8, so 2, and the issuer's 1.2, so 1. */
export const QUOTE = opened('quote', {
  ...{ schema: 'tenor.quote/1', id: idOf('otherBank', 'otherBank', 'quote'), requestId: FINANCING_REQUEST.id },
  ...{ holder: SUPPLIER, holderMsp: MSP.supplier, funder: OTHER_BANK, funderMsp: MSP.otherBank },
  ...{ currency: 'USD', amount: '600', rate: '2.5', dayCount: '30/360', valueDate: '2027-01-15', paymentDate: DUE },
  ...{ interestPayer: { kind: 'SHARED', issuerBasisPoints: 4000 }, interest: '3', sellerInterest: '2' },
  ...{ issuerInterest: '1', fee: '5', net: '593', slices: [{ sliceId: SLICE.id, net: '593' }], recourse: true },
  ...{ validUntil: OFFER_END, quotedOn: TODAY, salt },
});

/** The holder's account. */
export const ACCOUNT = { scheme: 'IBAN' as const, id: 'DE89370400440532013000' };

/** The holder accepts the quote. */
export const ACCEPTANCE = opened('acceptance', {
  ...{ schema: 'tenor.acceptance/1', id: FINANCING_REQUEST.id, quoteId: QUOTE.id, quoteHash: QUOTE.hash },
  ...{ holder: SUPPLIER, holderMsp: MSP.supplier, funder: OTHER_BANK, funderMsp: MSP.otherBank },
  ...{ payeeBank: BANK, payeeBankMsp: MSP.bank, account: ACCOUNT, acceptedOn: TODAY, salt },
});

/** The funder has registered the financing. */
export const REGISTRATION = opened('registration', {
  ...{ schema: 'tenor.registration/1', id: FINANCING_REQUEST.id, funderMsp: MSP.otherBank },
  ...{ registrationNo: '04711239001234567890', searchedOn: TODAY, registeredOn: TODAY, salt },
});

export const PRESENTMENT = opened('presentment', {
  ...{ schema: 'tenor.presentment/1', id: idOf('supplier', 'supplier', 'presentment'), holder: SUPPLIER },
  ...{ holderMsp: MSP.supplier, ...bank, payeeBank: BANK, payeeBankMsp: MSP.bank, account: ACCOUNT },
  ...{ currency: 'USD', amount: '600', presentedOn: DUE, sliceIds: [SLICE.id], state: 'OPEN', salt },
});
/** The same, payable to an account at another bank. */
export const FOREIGN_PRESENTMENT = changed(PRESENTMENT, { payeeBank: OTHER_BANK, payeeBankMsp: MSP.otherBank });

/** The holder lets the bank present its slices, to be paid into its account there. */
export const MANDATE = opened('mandate', {
  ...{ schema: 'tenor.mandate/1', id: idOf('supplier', 'supplier', 'mandate'), holder: SUPPLIER },
  ...{ holderMsp: MSP.supplier, ...bank, payeeBank: BANK, payeeBankMsp: MSP.bank, account: ACCOUNT, until: DUE, salt },
});

/** The reference that a payment without a UETR is to carry, and presentments that ask for it. */
export const END_TO_END_ID = 'RT-2027/0042a';
export const REFERRED = changed(PRESENTMENT, { endToEndId: END_TO_END_ID });
export const FOREIGN_REFERRED = changed(FOREIGN_PRESENTMENT, { endToEndId: END_TO_END_ID });

/** The same, where another bank may speak for the payee, which shares the bank of its payer. */
export const STAND_IN = { party: OTHER_BANK, mspId: MSP.otherBank };
export const STOOD_IN = changed(PRESENTMENT, { standIn: STAND_IN });

/** The slice as a presentment locks it. */
export const presented = (presentment: Opened<'presentment'>): Opened<'slice'> =>
  changed(SLICE, {
    state: 'PRESENTED',
    lock: {
      ...{ kind: 'PRESENTMENT', id: presentment.id },
      counterpartyMsp: presentment.record.standIn?.mspId ?? presentment.record.payeeBankMsp,
    },
  });

const paid = { presentmentId: PRESENTMENT.id, currency: 'USD', amount: '600' };
export const PAYMENT = opened('payment', {
  ...{ schema: 'tenor.payment/1', id: UETR, ...paid, bankMsp: MSP.bank, status: 'ACCC', messageHash: HASH, salt },
});
/** The bank's reference of the entry that credits the payment. */
export const CREDIT_REFERENCE = 'AcctSvcrRef ENTRY-1';
/** Key of an entry of the holder's account, as the other bank keeps it under a secret. */
export const creditIdOf = (secret: string, reference = CREDIT_REFERENCE): string =>
  hmac(secret, `{"account":"${ACCOUNT.id}","payeeBank":"${OTHER_BANK}","reference":"${reference}"}`);
/** Key of an end-to-end reference on that account. */
export const referenceIdOf = (secret: string, endToEndId: string): string =>
  hmac(secret, `{"account":"${ACCOUNT.id}","endToEndId":"${endToEndId}","payeeBank":"${OTHER_BANK}"}`);
const hmac = (secret: string, text: string): string =>
  createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex');
const CREDIT_ID = creditIdOf(salt);

export const ATTESTATION = opened('attestation', {
  ...{
    schema: 'tenor.attestation/1',
    id: UETR,
    ...paid,
    bankMsp: MSP.bank,
    payeeBankMsp: MSP.bank,
    valueDate: DUE,
    attestedOn: DUE,
  },
  ...{ creditId: CREDIT_ID, messageHash: HASH, salt },
});
/** The secret by which the other bank's book keys the entries that it attested. */
export const CREDIT_SECRET = opened('creditSecret', {
  ...{ schema: 'tenor.creditSecret/1', id: 'credits', payeeBankMsp: MSP.otherBank, salt },
});
/** The mark of the entry that it attested. */
export const CREDIT = opened('credit', {
  ...{ schema: 'tenor.credit/1', id: CREDIT_ID, presentmentId: PRESENTMENT.id, bankMsp: MSP.bank },
  ...{ payeeBankMsp: MSP.otherBank, paymentId: UETR, salt },
});
export const ACKNOWLEDGEMENT = opened('acknowledgement', {
  ...{ schema: 'tenor.acknowledgement/1', id: PRESENTMENT.id, bankMsp: MSP.bank, byMsp: MSP.supplier, paymentId: UETR },
  ...{ currency: 'USD', amount: '600', salt },
});

/** The mark that the payment is on its way. */
export const REMITTANCE = opened('remittance', {
  ...{ schema: 'tenor.remittance/1', id: PRESENTMENT.id, bankMsp: MSP.bank, paymentId: UETR, salt },
});
/** The mark that it came in. */
export const RECEIPT = opened('receipt', {
  ...{
    schema: 'tenor.receipt/1',
    id: PRESENTMENT.id,
    bankMsp: MSP.bank,
    payeeBankMsp: MSP.bank,
    paymentId: UETR,
    salt,
  },
});

/** The other bank sent it back. */
export const RETURN = opened('return', {
  ...{ schema: 'tenor.return/1', id: UETR, ...paid, bankMsp: MSP.bank, payeeBankMsp: MSP.otherBank },
  ...{ holderMsp: MSP.supplier, returnedOn: DUE, recordedOn: DUE, reason: 'AC04', messageHash: HASH, salt },
});

/** The secret by which the funder's book keys its limits. */
export const LIMIT_SECRET = opened('creditSecret', {
  ...{ schema: 'tenor.creditSecret/1', id: 'limits', payeeBankMsp: MSP.otherBank, salt },
});
/** Key of a limit of the funder in dollars, as it keeps it under a secret. */
export const limitIdOf = (secret: string, kind: 'SELLER' | 'ISSUER', party: string): string =>
  hmac(secret, `{"currency":"USD","funder":"${OTHER_BANK}","kind":"${kind}","party":"${party}"}`);
/** How much the funder finances for the supplier. */
export const SELLER_LIMIT = opened('fundingLimit', {
  ...{ schema: 'tenor.fundingLimit/1', id: limitIdOf(salt, 'SELLER', SUPPLIER), funder: OTHER_BANK },
  ...{
    funderMsp: MSP.otherBank,
    kind: 'SELLER',
    party: SUPPLIER,
    currency: 'USD',
    limit: '1000',
    utilised: '407',
    salt,
  },
});
/** How much it finances of what the issuer promised. */
export const ISSUER_LIMIT = opened('fundingLimit', {
  ...{ schema: 'tenor.fundingLimit/1', id: limitIdOf(salt, 'ISSUER', ISSUER), funder: OTHER_BANK },
  ...{ funderMsp: MSP.otherBank, kind: 'ISSUER', party: ISSUER, currency: 'USD', limit: '5000', utilised: '593', salt },
});

/** What the funder has counted for a financing of two slices, whose batch is the one in `batchFacts`. */
export const FINANCED = opened('financed', {
  ...{ schema: 'tenor.financed/1', id: QUOTE.id, funder: OTHER_BANK, funderMsp: MSP.otherBank },
  ...{ currency: 'USD', limitIds: [SELLER_LIMIT.id, ISSUER_LIMIT.id], expiresOn: OFFER_END },
  legIds: [
    idOf('bank', 'supplier', 'leg'),
    idOf('otherBank', 'contractor', 'leg', 2),
    idOf('otherBank', 'contractor', 'leg', 3),
  ],
  slices: [
    { sliceId: SLICE.id, net: '300' },
    { sliceId: idOf('bank', 'supplier', 'slice', 2), net: '100' },
  ],
  salt,
});

/** What a rule writes: a record without its salt, with these changes. */
export const unsaltedOf = <Kind extends BookKind>(
  { record }: Opened<Kind>,
  changes: Partial<BookRecord<Kind>> = {},
): Unsalted<Kind> => {
  const { salt: _salt, ...rest } = { ...record, ...changes } as BookRecord<Kind> & { salt?: string };
  return rest;
};
