/** A discount in records that the confirming bank may settle by one call: two slices that it keeps, for money that it has blocked itself. Written by hand. */
import { createHash, createHmac } from 'node:crypto';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import { encodeRecord } from '../../../chaincode/src/ledger/codec.js';
import type { BookRecord } from '../../../chaincode/src/protocol/records/index.js';
import {
  ACCEPTANCE,
  BANK,
  changed,
  CONTRACTOR,
  FINANCED,
  HASH,
  idOf,
  ISSUER,
  ISSUER_LIMIT,
  LIMIT_SECRET,
  MSP,
  NEIGHBOUR,
  OTHER_BANK,
  QUOTE,
  SELLER_LIMIT,
  SLICE,
  SUPPLIER,
  TERMS,
  YESTERDAY,
  DUE,
} from './facts.js';
import { all, neighbour, on, party, record, without, type Change } from './scene.js';
import type { Row } from './table.js';
import { LONG_LOCK, nobody, SLICE_ROWS } from './vouching.js';

/** Of another certificate of the same issuer and bank, due on the same day. */
export const OTHER_ROOT = changed(TERMS, { id: idOf('bank', 'issuer', 'certificate', 2) });
export const SECOND = changed(SLICE, {
  id: idOf('bank', 'supplier', 'slice', 2),
  ...{ certificateId: OTHER_ROOT.id, termsHash: OTHER_ROOT.hash, amount: '300' },
});
/** 9.00 for 60 days of 360 at 2.5 per cent is 0.0375, so 0.04, which the seller pays. */
export const BANK_QUOTE = changed(QUOTE, {
  ...{ id: idOf('bank', 'bank', 'quote'), funder: BANK, funderMsp: MSP.bank, interestPayer: { kind: 'SELLER' } },
  ...{ amount: '900', interest: '4', sellerInterest: '4', issuerInterest: '0', net: '891' },
  slices: [
    { sliceId: SLICE.id, net: '594' },
    { sliceId: SECOND.id, net: '297' },
  ],
});
/** The holder accepts it, and lets the bank settle it by one call. */
export const AT_ONCE = changed(ACCEPTANCE, {
  ...{ quoteId: BANK_QUOTE.id, quoteHash: BANK_QUOTE.hash, funder: BANK, funderMsp: MSP.bank, atOnce: true },
});

/** The id of a leg that settles a quote, under the salt of the quote. */
const settling = (drawer: 'bank' | 'supplier', text: string): string =>
  `${MSP.bank}~${MSP[drawer]}~${createHmac('sha256', Buffer.from(HASH, 'hex')).update(text).digest('hex').slice(0, 32)}`;
const saleOf = (sliceId: string): string =>
  settling('supplier', `{"settles":"${BANK_QUOTE.id}","sliceId":"${sliceId}"}`);
/** The legs of the slices, and that of the money. */
export const SALES = [saleOf(SLICE.id), saleOf(SECOND.id)] as const;
export const PRICE = settling('bank', `{"settles":"${BANK_QUOTE.id}"}`);
/** All of them, in order. */
export const SETTLING_IDS = [...SALES, PRICE].sort();

/** The quote says otherwise, and that is what was accepted. */
export const requoted =
  (changes: Partial<BookRecord<'quote'>>): Change =>
  (scene) => {
    const after = record('quote', changes)(scene);
    const quote = after.shown.find(({ kind }) => kind === 'quote')?.record ?? {};
    const quoteHash = createHash('sha256').update(encodeRecord(quote)).digest('hex');
    return record('acceptance', { quoteHash })(after);
  };

const accepted = (changes: Partial<BookRecord<'acceptance'>>): Change => record('acceptance', changes);
const slice = (changes: Partial<BookRecord<'slice'>>): Change => record('slice', changes, 1);

/** Quotes and slices of others, and such as name a register of their own. */
export const UNVOUCHED: readonly Row[] = [
  ...SLICE_ROWS,
  [
    'OPENING_MISMATCH',
    'the quote names another register',
    record('quote', { funderMsp: MSP.contractor, funder: CONTRACTOR }),
  ],
  [
    'OPENING_MISMATCH',
    'the acceptance names another register',
    accepted({ holderMsp: MSP.contractor, holder: CONTRACTOR }),
  ],
  ['PARTY_ROLE', 'the quote names a holder of another organisation', record('quote', { holder: BANK })],
  ['PARTY_ROLE', 'the quote names a funder of another organisation', record('quote', { funder: OTHER_BANK })],
  [
    'PARTY_UNKNOWN',
    'the bank of the account is not registered',
    all(accepted({ payeeBank: OTHER_BANK }), nobody('otherBank')),
  ],
];

/** What keeps the parties from settling, in its order: it has to hold when it is settled, whatever was checked before. */
export const SETTLING_ROWS: readonly Row[] = [
  ['FINANCING_MISMATCH', 'the funder has quoted otherwise since', record('quote', { fee: '6' })],
  ['FINANCING_MISMATCH', 'the acceptance is of other bytes', accepted({ quoteHash: HASH })],
  [
    'FINANCING_MISMATCH',
    'the quote answers another request',
    requoted({ requestId: idOf('supplier', 'supplier', 'request', 2) }),
  ],
  [
    'FINANCING_MISMATCH',
    'another party has accepted',
    all(neighbour(MSP.supplier, 'supplier'), accepted({ holder: NEIGHBOUR })),
  ],
  ['FINANCING_MISMATCH', 'the holder did not accept it to be settled at once', accepted({ atOnce: undefined })],
  ['PARTY_ROLE', 'the account is at no bank', accepted({ payeeBank: CONTRACTOR, payeeBankMsp: MSP.contractor })],
  ['PARTY_ROLE', 'the bank of the account lives elsewhere', accepted({ payeeBankMsp: MSP.supplier })],
  ['PARTY_ROLE', 'the holder was suspended since', party('supplier', { status: 'SUSPENDED' })],
  ['QUOTE_LAPSED', 'the last day of the quote was yesterday', requoted({ validUntil: YESTERDAY })],
  [
    'PARTY_ROLE',
    'the bank of the account is suspended',
    all(accepted({ payeeBank: OTHER_BANK, payeeBankMsp: MSP.otherBank }), party('otherBank', { status: 'SUSPENDED' })),
  ],
  [
    'STATE',
    'the holder has passed a slice on',
    slice({ holder: CONTRACTOR, holderMsp: MSP.contractor }),
    { state: 'FREE', sliceId: SECOND.id, index: '1' },
  ],
  ['BATCH_MIXED', 'one is paid a day later', record('terms', { paymentDate: '2027-03-16' }, 1), { index: '1' }],
  ['STATE', 'one is on offer', slice({ state: 'OFFERED', lock: LONG_LOCK })],
  ['STATE', 'one was split', slice({ state: 'SPENT' })],
  ['TIER_EXCEEDED', 'one has passed through as many hands as its terms allow', slice({ tier: 2 }), { index: '1' }],
  ['AMOUNT_OUT_OF_RANGE', 'the sum is more than any payment carries', slice({ amount: '1000000000000000000' })],
  ['DUE_REACHED', 'the payment date has come', all(on(DUE), requoted({ validUntil: '2028-01-01' }))],
  ['FINANCING_MISMATCH', 'the funder pays a cent less than its own terms come to', requoted({ net: '890' })],
  ['FINANCING_MISMATCH', 'a slice is worth less than when it was quoted', slice({ amount: '299' })],
  [
    'AUDIENCE_MIXED',
    'the account is kept by a bank that sees nothing of it',
    accepted({ payeeBank: OTHER_BANK, payeeBankMsp: MSP.otherBank }),
  ],
  [
    'AUDIENCE_MIXED',
    'the issuer pays a part of the interest',
    requoted({
      ...{ interestPayer: { kind: 'SHARED', issuerBasisPoints: 4000 }, sellerInterest: '2', issuerInterest: '2' },
      net: '893',
      slices: [
        { sliceId: SLICE.id, net: '595' },
        { sliceId: SECOND.id, net: '298' },
      ],
    }),
  ],
  [
    'LIABLE_EXCEEDED',
    'one names as many sellers as it can',
    slice({ liable: Array.from({ length: 20 }, () => ({ party: ISSUER, mspId: MSP.issuer })) }),
    { index: '1' },
  ],
];

/** Limits of the bank, and what it has counted for the quote. */
const ofBank = { funder: BANK, funderMsp: MSP.bank };
const limitIdOf = (kind: 'SELLER' | 'ISSUER', of: string): string =>
  createHmac('sha256', Buffer.from(HASH, 'hex'))
    .update(`{"currency":"USD","funder":"${BANK}","kind":"${kind}","party":"${of}"}`)
    .digest('hex');
export const BANK_SECRET = changed(LIMIT_SECRET, { payeeBankMsp: MSP.bank });
export const BANK_SELLER_LIMIT = changed(SELLER_LIMIT, {
  ...{ id: limitIdOf('SELLER', SUPPLIER), ...ofBank, limit: '1291', utilised: '400' },
});
export const BANK_ISSUER_LIMIT = changed(ISSUER_LIMIT, { id: limitIdOf('ISSUER', ISSUER), ...ofBank });
export const BANK_FINANCED: Opened<'financed'> = changed(FINANCED, {
  ...{ id: BANK_QUOTE.id, ...ofBank, limitIds: [BANK_SELLER_LIMIT.id, BANK_ISSUER_LIMIT.id] },
  ...{ legIds: SETTLING_IDS, slices: BANK_QUOTE.record.slices },
});

/** Without limits. */
export const UNLIMITED: Change = all(without('fundingLimit'), without('creditSecret'));
