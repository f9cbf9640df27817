/** Attachments that are embedded in an invoice: read past, whatever their size, and never kept. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DOCUMENT_BYTES_MAX, FILE_BYTES_MAX, readInvoice } from '../../../client/src/documents/index.js';
import { changed, dealFile, refusalOf } from './support.js';

const GOOD = dealFile('documents/invoice-usd.xml');
const BEFORE = '<cac:AccountingSupplierParty>';

/** The invoice with something in the place of an attachment. */
const attached = (content: string): string =>
  changed(
    GOOD,
    BEFORE,
    `<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="photo.pdf">${content}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>${BEFORE}`,
  );
/** Base64 of so many bytes, in lines of 76 letters as in RFC 2045. */
const base64 = (bytes: number): string => Buffer.alloc(bytes, 0xa7).toString('base64').replace(/.{76}/g, '$&\r\n');

describe('An invoice with an attachment', () => {
  it('of 20 MB is read, and fingerprinted over the whole file', () => {
    const file = Buffer.from(attached(base64(20_000_000)));
    const heap = process.memoryUsage().heapUsed;
    const { sha256, ...facts } = readInvoice(file);
    // The reading itself keeps no part of the attachment: its text alone would be 27 MB.
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(25_000_000);
    expect(sha256).toBe(createHash('sha256').update(file).digest('hex'));
    const { sha256: _, ...plain } = readInvoice(GOOD);
    expect(facts).toEqual(plain);
  });

  it('of 20 MB in UTF-16 or behind others is measured by the same rule', () => {
    const four = attached(
      `${base64(300_000)}</cbc:EmbeddedDocumentBinaryObject>${'<cbc:EmbeddedDocumentBinaryObject>' + base64(900_000) + '</cbc:EmbeddedDocumentBinaryObject>'}<cbc:EmbeddedDocumentBinaryObject>${base64(900_000)}`,
    );
    expect(readInvoice(four).number).toBe('RTIO-2026-11-0417');
    const utf16 = Buffer.from(`\ufeff${changed(attached(base64(2_000_000)), 'UTF-8', 'UTF-16')}`, 'utf16le');
    expect(readInvoice(utf16).number).toBe('RTIO-2026-11-0417');
  });

  it('that makes the file larger than 30 MB is refused, and the limit named', () => {
    const file = Buffer.from(attached(base64(FILE_BYTES_MAX * 0.75)));
    expect(refusalOf(() => readInvoice(file))?.[0]).toBe('DOCUMENT_TOO_LARGE');
    expect(() => readInvoice(file)).toThrow(/The file is XML, Invoice of .* larger than 30 MB/);
  });

  it.each([
    ['beside it', changed(GOOD, BEFORE, `<!--${'x'.repeat(DOCUMENT_BYTES_MAX)}-->${BEFORE}`)],
    [
      'in an element of the same name in another namespace',
      changed(
        attached(base64(900_000)),
        '<cbc:EmbeddedDocumentBinaryObject',
        '<cbc:EmbeddedDocumentBinaryObject xmlns:cbc="urn:example:other"',
      ),
    ],
    ['in another element', changed(GOOD, '<cbc:ID>RTIO', `<cbc:Note>${base64(900_000)}</cbc:Note><cbc:ID>RTIO`)],
    [
      'behind a small attachment',
      changed(attached('AAAA'), BEFORE, `<!--${'x'.repeat(DOCUMENT_BYTES_MAX)}-->${BEFORE}`),
    ],
  ])('is as small as any other document: 1 MB %s is refused', (_what, xml) => {
    expect(refusalOf(() => readInvoice(xml))?.[0]).toBe('DOCUMENT_TOO_LARGE');
  });

  it.each([
    ['elements', '<a/>'.repeat(10), 'DOCUMENT_FIELD_INVALID'],
    ['an attachment', '<cbc:EmbeddedDocumentBinaryObject/>', 'DOCUMENT_FIELD_INVALID'],
    ['an end that is missing', '<![CDATA[AAAA', 'DOCUMENT_NOT_XML'],
    ['an entity', '&file;', 'DOCUMENT_DOCTYPE'],
    ['a control character', 'AA\u0001AA', 'DOCUMENT_NOT_XML'],
  ])('that holds %s is refused', (_what, content, code) => {
    expect(refusalOf(() => readInvoice(attached(content)))?.[0]).toBe(code);
  });

  it('still has what stands behind it', () => {
    const twice = changed(attached('<![CDATA[AAAA]]>'), BEFORE, `<cbc:ID>2</cbc:ID>${BEFORE}`);
    expect(refusalOf(() => readInvoice(twice))).toEqual(['DOCUMENT_FIELD_REPEATED', '/Invoice/ID']);
  });
});
