/** Openings that a rule must not rely on, although all books concerned hold the bytes. They are the same for every command that opens them. */
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import {
  BANK,
  CONTRACTOR,
  HASH,
  idOf,
  ISSUER,
  MSP,
  NEIGHBOUR,
  OTHER_BANK,
  PARTY,
  SUPPLIER,
  TRANSFER_LOCK,
  type PartyName,
} from './facts.js';
import { batchIdOf } from './relinked.js';
import { all, neighbour, party, record, registered, renamed, type Change } from './scene.js';
import type { Row } from './table.js';

export const nobody = (name: PartyName): Change => registered(`party/${PARTY[name].id}`, undefined);

/** Bank and issuer that the registry does not know so. */
const STRANGERS: readonly Row[] = [
  ['SAME_ORGANIZATION', 'issuer and bank live in one organisation', renamed(MSP.issuer, MSP.bank, true)],
  ['PARTY_ROLE', 'all of it names another organisation of the bank', renamed(MSP.bank, MSP.otherBank)],
  ['PARTY_ROLE', 'all of it names another organisation of the issuer', renamed(MSP.issuer, MSP.contractor)],
  ['PARTY_ROLE', 'the bank moved to another organisation', party('bank', { mspId: MSP.otherBank })],
  ['PARTY_ROLE', 'the bank lost its role', party('bank', { roles: ['issuer', 'supplier'] })],
  ['PARTY_ROLE', 'the issuer moved to another organisation', party('issuer', { mspId: MSP.contractor })],
  ['PARTY_ROLE', 'the issuer lost its role', party('issuer', { roles: ['bank', 'supplier'] })],
  ['PARTY_UNKNOWN', 'the bank is not registered', nobody('bank')],
  ['PARTY_UNKNOWN', 'the issuer is not registered', nobody('issuer')],
];

/** Parties that are none any more of what they were when they began. */
export const LOST_ROLES: readonly (readonly [what: string, lost: Change])[] = [
  ['where the bank lost its role', party('bank', { roles: ['operator'] })],
  ['where the issuer lost its role', party('issuer', { roles: ['operator'] })],
  ['where the seller lost its role', party('supplier', { roles: ['operator'] })],
  [
    'where all lost their roles and are suspended',
    all(
      ...(['bank', 'issuer', 'supplier'] as const).map((name) =>
        party(name, { roles: ['operator'], status: 'SUSPENDED' }),
      ),
    ),
  ],
];

/** What a record that names bank and issuer may say of them. */
const namesOthers = (kind: 'terms' | 'face' | 'line' | 'claim'): readonly Row[] => [
  ['PARTY_ROLE', `the ${kind} names a bank of another organisation`, record(kind, { bank: OTHER_BANK })],
  ['PARTY_ROLE', `the ${kind} names an issuer of another organisation`, record(kind, { issuer: CONTRACTOR })],
  ['PARTY_ROLE', `the ${kind} names the issuer as bank`, record(kind, { bank: ISSUER })],
  ['PARTY_ROLE', `the ${kind} names the bank as issuer`, record(kind, { issuer: BANK })],
];

/** Roots whose id names other vouchers than they do. */
const misnamed = (kind: 'terms' | 'face'): readonly Row[] => [
  [
    'OPENING_MISMATCH',
    `the ${kind} names another register`,
    record(kind, { bankMsp: MSP.otherBank, bank: OTHER_BANK }),
  ],
  ['OPENING_MISMATCH', `the ${kind} names another book of the issuer`, record(kind, { issuerMsp: MSP.contractor })],
  ['OPENING_MISMATCH', `the ${kind} names one book twice`, record(kind, { issuerMsp: MSP.bank })],
];

/** Wrong terms. */
const TERMS_ROWS: readonly Row[] = [...misnamed('terms'), ...namesOthers('terms'), ...STRANGERS];
/** Wrong faces. */
export const FACE_ROWS: readonly Row[] = [...misnamed('face'), ...namesOthers('face'), ...STRANGERS];

/** Wrong faces of certificates on which their bank has spoken. */
export const CONFIRMED_ROWS: readonly Row[] = [
  ...FACE_ROWS,
  ['PARTY_ROLE', 'the face names a payee of another organisation', record('face', { payee: CONTRACTOR })],
  ['PARTY_ROLE', 'the payee moved to another organisation', party('supplier', { mspId: MSP.contractor })],
  ['PARTY_UNKNOWN', 'the payee is not registered', nobody('supplier')],
];
/** Certificates whose status is of another payee than the face. */
export const STATUS_ROWS: readonly Row[] = [
  [
    'OPENING_MISMATCH',
    'the status names another organisation of the payee',
    record('status', { payeeMsp: MSP.contractor }),
  ],
];
/** Terms and face that do not belong together. */
export const OFFERED_ROWS: readonly Row[] = [
  ...CONFIRMED_ROWS,
  ...TERMS_ROWS.filter((row) => !STRANGERS.includes(row)),
  ['OPENING_MISMATCH', 'terms and face name two currencies', record('terms', { currency: 'KWD' })],
  ['OPENING_MISMATCH', 'terms and face name two due dates', record('terms', { dueDate: '2027-03-14' })],
];

/** Wrong slices, and the terms behind them. */
export const SLICE_ROWS: readonly Row[] = [
  ...TERMS_ROWS,
  ['OPENING_MISMATCH', 'the slice was accepted under other terms', record('slice', { termsHash: HASH })],
  ['OPENING_MISMATCH', 'the slice is of another currency than its certificate', record('slice', { currency: 'KWD' })],
  ['PARTY_ROLE', 'the slice names a holder of another organisation', record('slice', { holder: CONTRACTOR })],
  ['PARTY_ROLE', 'the slice names another organisation of the holder', record('slice', { holderMsp: MSP.contractor })],
  ['PARTY_ROLE', 'the holder moved to another organisation', party('supplier', { mspId: MSP.contractor })],
  ['PARTY_UNKNOWN', 'the holder is not registered', nobody('supplier')],
];
/** Offered slices: whom they are offered to must be registered too. */
export const OFFERED_SLICE_ROWS: readonly Row[] = [
  ...SLICE_ROWS,
  ['PARTY_UNKNOWN', 'the transferee is not registered', nobody('contractor')],
];

/** Wrong lines and claims. */
export const dealRows = (kind: 'line' | 'claim'): readonly Row[] => [
  ...namesOthers(kind),
  ['SAME_ORGANIZATION', `the ${kind} names one organisation as bank and issuer`, record(kind, { issuerMsp: MSP.bank })],
];
/** The same where nothing but a line or a claim names the two. */
export const LINE_ROWS: readonly Row[] = dealRows('line');

/** Wrong claims that are not confirmed, where they only end: their seller is not asked for. */
export const ENDABLE_RESERVATION_ROWS: readonly Row[] = [
  [
    'OPENING_MISMATCH',
    'the reservation names another register',
    record('reservation', { bankMsp: MSP.otherBank, bank: OTHER_BANK }),
  ],
  ['OPENING_MISMATCH', 'the reservation names another drawer', record('reservation', { issuerMsp: MSP.contractor })],
  ['PARTY_ROLE', 'the reservation names a bank of another organisation', record('reservation', { bank: OTHER_BANK })],
  [
    'PARTY_ROLE',
    'the reservation names an issuer of another organisation',
    record('reservation', { issuer: CONTRACTOR }),
  ],
];

/** Wrong claims that are not confirmed. */
export const RESERVATION_ROWS: readonly Row[] = [
  ...ENDABLE_RESERVATION_ROWS,
  [
    'PARTY_ROLE',
    'the reservation names a seller of another organisation',
    record('reservation', { seller: CONTRACTOR }),
  ],
  ['PARTY_ROLE', 'the seller moved to another organisation', party('supplier', { mspId: MSP.contractor })],
  ['PARTY_UNKNOWN', 'the seller is not registered', nobody('supplier')],
];

/** Wrong requests for financing. */
export const FINANCING_REQUEST_ROWS: readonly Row[] = [
  [
    'OPENING_MISMATCH',
    'the request names another register',
    record('financingRequest', { holderMsp: MSP.contractor, holder: CONTRACTOR }),
  ],
  ['PARTY_ROLE', 'the request names a holder of another organisation', record('financingRequest', { holder: BANK })],
  ['PARTY_ROLE', 'the request names a funder of another organisation', record('financingRequest', { funder: BANK })],
  ['PARTY_ROLE', 'the funder is no bank any more', party('otherBank', { roles: ['supplier'] })],
  ['PARTY_UNKNOWN', 'the funder is not registered', nobody('otherBank')],
];

/** Quotes of others, and such as name a register of their own. */
export const QUOTE_ROWS: readonly Row[] = [
  [
    'OPENING_MISMATCH',
    'the quote names another register',
    record('quote', { funderMsp: MSP.contractor, funder: CONTRACTOR }),
  ],
  ['PARTY_ROLE', 'the quote names a holder of another organisation', record('quote', { holder: BANK })],
  ['PARTY_ROLE', 'the quote names a funder of another organisation', record('quote', { funder: BANK })],
  ['PARTY_ROLE', 'the funder is no bank any more', party('otherBank', { roles: ['supplier'] })],
  ['PARTY_UNKNOWN', 'the funder is not registered', nobody('otherBank')],
];

/** Wrong presentments. */
export const PRESENTMENT_ROWS: readonly Row[] = [
  ['OPENING_MISMATCH', 'the presentment names another register', record('presentment', { holderMsp: MSP.contractor })],
  [
    'PARTY_ROLE',
    'the presentment names a holder of another organisation',
    record('presentment', { holder: CONTRACTOR }),
  ],
  ['PARTY_ROLE', 'the presentment names a bank of another organisation', record('presentment', { bank: OTHER_BANK })],
  ['PARTY_UNKNOWN', 'the holder is not registered', nobody('supplier')],
];

/** Presentments of other banks, where nothing else is looked for in the books of these banks. */
export const PRESENTMENT_BANK_ROWS: readonly Row[] = [
  [
    'PARTY_ROLE',
    'the presentment names another organisation of the bank',
    record('presentment', { bankMsp: MSP.otherBank }),
  ],
  [
    'PARTY_ROLE',
    "the presentment names no bank as the payee's bank",
    record('presentment', { payeeBank: SUPPLIER, payeeBankMsp: MSP.supplier }),
  ],
];

/** Mandates of others, and such as name a register of their own. */
export const MANDATE_ROWS: readonly Row[] = [
  ['OPENING_MISMATCH', 'the mandate names another register', record('mandate', { holderMsp: MSP.contractor })],
  ['PARTY_ROLE', 'the mandate names a holder of another organisation', record('mandate', { holder: CONTRACTOR })],
  ['PARTY_ROLE', 'the mandate names a bank of another organisation', record('mandate', { bank: OTHER_BANK })],
  [
    'PARTY_ROLE',
    "the mandate names no bank as the payee's bank",
    record('mandate', { payeeBank: SUPPLIER, payeeBankMsp: MSP.supplier }),
  ],
  [
    'PARTY_ROLE',
    "the mandate names another organisation of the payee's bank",
    record('mandate', { payeeBankMsp: MSP.contractor }),
  ],
];

/** Legs whose register, drawer, batch or parties are not those that they name. */
export const LEG_ROWS: readonly Row[] = [
  ['OPENING_MISMATCH', 'the leg names another organisation of the sender', record('leg', { senderMsp: MSP.issuer })],
  ['OPENING_MISMATCH', 'the leg names another batch', record('leg', { batchId: HASH })],
  ['PARTY_ROLE', 'the leg names a sender of another organisation', record('leg', { sender: ISSUER })],
  ['PARTY_ROLE', 'the leg names a receiver of another organisation', record('leg', { receiver: ISSUER })],
  ['PARTY_ROLE', 'the leg names another organisation of the receiver', record('leg', { receiverMsp: MSP.issuer })],
  ['PARTY_ROLE', 'the sender moved to another organisation', party('contractor', { mspId: MSP.issuer })],
  ['PARTY_ROLE', 'the receiver moved to another organisation', party('supplier', { mspId: MSP.issuer })],
  ['PARTY_UNKNOWN', 'one of the two is not registered', nobody('contractor')],
  ['PARTY_UNKNOWN', 'the other one is not registered', nobody('supplier')],
];

/** The same of legs that move a slice: they stand in the register of the slice. */
export const SLICE_LEG_ROWS: readonly Row[] = [
  ...LEG_ROWS,
  [
    'OPENING_MISMATCH',
    'the leg moves a slice of another register',
    record('leg', { sliceId: idOf('otherBank', 'supplier', 'slice') }),
  ],
];

/** The same of legs that move money: their banks must be banks, and one of them keeps the leg. */
export const cashLegRows = ({ record: leg }: Opened<'leg'>): readonly Row[] => {
  const { cash, what } = leg;
  if (cash === undefined) throw new Error('no leg of money');
  const register = what === 'CREDIT' ? 'payeeBank' : 'payerBank';
  const other = what === 'CREDIT' ? 'payerBank' : 'payeeBank';
  const says = (changes: Partial<typeof cash>): Change => record('leg', { cash: { ...cash, ...changes } });
  return [
    ...LEG_ROWS,
    ['OPENING_MISMATCH', 'the leg stands in the book of another bank', says({ [`${register}Msp`]: MSP.contractor })],
    [
      'OPENING_MISMATCH',
      'the leg is proved by the other bank',
      record('leg', { what: what === 'CREDIT' ? 'BLOCK' : 'CREDIT' }),
    ],
    ['PARTY_ROLE', 'the bank that keeps the leg lives elsewhere', says({ [register]: SUPPLIER })],
    [
      'PARTY_ROLE',
      'the other bank is another party of its organisation',
      all(neighbour(cash[`${other}Msp`], 'supplier'), says({ [other]: NEIGHBOUR })),
    ],
    ['PARTY_ROLE', 'the bank lost its role', party('bank', { roles: ['issuer', 'supplier'] })],
    ['PARTY_ROLE', 'the other bank lost its role', party('otherBank', { roles: ['issuer', 'supplier'] })],
    ['PARTY_ROLE', 'the bank moved to another organisation', party('bank', { mspId: MSP.issuer })],
    ['PARTY_UNKNOWN', 'the bank is not registered', nobody('bank')],
    ['PARTY_UNKNOWN', 'the other bank is not registered', nobody('otherBank')],
  ];
};

/** A leg that is none of its own batch, where no outcome is asked for. */
export const leftOutRow = ({ id, record: { legIds } }: Opened<'leg'>): Row => {
  const others = legIds.filter((each) => each !== id);
  return [
    'OPENING_MISMATCH',
    'the leg is of a batch without it',
    record('leg', { legIds: others, batchId: batchIdOf(others) }),
  ];
};

/** On offer for so long that no other guard sees the offer lapse first. */
export const LONG_LOCK = { ...TRANSFER_LOCK, expiresOn: '2028-01-01' };
