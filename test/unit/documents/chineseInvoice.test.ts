/** The digital invoice of China (数电票) and its red-letter form, as XML and in an OFD. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readCreditNote, readInvoice } from '../../../client/src/documents/index.js';
import { E_INVOICE, eInvoice, OLDER, RED } from './chinese.js';
import { changed, refusalOf, SHARED_DATA, sharedDataFor } from './support.js';

const SELLER = { usci: '91110000DEMBANKC9X', id: '91110000DEMBANKC9X', name: '示例钢铁有限公司' };
const BUYER = { usci: '91210000DEMAANTR84', id: '91210000DEMAANTR84', name: '示例贸易有限公司' };
const BASIC = '/EInvoice/EInvoiceData/BasicInformation';
const TOTAL = `${BASIC}/TotalTax-includedAmount`;
const LABEL = '/EInvoice/Header/InherentLabel/InIssuType/LabelCode';
const ORIGINAL = '/EInvoice/EInvoiceData/SpecificInformation/RedEInvoice/OriginalInvoiceCode';

const NO_LABEL = changed(eInvoice(RED), /<InIssuType>.*<\/InIssuType>/, '');

const REFUSED: readonly [what: string, xml: string, code: string, place: string][] = [
  ['parts that do not add up', eInvoice({ tax: '71.99' }), 'DOCUMENT_FIELD_INVALID', TOTAL],
  ['a total of its own', eInvoice({ total: '12720.00' }), 'DOCUMENT_FIELD_INVALID', TOTAL],
  ['no tax, though the total has some', eInvoice({ tax: '***' }), 'DOCUMENT_FIELD_INVALID', TOTAL],
  ['tax, but no amount without it', eInvoice({ net: '' }), 'DOCUMENT_FIELD_MISSING', `${BASIC}/TotalAmWithoutTax`],
  ['parts of two signs', eInvoice({ net: '1300.00', tax: '-28.00' }), 'DOCUMENT_FIELD_INVALID', TOTAL],
  ['no total', eInvoice({ total: '' }), 'DOCUMENT_FIELD_INVALID', TOTAL],
  ['three decimals', eInvoice({ total: '1272.001' }), 'DOCUMENT_FIELD_INVALID', TOTAL],
  ['a sign of money', eInvoice({ total: '¥1272.00' }), 'DOCUMENT_FIELD_INVALID', TOTAL],
  ['two signs', eInvoice({ total: '--1272.00' }), 'DOCUMENT_FIELD_INVALID', TOTAL],
  [
    'a negative total',
    eInvoice({ net: '-1200.00', tax: '-72.00', total: '-1272.00' }),
    'DOCUMENT_FIELD_INVALID',
    TOTAL,
  ],
  [
    'a number of 19 digits',
    eInvoice({ number: E_INVOICE.number.slice(1) }),
    'DOCUMENT_FIELD_INVALID',
    '/EInvoice/TaxSupervisionInfo/InvoiceNumber',
  ],
  ['two numbers', eInvoice({ id: RED.number }), 'DOCUMENT_FIELD_INVALID', '/EInvoice/Header/EIid'],
  [
    'a day that does not exist',
    eInvoice({ issued: '2026-11-31 09:30:00' }),
    'DOCUMENT_FIELD_INVALID',
    '/EInvoice/TaxSupervisionInfo/IssueTime',
  ],
  [
    'no tax id of its seller',
    eInvoice({ seller: '' }),
    'DOCUMENT_FIELD_INVALID',
    '/EInvoice/EInvoiceData/SellerInformation/SellerIdNum',
  ],
  ['a label that is neither blue nor red', eInvoice({ label: 'X' }), 'DOCUMENT_FIELD_INVALID', LABEL],
  ['the label of a blue one on a red one', eInvoice({ ...RED, label: 'Y' }), 'DOCUMENT_FIELD_INVALID', LABEL],
  ['the letters of a red one', eInvoice(RED), 'DOCUMENT_FIELD_INVALID', LABEL],
  [
    'the letters of a red one without a label',
    NO_LABEL,
    'DOCUMENT_FIELD_INVALID',
    ORIGINAL.replace('/OriginalInvoiceCode', ''),
  ],
  ['the label of a red one and a positive amount', eInvoice({ label: 'N' }), 'DOCUMENT_FIELD_INVALID', TOTAL],
  [
    'letters of the older form that is red',
    changed(OLDER, '<fp:TypeCode>0', '<fp:TypeCode>2'),
    'DOCUMENT_FIELD_INVALID',
    '/eInvoice/TypeCode',
  ],
  [
    'a code of 11 digits',
    changed(OLDER, '011001900311', '01100190031'),
    'DOCUMENT_FIELD_INVALID',
    '/eInvoice/InvoiceCode',
  ],
  [
    'no code',
    changed(OLDER, /<fp:InvoiceCode>.*<\/fp:InvoiceCode>/, ''),
    'DOCUMENT_FIELD_MISSING',
    '/eInvoice/InvoiceCode',
  ],
  [
    'parts of the older form that do not add up',
    changed(OLDER, '18.00', '18.01'),
    'DOCUMENT_FIELD_INVALID',
    '/eInvoice/TaxInclusiveTotalAmount',
  ],
];

describe('A Chinese invoice', () => {
  it('is read into the shape of every invoice', () => {
    expect(readInvoice(eInvoice())).toStrictEqual({
      type: 'INVOICE',
      number: E_INVOICE.number,
      issueDate: '2026-11-20',
      currency: 'CNY',
      seller: SELLER,
      buyer: BUYER,
      taxExclusiveAmount: '1200.00',
      taxAmount: '72.00',
      payableAmount: '1272.00',
      isCopy: false,
      replaces: [],
      sha256: createHash('sha256').update(eInvoice()).digest('hex'),
    });
  });

  it('of the collected inputs is read', () => {
    const file = readFileSync(path.resolve(__dirname, '../../fixtures/inputs/kind/einvoice-china.xml'));
    expect(readInvoice(file)).toMatchObject({
      number: '24452000000000000019',
      seller: { usci: '91110000DEMBANKC9X', name: '示例公司' },
      buyer: { usci: '91210000DEMAANTR84', id: '91210000DEMAANTR84', name: '91210000DEMAANTR84' },
      payableAmount: '1272.00',
      issueDate: '2026-11-20',
    });
  });

  it('of the older form is numbered by its code and its number', () => {
    expect(readInvoice(OLDER)).toMatchObject({
      ...{ number: '011001900311-21010038', issueDate: '2026-04-07', seller: SELLER, buyer: BUYER },
      ...{ taxExclusiveAmount: '300.00', taxAmount: '18.00', payableAmount: '318.00' },
    });
    expect(readInvoice(changed(OLDER, '>21010038<', `>${E_INVOICE.number}<`)).number).toBe(E_INVOICE.number);
  });

  it('free of tax is read, whatever stands where the tax would', () => {
    for (const tax of ['', '0', '0.00', '***'])
      expect(readInvoice(eInvoice({ net: '1272.00', tax })).payableAmount).toBe('1272.00');
  });

  it('has a USCI only where the check character agrees', () => {
    const { seller } = readInvoice(eInvoice({ seller: '91110000DEMBANKC9Y' }));
    expect(seller).toStrictEqual({ id: '91110000DEMBANKC9Y', name: SELLER.name });
  });

  it('for a person has a name and no tax id', () => {
    expect(readInvoice(eInvoice({ buyer: '' })).buyer).toStrictEqual({ id: BUYER.name, name: BUYER.name });
  });

  it.each(['2026-11-20', '2026-11-20T09:30:00', '20261120', '2026年11月20日'])(
    'issued at %s was issued on a day',
    (issued) => {
      expect(readInvoice(eInvoice({ issued })).issueDate).toBe('2026-11-20');
    },
  );

  it.each(REFUSED)('with %s is refused', (_what, xml, code, place) => {
    expect(refusalOf(() => readInvoice(xml))).toEqual([code, place]);
  });

  it('in another namespace is another kind', () => {
    expect(() => readInvoice(changed(eInvoice(), '<EInvoice>', '<EInvoice xmlns="urn:x">'))).toThrow(
      /DOCUMENT_NAMESPACE: .* Expected: Invoice of .*Invoice-2, or EInvoice of no namespace, or eInvoice of no namespace\. Found: EInvoice of urn:x\./,
    );
  });
});

describe('A red-letter invoice', () => {
  it('is a credit note that names the blue one', () => {
    expect(readCreditNote(eInvoice(RED))).toStrictEqual({
      type: 'CREDIT_NOTE',
      number: RED.number,
      issueDate: '2026-12-01',
      currency: 'CNY',
      seller: SELLER,
      buyer: BUYER,
      taxExclusiveAmount: '377.36',
      taxAmount: '22.64',
      amount: '400.00',
      corrects: [E_INVOICE.number],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    ['by its element alone', eInvoice({ ...RED, remark: '' })],
    ['by its remark alone', eInvoice({ ...RED, specific: '' })],
    ['without a label', NO_LABEL],
  ])('is known %s', (_what, xml) => {
    expect(readCreditNote(xml).corrects).toEqual([E_INVOICE.number]);
  });

  it('of the older form names code and number', () => {
    const red = OLDER.replaceAll(/>(318|18|300)\.00</g, '>-$1.00<')
      .replace('<fp:TypeCode>0', '<fp:TypeCode>1')
      .replace('<fp:Note/>', '<fp:Note>对应正数发票代码:011001900311号码:21010038</fp:Note>');
    expect(readCreditNote(red)).toMatchObject({ amount: '318.00', corrects: ['011001900311-21010038'] });
  });

  it.each([
    ['that names no blue one', eInvoice({ ...RED, specific: '', remark: '' }), 'DOCUMENT_FIELD_MISSING', LABEL],
    [
      'that names two blue ones',
      eInvoice({ ...RED, remark: RED.remark.replace(E_INVOICE.number, RED.number) }),
      'DOCUMENT_FIELD_INVALID',
      ORIGINAL,
    ],
    ['that is none', eInvoice(), 'DOCUMENT_FIELD_INVALID', TOTAL],
    ['that adds', eInvoice({ ...RED, net: '377.36', tax: '22.64', total: '400.00' }), 'DOCUMENT_FIELD_INVALID', TOTAL],
  ])('%s is refused', (_what, xml, code, place) => {
    expect(refusalOf(() => readCreditNote(xml))).toEqual([code, place]);
  });
});

describe('A credit note in UBL', () => {
  (sharedDataFor('published sample of a credit note') ? it : it.skip)('as published in a sample is read', () => {
    const sample = readFileSync(path.join(SHARED_DATA, 'ubl/base-creditnote-correction.xml'));
    expect(readCreditNote(sample)).toMatchObject({
      ...{ type: 'CREDIT_NOTE', number: 'Snippet1', typeCode: '381', currency: 'EUR', amount: '1656.25' },
      corrects: ['Snippet1'],
    });
  });
});
