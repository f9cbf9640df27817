/** What every XML reader refuses before it looks at a field, shown on the invoice. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DOCUMENT_BYTES_MAX, DocumentError, readInvoice } from '../../../client/src/documents/index.js';
import { changed, dealFile, refusalOf } from './support.js';

const GOOD = dealFile('documents/invoice-usd.xml');
const NUMBER = '<cbc:ID>RTIO-2026-11-0417</cbc:ID>';
const withNumber = (text: string): string => changed(GOOD, NUMBER, text);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const REFUSED: readonly [what: string, document: string | Uint8Array, code: string][] = [
  ['an empty file', '', 'DOCUMENT_EMPTY'],
  ['nothing but white space behind a mark', '\ufeff \n', 'DOCUMENT_EMPTY'],
  ['plain text', 'hello', 'DOCUMENT_NOT_XML'],
  ['a file cut in half', GOOD.slice(0, GOOD.length / 2), 'DOCUMENT_NOT_XML'],
  ['two roots', `${GOOD}<Invoice/>`, 'DOCUMENT_NOT_XML'],
  ['a tag that is not closed', changed(GOOD, '</cac:Delivery>', ''), 'DOCUMENT_NOT_XML'],
  ['a repeated attribute', changed(GOOD, 'schemeID="0199"', 'schemeID="0199" schemeID="0088"'), 'DOCUMENT_NOT_XML'],
  ['an unbound prefix', withNumber('<zzz:ID>1</zzz:ID>'), 'DOCUMENT_NOT_XML'],
  [
    'a name that is an attack on objects in the place of its number',
    withNumber('<__proto__>1</__proto__>'),
    'DOCUMENT_FIELD_MISSING',
  ],
  ['an attribute of that name alone', withNumber('<cbc:ID __proto__="1"/>'), 'DOCUMENT_FIELD_INVALID'],
  ['a DELETE character', withNumber('<cbc:ID>RTIO\u007f</cbc:ID>'), 'DOCUMENT_NOT_XML'],
  [
    'a control character by reference in an attribute',
    changed(GOOD, 'schemeID="0199"', 'schemeID="0199&#x85;"'),
    'DOCUMENT_NOT_XML',
  ],
  [
    'XML 1.1, which has control characters by reference',
    changed(GOOD, '1.0', '1.1').replace(NUMBER, '<cbc:ID>RTIO&#1;</cbc:ID>'),
    'DOCUMENT_NOT_XML',
  ],
  ['nesting without end', '<a>'.repeat(10_000) + '</a>'.repeat(10_000), 'DOCUMENT_TOO_DEEP'],
  ['a control character', withNumber('<cbc:ID>RTIO\u0001</cbc:ID>'), 'DOCUMENT_NOT_XML'],
  ['U+0000 by reference', withNumber('<cbc:ID>RTIO&#0;</cbc:ID>'), 'DOCUMENT_NOT_XML'],
  ['a surrogate by reference', withNumber('<cbc:ID>RTIO&#xD800;</cbc:ID>'), 'DOCUMENT_NOT_XML'],
  ['a reference beyond Unicode', withNumber('<cbc:ID>RTIO&#x110000;</cbc:ID>'), 'DOCUMENT_NOT_XML'],
  ['a bare ampersand in an attribute', changed(GOOD, 'schemeID="0199"', 'schemeID="0199 & more"'), 'DOCUMENT_NOT_XML'],
  ['a DOCTYPE', changed(GOOD, '?>', '?><!DOCTYPE Invoice>'), 'DOCUMENT_DOCTYPE'],
  ['an entity declaration', changed(GOOD, '?>', '?><!doctype x [<!ENTITY a "1">]>'), 'DOCUMENT_DOCTYPE'],
  ['an entity without declaration', withNumber('<cbc:ID>&number;</cbc:ID>'), 'DOCUMENT_DOCTYPE'],
  ['an encoding that is not read', bytes(changed(GOOD, 'UTF-8', 'EBCDIC-CP-US')), 'DOCUMENT_ENCODING'],
  ['UTF-16 by name alone', bytes(changed(GOOD, 'UTF-8', 'UTF-16')), 'DOCUMENT_ENCODING'],
  [
    'bytes of another encoding than it names',
    Uint8Array.from([...bytes(changed(GOOD, 'UTF-8', 'GB18030')), 0xff]),
    'DOCUMENT_ENCODING',
  ],
  ['bytes that are not UTF-8', Uint8Array.from([...bytes(GOOD), 0xff]), 'DOCUMENT_NOT_UTF8'],
  ['the mark of UTF-16 and another name', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), 'DOCUMENT_ENCODING'],
  ['a lone surrogate', withNumber('<cbc:ID>\ud800</cbc:ID>'), 'DOCUMENT_NOT_UTF8'],
  ['more than 1 MB', GOOD + ' '.repeat(DOCUMENT_BYTES_MAX), 'DOCUMENT_TOO_LARGE'],
  [
    'more than 1 MB in bytes but not in letters',
    `${GOOD}<!--${'钢'.repeat(DOCUMENT_BYTES_MAX / 2)}-->`,
    'DOCUMENT_TOO_LARGE',
  ],
  ['the right name in no namespace', '<Invoice/>', 'DOCUMENT_NAMESPACE'],
  ['another version', changed(GOOD, 'Invoice-2"', 'Invoice-1"'), 'DOCUMENT_NAMESPACE'],
  ['another kind', dealFile('payments/rio-tinto-usd.pacs.002.xml'), 'DOCUMENT_NAMESPACE'],
];

describe('An XML document', () => {
  it.each(REFUSED)('with %s is refused', (_what, document, code) => {
    expect(refusalOf(() => readInvoice(document))?.[0]).toBe(code);
  });

  it('is fingerprinted over its bytes, whether given as bytes or as text', () => {
    const sha256 = createHash('sha256').update(GOOD).digest('hex');
    expect(readInvoice(GOOD).sha256).toBe(sha256);
    expect(readInvoice(bytes(GOOD)).sha256).toBe(sha256);
  });

  it('may carry a byte order mark, which belongs to its fingerprint', () => {
    const marked = bytes(`\ufeff${GOOD}`);
    expect(readInvoice(marked).number).toBe('RTIO-2026-11-0417');
    expect(readInvoice(marked).sha256).toBe(createHash('sha256').update(marked).digest('hex'));
  });

  it('is read in the encoding that it names, and fingerprinted as it was received', () => {
    const chinese = changed(GOOD, NUMBER, '<cbc:ID>发票-417</cbc:ID>');
    // 发票 in GB 18030: B7 A2 C6 B1.
    const [before = '', after = ''] = changed(chinese, 'UTF-8', 'GB18030').split('发票');
    const gb = Buffer.concat([Buffer.from(before), Buffer.from([0xb7, 0xa2, 0xc6, 0xb1]), Buffer.from(after)]);
    expect(readInvoice(gb).number).toBe('发票-417');
    expect(readInvoice(gb).sha256).toBe(createHash('sha256').update(gb).digest('hex'));
    const utf16 = Buffer.from(`\ufeff${changed(chinese, 'UTF-8', 'UTF-16')}`, 'utf16le');
    expect(readInvoice(utf16).number).toBe('发票-417');
    expect(readInvoice(bytes(changed(GOOD, 'UTF-8', 'utf8'))).number).toBe('RTIO-2026-11-0417');
  });

  it('is read alike wherever the parts end in which it is decoded', () => {
    const number = '钢铁\r\n-417';
    const place = bytes(GOOD.slice(0, GOOD.indexOf(NUMBER))).length;
    for (let before = 0; before < 40; before++) {
      const filler = `<!--${'x'.repeat(65_536 - before - place - '<!---->'.length)}-->`;
      const xml = changed(GOOD, NUMBER, `${filler}<cbc:ID>${number}</cbc:ID><cbc:Note>钢😀铁</cbc:Note>`);
      expect(readInvoice(bytes(xml)).number).toBe('钢铁 -417');
    }
  });

  it('is read by namespace, whatever prefixes its sender chose', () => {
    const renamed = GOOD.replaceAll('cbc:', 'basic:')
      .replaceAll(':cbc', ':basic')
      .replaceAll('<Invoice ', '<u:Invoice ')
      .replaceAll('</Invoice>', '</u:Invoice>')
      .replace(' xmlns=', ' xmlns:u=');
    expect({ ...readInvoice(renamed), sha256: '' }).toEqual({ ...readInvoice(GOOD), sha256: '' });
  });

  it('never takes an element of a foreign namespace for its own', () => {
    const foreign = changed(GOOD, NUMBER, '<cbc:ID xmlns:cbc="urn:example:foreign">RTIO-2026-11-0417</cbc:ID>');
    expect(refusalOf(() => readInvoice(foreign))).toEqual(['DOCUMENT_FIELD_MISSING', '/Invoice/ID']);
  });

  it('keeps text as text: leading zeros, references, CDATA and comments', () => {
    const number = (inner: string): string => readInvoice(withNumber(`<cbc:ID>${inner}</cbc:ID>`)).number;
    expect(number('0012')).toBe('0012');
    expect(number('1e3')).toBe('1e3');
    expect(number('  A&amp;B&#45;&#x4E2D; ')).toBe('A&B-中');
    expect(number('<![CDATA[A&amp;B]]>')).toBe('A&amp;B');
    expect(number('00<!-- twelve -->12')).toBe('0012');
  });

  it('is refused with a message that names place and remedy but shows no value', () => {
    const bad = changed(GOOD, '>34000000.00</cbc:PayableAmount>', '>34,000,000</cbc:PayableAmount>');
    let error: unknown;
    try {
      readInvoice(bad);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(DocumentError);
    const message = error instanceof Error ? error.message : '';
    expect(message).toContain('DOCUMENT_FIELD_INVALID at /Invoice/LegalMonetaryTotal/PayableAmount');
    expect(message).toContain('Ask the sender for a corrected document.');
    expect(message).not.toContain('34');
  });
});
