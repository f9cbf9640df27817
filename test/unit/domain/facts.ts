/** A deal in records, for the rules' tables: who is who, and one good record of every kind. Written by hand. */
import type { Caller, Opened, Unsalted } from '../../../chaincode/src/domain/decision.js';
import { encodeRecord } from '../../../chaincode/src/ledger/codec.js';
import type { BookKind, BookRecord, Duty, PublicRecord, Role } from '../../../chaincode/src/protocol/records/index.js';
import { BANK, CONTRACTOR, HASH, idOf, ISSUER, SUPPLIER, UETR } from '../protocol/samples.js';

export { BANK, CONTRACTOR, HASH, idOf, ISSUER, SUPPLIER, UETR };

/** A second bank, of an organisation of its own. */
export const OTHER_BANK = '5493001KJTIIGC8Y1R12';

export const MSP = {
  issuer: 'IssuerMSP',
  bank: 'BankMSP',
  supplier: 'SupplierMSP',
  contractor: 'ContractorMSP',
  otherBank: 'OtherBankMSP',
} as const;

/** A Monday. */
export const TODAY = '2026-11-23';
export const YESTERDAY = '2026-11-22';
export const TOMORROW = '2026-11-24';
/** A Monday less than six months later, and the payment date of the certificate. */
export const DUE = '2027-03-15';

type Party = PublicRecord<'party'>;

const partyOf = (id: string, mspId: string, roles: Role[]): Party => ({
  ...{ schema: 'tenor.party/1' as const, id, name: id, mspId, roles, sme: false, status: 'ACTIVE' as const },
});

export const PARTY = {
  issuer: partyOf(ISSUER, MSP.issuer, ['issuer']),
  bank: partyOf(BANK, MSP.bank, ['bank']),
  supplier: partyOf(SUPPLIER, MSP.supplier, ['supplier']),
  contractor: partyOf(CONTRACTOR, MSP.contractor, ['supplier']),
  otherBank: partyOf(OTHER_BANK, MSP.otherBank, ['bank']),
} as const;

export type PartyName = keyof typeof PARTY;

/** The identity of a person: 64 hex digits made from a letter. */
export const personOf = (letter: string): string => letter.repeat(64);
export const MAKER = personOf('a');
export const CHECKER = personOf('c');

/** An operator of a party with these duties. */
export function callerOf(name: PartyName, duties: Duty[] = ['checker'], identity = CHECKER): Caller {
  const { id, mspId } = PARTY[name];
  const operator = { schema: 'tenor.operator/1' as const, mspId, identity, duties, parties: [id] };
  return { mspId, identity, admin: false, operator };
}

/** A record as a submit sees it: shown, with its bytes. */
export function opened<Kind extends BookKind>(kind: Kind, record: BookRecord<Kind>): Opened<Kind> {
  const id = 'id' in record ? record.id : 'channel';
  return { kind, id, record, bytes: encodeRecord(record) };
}

/** An opened record with other contents. */
export const changed = <Kind extends BookKind>(
  { kind, record }: Opened<Kind>,
  changes: Partial<BookRecord<Kind>>,
): Opened<Kind> => opened(kind, { ...record, ...changes });

const salt = HASH;
const bank = { bank: BANK, bankMsp: MSP.bank };
const both = { issuer: ISSUER, issuerMsp: MSP.issuer, ...bank };
const id = idOf('certificate');

export const LINE = opened('line', {
  ...{
    schema: 'tenor.line/1',
    id: idOf('line'),
    ...both,
    currency: 'USD',
    limit: '1000',
    utilised: '400',
    expiresOn: '2027-12-31',
  },
  ...{ revolving: true, autoConfirm: true, salt },
});

export const CLAIM = opened('claim', {
  ...{ schema: 'tenor.claim/1', id: '1'.repeat(64), type: 'INVOICE', number: 'INV-1', seller: SUPPLIER, ...both },
  ...{ currency: 'USD', capacity: '1000', documentHash: HASH, allocations: [], salt },
});

export const DRAFT = opened('draft', {
  ...{ schema: 'tenor.draft/1', id, maker: MAKER, salt },
  content: {
    ...{
      issuer: ISSUER,
      bank: BANK,
      payee: SUPPLIER,
      currency: 'USD',
      amount: '600',
      dueDate: DUE,
      calendar: 'CN',
      mode: 'GUARANTEED',
    },
    ...{ deliveredOn: '2026-11-20', claims: [{ claimId: CLAIM.id, amount: '600' }] },
  },
});

export const TERMS = opened('terms', {
  ...{ schema: 'tenor.terms/1', id, ...both, currency: 'USD', dueDate: DUE, paymentDate: DUE, mode: 'GUARANTEED' },
  ...{ policyVersion: 1, maxTier: 2, maxChildren: 4, salt },
});

export const FACE = opened('face', {
  ...{
    schema: 'tenor.face/1',
    id,
    ...both,
    payee: SUPPLIER,
    payeeMsp: MSP.supplier,
    currency: 'USD',
    amount: '600',
    dueDate: DUE,
  },
  ...{ deliveredOn: '2026-11-20', claims: [{ claimId: CLAIM.id, amount: '600' }], salt },
});

export const CONFIRMATION = opened('confirmation', {
  ...{ schema: 'tenor.confirmation/1', id, outcome: 'CONFIRMED', by: 'BANK', lineId: LINE.id, salt },
});
export const REJECTION = opened('confirmation', {
  schema: 'tenor.confirmation/1',
  id,
  outcome: 'REJECTED',
  by: 'BANK',
  salt,
});

export const OFFERED = opened('status', {
  schema: 'tenor.status/1',
  id,
  state: 'OFFERED',
  offerExpiresOn: '2026-12-15',
  salt,
});
export const statusOf = (state: BookRecord<'status'>['state']): Opened<'status'> =>
  opened('status', { schema: 'tenor.status/1', id, state, salt });

export const SLICE = opened('slice', {
  ...{ schema: 'tenor.slice/1', id: idOf('slice'), certificateId: id, parentId: null, currency: 'USD', amount: '600' },
  ...{ holder: SUPPLIER, holderMsp: MSP.supplier, tier: 0, state: 'FREE', lock: null, children: [], salt },
});

export const TRANSFER_LOCK = {
  ...{
    kind: 'TRANSFER' as const,
    id: idOf('transfer'),
    counterparty: CONTRACTOR,
    counterpartyMsp: MSP.contractor,
    expiresOn: '2026-12-15',
  },
};
export const OFFERED_SLICE = changed(SLICE, { state: 'OFFERED', lock: TRANSFER_LOCK });
/** On offer for so long that no other guard sees the offer lapse first. */
export const LONG_OFFERED_SLICE = changed(SLICE, {
  state: 'OFFERED',
  lock: { ...TRANSFER_LOCK, expiresOn: '2028-01-01' },
});

export const PRESENTMENT = opened('presentment', {
  ...{ schema: 'tenor.presentment/1', id: idOf('presentment'), holder: SUPPLIER, holderMsp: MSP.supplier, ...bank },
  ...{
    payeeBank: BANK,
    payeeBankMsp: MSP.bank,
    account: 'ACCOUNT-1',
    currency: 'USD',
    amount: '600',
    sliceIds: [SLICE.id],
    salt,
  },
});
/** The same, payable to an account at another bank. */
export const FOREIGN_PRESENTMENT = changed(PRESENTMENT, { payeeBank: OTHER_BANK, payeeBankMsp: MSP.otherBank });

export const presented = (presentment: Opened<'presentment'>): Opened<'slice'> =>
  changed(SLICE, {
    state: 'PRESENTED',
    lock: { kind: 'PRESENTMENT', id: presentment.id, counterpartyMsp: presentment.record.payeeBankMsp },
  });

const paid = { presentmentId: PRESENTMENT.id, currency: 'USD', amount: '600' };
export const PAYMENT = opened('payment', {
  schema: 'tenor.payment/1',
  id: UETR,
  ...paid,
  status: 'ACCC',
  messageHash: HASH,
  salt,
});
export const ATTESTATION = opened('attestation', {
  schema: 'tenor.attestation/1',
  id: UETR,
  ...paid,
  valueDate: DUE,
  messageHash: HASH,
  salt,
});
export const ACKNOWLEDGEMENT = opened('acknowledgement', {
  ...{ schema: 'tenor.acknowledgement/1', id: PRESENTMENT.id, uetr: UETR, currency: 'USD', amount: '600', salt },
});

/** A ticket by the bank's maker for this very payload, with the facts of the call that uses it. */
export const TICKET = {
  opened: opened('ticket', {
    ...{
      schema: 'tenor.ticket/1',
      id: idOf('ticket'),
      party: BANK,
      command: 'a:command',
      payload: '{"private":{},"request":{}}',
      maker: MAKER,
    },
    ...{ expiresOn: TODAY, salt },
  }),
  command: 'a:command',
  payload: '{"private":{},"request":{}}',
};

/** What a rule writes, without the fields that every expectation would repeat. */
export const unsaltedOf = <Kind extends BookKind>({ record }: Opened<Kind>): Unsalted<Kind> => {
  const { salt: _salt, ...rest } = record as BookRecord<Kind> & { salt?: string };
  return rest;
};
