/** Messages and files as banks and sellers send them (test/fixtures/inputs), each with the outcome that its README wants. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  creditFor,
  readCreditNotification,
  readInvoice,
  readPaymentStatus,
  statusFor,
  type NoProof,
} from '../../../client/src/documents/index.js';
import { refusalOf } from './support.js';

const UETR = '3e7b91d4-6a2c-4f18-9b3d-5c8e7a1f2046';
const input = (name: string): Uint8Array => readFileSync(path.resolve(__dirname, '../../fixtures/inputs', name));

const CREDITS: readonly [file: string, amount: string, account: string][] = [
  ['amount-in-AmtDtls-only', '40.00', 'ACC-1'],
  ['amounts-in-AmtDtls-batch', '40.00', 'ACC-1'],
  ['other-entry-proprietary-status', '1843750.00', 'ACC-1'],
  ['other-entry-withdrawn-currency', '1843750.00', 'ACC-1'],
  ['two-accounts', '1843750.00', 'ACC-1'],
  ['with-business-header', '1843750.00', 'ACC-1'],
  ['value-date-with-zone', '1843750.00', 'ACC-1'],
  ['encoding-utf8', '1843750.00', 'ACC-1'],
];

const NO_CREDITS: readonly [file: string, reason: NoProof][] = [
  ['batch-short', 'NOT_ITEMISED'],
  ['credited-and-reversed', 'TAKEN_BACK'],
  ['credit-is-a-return', 'CREDIT_IS_A_RETURN'],
  ['details-above-entry', 'DETAILS_EXCEED_ENTRY'],
  ['fx', 'CURRENCY_DIFFERS'],
  ['last-page-missing', 'PAGES_MISSING'],
  ['version-04', 'UETR_NOT_NAMED'],
];

describe('A credit notification as banks send it', () => {
  it.each(CREDITS)('%s credits %s to %s', (file, amount, account) => {
    const { credit, reason } = creditFor(readCreditNotification(input(`camt/${file}.xml`)), UETR);
    expect([reason, credit?.amount, credit?.account.id]).toEqual([undefined, amount, account]);
  });

  it.each(NO_CREDITS)('%s proves nothing: %s', (file, reason) => {
    expect(creditFor(readCreditNotification(input(`camt/${file}.xml`)), UETR)).toEqual({ reason });
  });

  it('has a value date without its time zone', () => {
    const { credit } = creditFor(readCreditNotification(input('camt/value-date-with-zone.xml')), UETR);
    expect(credit?.valueDate).toBe('2027-03-23');
  });
});

describe('A payment status report as banks send it', () => {
  const found = (file: string): ReturnType<typeof statusFor> =>
    statusFor(readPaymentStatus(input(`pacs/${file}.xml`)), UETR);

  it('tells the status without the original amount', () => {
    const { transaction } = found('cbpr-without-OrgnlTxRef');
    expect([transaction?.status, transaction?.amount]).toEqual(['ACCC', undefined]);
  });

  it('that tells the status of a group says that it proves no single payment', () => {
    expect(found('group-status-only')).toEqual({ reason: 'GROUP_STATUS' });
  });

  it("tells a reason of the bank's own, and its words", () => {
    expect(found('proprietary-reason').transaction).toMatchObject({
      ...{ status: 'RJCT', reasons: ['INSUFF'], information: ['not enough money'] },
    });
  });
});

describe('A file of another kind', () => {
  it.each([
    ['invoice.pdf', 'DOCUMENT_PDF'],
    ['invoice.ofd', 'DOCUMENT_ZIP'],
    ['empty.xml', 'DOCUMENT_EMPTY'],
    ['nested-200.xml', 'DOCUMENT_TOO_DEEP'],
  ])('%s is refused as what it is: %s', (file, code) => {
    for (const read of [readInvoice, readCreditNotification, readPaymentStatus])
      expect(refusalOf(() => read(input(`kind/${file}`)))?.[0]).toBe(code);
  });

  it('is named by its root and version', () => {
    expect(() => readInvoice(input('camt/version-04.xml'))).toThrow(
      /Found: Document of urn:iso:std:iso:20022:tech:xsd:camt\.054\.001\.04\./,
    );
    expect(() => readPaymentStatus(input('camt/version-04.xml'))).toThrow(
      /version 03, or 10 and later\. Found: Document of/,
    );
  });
});
