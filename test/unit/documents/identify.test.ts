/** What a file is, told before anybody says what is wrong with it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  identifyDocument,
  readBillOfLading,
  readCreditNotification,
  readInvoice,
  readPaymentStatus,
} from '../../../client/src/documents/index.js';
import { changed, dealFile, refusalOf } from './support.js';

const input = (name: string): Buffer => readFileSync(path.resolve(__dirname, '../../fixtures/inputs', name));
const INVOICE = dealFile('documents/invoice-usd.xml');
const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2';
const CAMT = 'urn:iso:std:iso:20022:tech:xsd:camt.054.001.08';

const FILES: readonly [what: string, document: string | Uint8Array, identity: object][] = [
  ['an empty file', '', { kind: 'EMPTY' }],
  ['a PDF', input('kind/invoice.pdf'), { kind: 'PDF' }],
  ['the beginning of an archive', input('kind/invoice.ofd'), { kind: 'ZIP' }],
  ['JSON', dealFile('documents/bill-of-lading-usd.json'), { kind: 'JSON' }],
  ['an MT103', '{1:F01ICBKCNBJAXXX0000000000}{2:I103ANZBAU3MXXXXN}{4:', { kind: 'SWIFT_MT' }],
  ['a page of a portal', '\n<!doctype html><html><body>Log in', { kind: 'HTML' }],
  ['a page without a DOCTYPE', '<html lang="en">', { kind: 'HTML' }],
  ['words', 'hello', { kind: 'UNKNOWN' }],
  ['a text with half a character', '\ud800', { kind: 'UNKNOWN' }],
  ['an invoice', INVOICE, { kind: 'XML', root: 'Invoice', namespace: UBL }],
  [
    'a message',
    input('camt/version-04.xml'),
    {
      kind: 'XML',
      root: 'Document',
      namespace: CAMT.replace('08', '04'),
      message: 'camt.054.001.04',
      messageType: 'CREDIT_NOTIFICATION',
    },
  ],
  [
    'a message that no reader takes',
    `<Document xmlns="${CAMT.replace('camt.054', 'camt.052')}"/>`,
    { kind: 'XML', root: 'Document', message: 'camt.052.001.08' },
  ],
  [
    'a message in an envelope',
    input('camt/with-business-header.xml'),
    {
      ...{ kind: 'XML', root: expect.not.stringMatching(/^Document$/), message: 'camt.054.001.08' },
      messageType: 'CREDIT_NOTIFICATION',
    },
  ],
  ['a Chinese invoice', input('kind/einvoice-china.xml'), { kind: 'XML', root: 'EInvoice', namespace: '' }],
  ['half an invoice', INVOICE.slice(0, 1500), { kind: 'XML', root: 'Invoice', namespace: UBL }],
  ['XML that breaks before its root', '<?xml version="1.0"?><&', { kind: 'XML' }],
  [
    'an invoice in UTF-16',
    Buffer.from(`\ufeff${changed(INVOICE, 'UTF-8', 'UTF-16')}`, 'utf16le'),
    { kind: 'XML', root: 'Invoice' },
  ],
];

/** Every reader, a broken file for it, and what is said of the file before what is said of its fault. */
const READERS: readonly [what: string, read: (file: string) => unknown, file: string, said: string][] = [
  ['an invoice', readInvoice, changed(INVOICE, '</cac:Delivery>', ''), `The file is XML, Invoice of ${UBL}.`],
  [
    'an invoice without its number',
    readInvoice,
    changed(INVOICE, '<cbc:ID>RTIO-2026-11-0417</cbc:ID>', ''),
    `The file is XML, Invoice of ${UBL}.`,
  ],
  ['a message', readInvoice, input('kind/nested-200.xml').toString(), `The file is XML, Document of ${CAMT}.`],
  [
    'a notification',
    readCreditNotification,
    input('camt/with-business-header.xml')
      .toString()
      .replace(/<\/Ntfctn>[^]*/, ''),
    ', with camt.054.001.08 in it.',
  ],
  [
    'a status report',
    readPaymentStatus,
    changed(dealFile('payments/rio-tinto-usd.pacs.002.xml'), '<GrpHdr>', ''),
    'pacs.002.001.10.',
  ],
  ['a page', readPaymentStatus, '<!DOCTYPE html><html>', 'The file is an HTML page, such as'],
  ['an MT940', readCreditNotification, '{1:F01ICBKCNBJAXXX0000000000}', 'The file is a SWIFT MT message'],
  ['JSON', readInvoice, '{"type":"INVOICE"}', 'The file is JSON.'],
  ['XML', readBillOfLading, INVOICE, `The file is XML, Invoice of ${UBL}.`],
  ['a bill of lading', readBillOfLading, '{"type":"BILL_OF_LADING"}', 'The file is JSON.'],
];

describe('A file', () => {
  it.each(FILES)('that is %s is told by its beginning', (_what, document, identity) => {
    const found = identifyDocument(document);
    expect(found).toMatchObject(identity);
    expect(Object.keys(found).sort()).toEqual(
      found.kind !== 'XML' || found.root === undefined
        ? ['kind']
        : ['kind', ...['message', 'messageType'].filter((key) => key in identity), 'namespace', 'root'],
    );
  });

  it.each(READERS)('that is %s, and broken, is named by its reader first', (_what, read, file, said) => {
    const refused = refusalOf(() => read(file));
    expect(refused).toBeDefined();
    const place = refused?.[1] === '' ? '' : ` at ${refused?.[1] ?? ''}`;
    let message = '';
    try {
      read(file);
    } catch (error) {
      message = String(error);
    }
    expect(message.startsWith(`DocumentError: ${refused?.[0] ?? ''}${place}: The file is `)).toBe(true);
    expect(message).toContain(said);
  });

  it('has a message at most four elements deep in its envelope', () => {
    const inside = (depth: number): string =>
      `${'<a>'.repeat(depth)}<Document xmlns="${CAMT}"/>${'</a>'.repeat(depth)}`;
    expect(identifyDocument(inside(4)).message).toBe('camt.054.001.08');
    expect(identifyDocument(inside(5)).message).toBeUndefined();
    expect(() => readCreditNotification(inside(5))).toThrow(/Found: a of no namespace\.$/);
  });

  it('of another kind is named once', () => {
    expect(() => readInvoice(input('camt/version-04.xml'))).toThrow(/Found: Document of/);
    expect(() => readInvoice(input('camt/version-04.xml'))).not.toThrow(/The file is/);
  });

  it('of a kind that no reader takes is named by every reader', () => {
    for (const read of [readInvoice, readCreditNotification, readPaymentStatus, readBillOfLading]) {
      expect(refusalOf(() => read(input('kind/invoice.pdf')))?.[0]).toBe('DOCUMENT_PDF');
      expect(refusalOf(() => read(input('kind/invoice.ofd')))?.[0]).toBe('DOCUMENT_ZIP');
      expect(refusalOf(() => read(input('kind/empty.xml')))?.[0]).toBe('DOCUMENT_EMPTY');
    }
  });

  it('whose names are values is not quoted', () => {
    expect(() => readInvoice('<金额1843750/>')).toThrow(/Found: an element of another kind\.$/);
    expect(() => readInvoice('<Invoice xmlns="1 843 750 to Rio"/>')).toThrow(/Found: Invoice of another namespace\.$/);
  });
});
