/** A book by hand: a desk with rows of records that fit each other, and one deal for the tests to change. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../chaincode/src/protocol/canonical.js';
import type { BookRecord, Terms } from '../../../chaincode/src/protocol/records/index.js';
import type { Row } from '../../../chaincode/src/protocol/results.js';
import { DESK_KINDS, type Desk, type DeskKind, type DeskRows } from '../../../client/src/desk/desk.js';
import { LEI, type PlayerName } from '../../deal/players.js';

/** The organisation of a player. */
export const MSP: Readonly<Record<PlayerName, string>> = {
  ...{ issuer: 'IssuerMSP', bank: 'BankMSP', supplier: 'SupplierMSP', contractor: 'ContractorMSP' },
  ...{ operator: 'OperatorMSP', secondBank: 'SecondBankMSP', thirdBank: 'ThirdBankMSP' },
};
const SALT = 'ab'.repeat(32);
export const HASH = 'cd'.repeat(32);
export const DUE = '2027-03-15';
export const ACCOUNT = { scheme: 'OTHER', id: 'AU06300012345678' } as const;
export const UETR = 'f6fadfa7-e5c1-4b62-9362-da5cc13da58a';
export const OTHER_UETR = '5e4f7f0e-9d6b-4c53-8a3e-0d9f3f6f2b11';

/** An id for the book of one player that another one draws. */
export const idOf = (register: PlayerName, drawer: PlayerName, name: string): string =>
  `${MSP[register]}~${MSP[drawer]}~${name.padEnd(22, '0')}`;

/** A row of a record that its register holds. */
export const row = <Kind extends DeskKind>(kind: Kind, record: BookRecord<Kind>, register: string): Row<Kind> => ({
  ...{ kind, id: (record as { id: string }).id, register, opening: canonicalJson(record) },
  record,
  current: true,
});

/** Rows by their kind. */
export type Rows = { -readonly [Kind in DeskKind]?: Row<Kind>[] };

/** The book of a player. */
export function deskOf(player: PlayerName, rows: Rows, businessDate = DUE): Desk {
  const parties = Object.fromEntries((Object.keys(LEI) as PlayerName[]).map((name) => [LEI[name], MSP[name]]));
  const all = Object.fromEntries(DESK_KINDS.map((kind) => [kind, rows[kind] ?? []])) as unknown as DeskRows;
  return { mspId: MSP[player], businessDate, parties, rows: all };
}

const bankAndIssuer = { bank: LEI.bank, bankMsp: MSP.bank, issuer: LEI.issuer, issuerMsp: MSP.issuer } as const;
export const CERTIFICATE = idOf('bank', 'issuer', 'certificate');
export const LINE = idOf('bank', 'bank', 'line');

export const terms = (changes: Partial<Terms> = {}): Terms => ({
  ...{ schema: 'tenor.terms/1', id: CERTIFICATE, ...bankAndIssuer, currency: 'USD', dueDate: DUE, paymentDate: DUE },
  ...{ mode: 'GUARANTEED', policyVersion: 1, maxTier: 3, maxChildren: 50, salt: SALT, ...changes },
});
export const termsHash = (of: Terms): string => createHash('sha256').update(canonicalJson(of)).digest('hex');

export const face = (changes: Partial<BookRecord<'face'>> = {}): BookRecord<'face'> => ({
  ...{ schema: 'tenor.face/1', id: CERTIFICATE, ...bankAndIssuer, payee: LEI.supplier, payeeMsp: MSP.supplier },
  ...{ currency: 'USD', amount: '100000', dueDate: DUE, deliveredOn: '2026-11-20', claims: [], salt: SALT, ...changes },
});

export const slice = (name: string, changes: Partial<BookRecord<'slice'>> = {}): BookRecord<'slice'> => ({
  ...{ schema: 'tenor.slice/1', id: idOf('bank', 'supplier', name), certificateId: CERTIFICATE },
  ...{ termsHash: termsHash(terms()), parentId: null, currency: 'USD', amount: '60000', holder: LEI.supplier },
  ...{ holderMsp: MSP.supplier, tier: 0, state: 'FREE', lock: null, children: [], salt: SALT, ...changes },
});

export const line = (changes: Partial<BookRecord<'line'>> = {}): BookRecord<'line'> => ({
  ...{ schema: 'tenor.line/1', id: LINE, ...bankAndIssuer, currency: 'USD', limit: '250000', utilised: '100000' },
  ...{ expiresOn: '2027-12-31', revolving: true, autoConfirm: false, salt: SALT, ...changes },
});

export const confirmation = (changes: Partial<BookRecord<'confirmation'>> = {}): BookRecord<'confirmation'> => ({
  ...{ schema: 'tenor.confirmation/1', id: CERTIFICATE, outcome: 'CONFIRMED', by: 'BANK', lineId: LINE, salt: SALT },
  ...changes,
});

export const status = (changes: Partial<BookRecord<'status'>> = {}): BookRecord<'status'> => ({
  ...{ schema: 'tenor.status/1', id: CERTIFICATE, state: 'ACTIVE', payeeMsp: MSP.supplier, salt: SALT, ...changes },
});

export const PRESENTMENT = idOf('supplier', 'supplier', 'presentment');
export const presentment = (changes: Partial<BookRecord<'presentment'>> = {}): BookRecord<'presentment'> => ({
  ...{ schema: 'tenor.presentment/1', id: PRESENTMENT, holder: LEI.supplier, holderMsp: MSP.supplier },
  ...{ bank: LEI.bank, bankMsp: MSP.bank, payeeBank: LEI.operator, payeeBankMsp: MSP.operator, account: ACCOUNT },
  ...{ currency: 'USD', amount: '60000', presentedOn: DUE, sliceIds: [slice('kept').id], state: 'OPEN', salt: SALT },
  ...changes,
});

const paid = { presentmentId: PRESENTMENT, bankMsp: MSP.bank, currency: 'USD', amount: '60000' } as const;
export const payment = (changes: Partial<BookRecord<'payment'>> = {}): BookRecord<'payment'> => ({
  ...{ schema: 'tenor.payment/1', id: UETR, ...paid, status: 'ACCC', messageHash: HASH, salt: SALT, ...changes },
});
export const attestation = (changes: Partial<BookRecord<'attestation'>> = {}): BookRecord<'attestation'> => ({
  ...{ schema: 'tenor.attestation/1', id: UETR, ...paid, payeeBankMsp: MSP.operator, valueDate: DUE, attestedOn: DUE },
  ...{ creditId: HASH, messageHash: HASH, salt: SALT, ...changes },
});
export const returned = (changes: Partial<BookRecord<'return'>> = {}): BookRecord<'return'> => ({
  ...{ schema: 'tenor.return/1', id: UETR, ...paid, payeeBankMsp: MSP.operator, holderMsp: MSP.supplier },
  ...{ returnedOn: DUE, recordedOn: DUE, messageHash: HASH, salt: SALT, ...changes },
});
export const acknowledgement = (
  changes: Partial<BookRecord<'acknowledgement'>> = {},
): BookRecord<'acknowledgement'> => ({
  ...{ schema: 'tenor.acknowledgement/1', id: PRESENTMENT, bankMsp: MSP.bank, byMsp: MSP.supplier, paymentId: UETR },
  ...{ currency: 'USD', amount: '60000', salt: SALT, ...changes },
});
