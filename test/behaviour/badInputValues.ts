/** Values that no field of a type may hold, and the code of their refusal. */
import { randomUUID } from 'node:crypto';
import { newId, type ErrorCode } from '@tenor/client';
import { LEI } from '../support/world.js';
import type { FieldType } from '../commands/support/fields.js';

/** A value that must be refused. */
export interface BadValue {
  readonly what: string;
  readonly value: unknown;
  readonly code: ErrorCode;
}

/** A well-formed id, of nobody. */
const id = (): string => newId('SomeMSP', 'OtherMSP');

const all = (code: ErrorCode, values: Readonly<Record<string, unknown>>): readonly BadValue[] =>
  Object.entries(values).map(([what, value]) => ({ what, value, code }));

const wrongTypes = (code: ErrorCode): readonly BadValue[] =>
  all(code, { 'a number': 20270315, null: null, 'a flag': true, 'an object': { id: id() }, 'a list': [id()] });

const many = (count: number): string[] => Array.from({ length: count }, id);
const uetrs = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

const REFERENCE: readonly BadValue[] = [
  ...wrongTypes('ID_MALFORMED'),
  ...all('ID_MALFORMED', {
    empty: '',
    'too short': 'abcdefgh-123456',
    'too long': 'x'.repeat(65),
    'a separator': 'abcdefgh/ijklmnop',
    'a parent folder': '../../slice/abcdefgh',
    'U+0000': 'abcdefgh\u0000ijklmnop',
    'U+10FFFF': 'abcdefgh\u{10ffff}ijklmnop',
    'a blank': 'abcdefgh ijklmnop',
    'a line feed at the end': 'abcdefghijklmnop\n',
    'full-width letters': 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐ',
  }),
];

const ID: readonly BadValue[] = [
  ...REFERENCE,
  ...all('ID_MALFORMED', {
    'nothing but what is random': 'abcdefghijklmnop',
    'one organisation': 'BankMSP~abcdefghijklmnop',
    'three organisations': 'BankMSP~BankMSP~BankMSP~abcdefghijklmnop',
    'no register': '~BankMSP~abcdefghijklmnop',
    'no drawer': 'BankMSP~~abcdefghijklmnop',
    'nothing random': 'BankMSP~BankMSP~',
    'too little that is random': 'BankMSP~BankMSP~abcdefgh-123456',
    'a separator in an organisation': 'Bank/MSP~BankMSP~abcdefghijklmnop',
    'an organisation that is too long': `${'B'.repeat(65)}~BankMSP~abcdefghijklmnop`,
    'a line feed at the very end': 'BankMSP~BankMSP~abcdefghijklmnop\n',
  }),
];

/** What is no amount, whether it may be zero or not. */
const TOTAL: readonly BadValue[] = [
  ...wrongTypes('AMOUNT_MALFORMED'),
  ...all('AMOUNT_MALFORMED', {
    'a float': 9182.73,
    'a decimal': '9182.73',
    negative: '-918273',
    signed: '+918273',
    'an exponent': '9e18273',
    'a leading zero': '0918273',
    hexadecimal: '0xdeadbeef',
    grouped: '918,273,000',
    'a blank': ' 918273000',
    empty: '',
    'full-width digits': '９１８２７３００',
    'twenty digits': '18446744073709551616',
  }),
];

const AMOUNT: readonly BadValue[] = [
  ...TOTAL.filter(({ what }) => what !== 'twenty digits'),
  ...all('AMOUNT_OUT_OF_RANGE', {
    zero: '0',
    'one above the largest': '1000000000000000001',
    'above 2^63': '9223372036854775808',
    'above 2^64': '18446744073709551616',
  }),
];

const RATE: readonly BadValue[] = [
  ...wrongTypes('RATE_MALFORMED'),
  ...all('RATE_MALFORMED', {
    nothing: '0.000000',
    'a hundred per cent': '100.000000',
    'seven decimals': '2.8500001',
    negative: '-2.850001',
    signed: '+2.850001',
    'a sign of per cent': '2.850001%',
    'a comma': '2,850001',
    'a leading zero': '02.850001',
    'no digit before the point': '.28500012',
    'no digit after the point': '28.',
    'an exponent': '285e-0002',
    empty: '',
    'a blank': ' 2.850001',
    'full-width digits': '２.８５０００１',
    'more digits than any number has': `1.${'0'.repeat(5000)}`,
  }),
];

const DATE: readonly BadValue[] = [
  ...wrongTypes('DATE_MALFORMED'),
  ...all('DATE_MALFORMED', {
    'no such day': '2027-02-29',
    'no such month': '2027-13-01',
    'a time': '2027-03-15T00:00:00Z',
    short: '2027-3-15',
    packed: '20270315',
    'another century': '3027-03-15',
    'a word': 'tomorrow-or-so',
  }),
];

const PARTY: readonly BadValue[] = [
  ...wrongTypes('IDENTIFIER_CHECKSUM'),
  ...all('IDENTIFIER_CHECKSUM', {
    'a wrong check': `${LEI.bank.slice(0, 19)}5`,
    'letters swapped': 'WHUPKR0MPOU8FGXBT394',
    'lower case': LEI.bank.toLowerCase(),
    'too long': `${LEI.bank}0`,
    'U+0000': `${LEI.bank}\u0000`,
    'a wrong USCI check': '91350100M000100Y44',
  }),
];

const UETR: readonly BadValue[] = [
  ...wrongTypes('UETR_MALFORMED'),
  ...all('UETR_MALFORMED', {
    'upper case': 'EB6305C9-1F7F-49DE-AED0-16487C27B42D',
    'version 1': 'eb6305c9-1f7f-11de-aed0-16487c27b42d',
    'another variant': 'eb6305c9-1f7f-49de-0ed0-16487c27b42d',
    'no dashes': 'eb6305c91f7f49deaed016487c27b42d',
    'U+0000': 'eb6305c9-1f7f-49de-aed0-16487c27b42d\u0000',
  }),
];

const END_TO_END_ID: readonly BadValue[] = [
  ...wrongTypes('REFERENCE_MALFORMED'),
  ...all('REFERENCE_MALFORMED', {
    empty: '',
    '36 letters': 'A'.repeat(36),
    'a slash before it': '/RT-1',
    'a slash after it': 'RT-1/',
    'two slashes': 'RT//1',
    'a blank before it': ' RT-1',
    'a blank after it': 'RT-1 ',
    'what stands for none': 'NotProvided',
    'a sign that banks change': 'RT_1',
    'letters of another script': '力拓-1',
    'U+0000': 'RT-1\u0000',
  }),
];

/** A row that says of a leg what a row may say. */
const ROW = {
  ...{ id: id(), batchId: 'ab'.repeat(32), legHash: 'cd'.repeat(32), what: 'SLICE' },
  ...{ receiverMsp: 'OtherMSP', expiresOn: '2026-12-01' },
};

const SHEET: readonly BadValue[] = all('REQUEST_MALFORMED', {
  none: [],
  'one row too many': Array.from({ length: 51 }, () => ROW),
  'a text': 'one-of-these',
  'an object': { length: 1 },
  null: null,
  'null in it': [null],
  'a row with one field more': [{ ...ROW, amount: '918273' }],
  'a row of another kind': [{ ...ROW, what: 'SOMETHING-ELSE' }],
});

const CURRENCY: readonly BadValue[] = [
  ...wrongTypes('CURRENCY_UNKNOWN'),
  ...all('CURRENCY_UNKNOWN', {
    'lower case': 'usd',
    'no currency': 'XXX',
    'a test code': 'XTS',
    gold: 'XAU',
    empty: '',
  }),
];

const HASH: readonly BadValue[] = [
  ...wrongTypes('REQUEST_MALFORMED'),
  ...all('REQUEST_MALFORMED', {
    'upper case': 'AB'.repeat(32),
    'too short': 'ab'.repeat(31),
    'too long': 'ab'.repeat(33),
    'no digits': 'xy'.repeat(32),
  }),
];

const ACCOUNT: readonly BadValue[] = [
  ...all('REQUEST_MALFORMED', {
    'a text': 'DE89370400440532013000',
    'a number': 20270315,
    null: null,
    'no scheme': { id: 'DE89370400440532013000' },
    'another scheme': { scheme: 'SORT', id: '12345678' },
    'one field more': { scheme: 'OTHER', id: '12345678', bank: 'X' },
  }),
  ...all('ACCOUNT_MALFORMED', {
    'an IBAN as letters print it': { scheme: 'IBAN', id: 'DE89 3704 0044 0532 0130 00' },
    'an IBAN whose check digits do not agree': { scheme: 'IBAN', id: 'DE89370400440532013001' },
    'an IBAN in lower case': { scheme: 'IBAN', id: 'de89370400440532013000' },
    'another number under IBAN': { scheme: 'IBAN', id: '06300012345678' },
    'a number with blanks': { scheme: 'OTHER', id: '063 000 12345678' },
    'a number with dashes': { scheme: 'OTHER', id: '063-000-12345678' },
    'full-width digits': { scheme: 'OTHER', id: '０６３０００１２３４５６７８' },
    'too long a number': { scheme: 'OTHER', id: '1'.repeat(35) },
    'no number': { scheme: 'OTHER', id: '' },
  }),
];

const INTEREST_PAYER: readonly BadValue[] = all('REQUEST_MALFORMED', {
  'a text': 'SELLER-PAYS-IT-ALL',
  'a number': 20270315,
  null: null,
  'no kind': { issuerBasisPoints: 4000 },
  'another kind': { kind: 'PAID-BY-NOBODY' },
  'a share where one pays all': { kind: 'SELLER', issuerBasisPoints: 4000 },
  'no share where both pay': { kind: 'SHARED' },
  'no share at all': { kind: 'SHARED', issuerBasisPoints: 0 },
  'the whole as a share': { kind: 'SHARED', issuerBasisPoints: 10_000 },
  'less than nothing': { kind: 'SHARED', issuerBasisPoints: -1 },
  'half a basis point': { kind: 'SHARED', issuerBasisPoints: 0.5 },
  'a share as text': { kind: 'SHARED', issuerBasisPoints: '4000' },
});

const TEXT: readonly BadValue[] = [
  ...wrongTypes('REQUEST_MALFORMED'),
  ...all('REQUEST_MALFORMED', {
    empty: '',
    'too long': 'long text '.repeat(51),
    'U+0000': 'some text\u0000and more',
    'a line feed': 'some text\nand more',
    'half a character': 'some text \ud800 and more',
  }),
];

const idsUpTo = (most: number): readonly BadValue[] => [
  ...all('REQUEST_MALFORMED', { none: [], 'one too many': many(most + 1), 'a text': id(), null: null }),
  ...all('ID_MALFORMED', { 'a malformed one': [id(), 'abcdefgh/ijklmnop'], 'a number in it': [id(), 7] }),
];

/** By what a field takes. */
export const BAD_VALUES: Readonly<Record<FieldType, readonly BadValue[]>> = {
  id: ID,
  ids: idsUpTo(50),
  manyIds: idsUpTo(200),
  reference: REFERENCE,
  hash: HASH,
  party: PARTY,
  amount: AMOUNT,
  amounts: [
    ...all('REQUEST_MALFORMED', { none: [], 'one too many': Array<string>(51).fill('1'), 'a text': '918273' }),
    ...AMOUNT.map(({ what, value, code }) => ({ what: `${what} in it`, value: ['918272', value], code })),
  ],
  currency: CURRENCY,
  date: DATE,
  uetr: UETR,
  uetrs: [
    ...all('REQUEST_MALFORMED', { none: [], 'one too many': uetrs(10), 'a text': uetrs(1)[0], null: null }),
    ...all('UETR_MALFORMED', { 'a malformed one': [...uetrs(1), 'EB6305C9'], 'a number in it': [...uetrs(1), 7] }),
  ],
  endToEndId: END_TO_END_ID,
  text: TEXT,
  account: ACCOUNT,
  interestPayer: INTEREST_PAYER,
  rate: RATE,
  total: TOTAL,
  flag: all('REQUEST_MALFORMED', { 'a text': 'true', 'a number': 1, null: null }),
  word: [
    ...wrongTypes('REQUEST_MALFORMED'),
    ...all('REQUEST_MALFORMED', { 'another word': 'SOMETHING-ELSE', empty: '' }),
  ],
  command: wrongTypes('REQUEST_MALFORMED'),
  msp: [
    ...wrongTypes('REQUEST_MALFORMED'),
    ...all('REQUEST_MALFORMED', { empty: '', 'a separator': 'Bank/MSP', 'U+0000': 'BankMSP\u0000' }),
  ],
  msps: all('REQUEST_MALFORMED', {
    none: [],
    'too many': Array.from({ length: 51 }, (_, index) => `Org${String(index)}MSP`),
    'a malformed one': ['BankMSP', 'Issuer MSP/x'],
    'U+0000': ['BankMSP', 'IssuerMSP\u0000'],
    'a text': 'BankMSP',
    null: null,
  }),
  list: all('REQUEST_MALFORMED', {
    none: [],
    'a text': 'one-of-these',
    'an object': { length: 1 },
    null: null,
    'null in it': [null],
    'a text in it': ['one-of-these'],
  }),
  sheet: SHEET,
};

/** The code of a field that is not there. */
export const MISSING: Readonly<Record<FieldType, ErrorCode>> = {
  ...{
    id: 'ID_MALFORMED',
    reference: 'ID_MALFORMED',
    msp: 'REQUEST_MALFORMED',
    ids: 'REQUEST_MALFORMED',
    manyIds: 'REQUEST_MALFORMED',
    hash: 'REQUEST_MALFORMED',
    party: 'IDENTIFIER_CHECKSUM',
  },
  ...{ amount: 'AMOUNT_MALFORMED', amounts: 'REQUEST_MALFORMED', currency: 'CURRENCY_UNKNOWN', date: 'DATE_MALFORMED' },
  ...{ uetr: 'UETR_MALFORMED', uetrs: 'REQUEST_MALFORMED', endToEndId: 'REFERENCE_MALFORMED' },
  ...{ text: 'REQUEST_MALFORMED', flag: 'REQUEST_MALFORMED', word: 'REQUEST_MALFORMED' },
  ...{
    account: 'REQUEST_MALFORMED',
    interestPayer: 'REQUEST_MALFORMED',
    rate: 'RATE_MALFORMED',
    total: 'AMOUNT_MALFORMED',
    command: 'REQUEST_MALFORMED',
    msps: 'REQUEST_MALFORMED',
    list: 'REQUEST_MALFORMED',
    sheet: 'REQUEST_MALFORMED',
  },
};
