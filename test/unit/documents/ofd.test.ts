/** Invoices in an OFD, which is a ZIP archive: only the one that the document names, and only where every program finds the same. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  DocumentError,
  identifyDocument,
  readCreditNotification,
  readCreditNote,
  readInvoice,
} from '../../../client/src/documents/index.js';
import { eInvoice, E_INVOICE, ofdFiles, OLDER, RED } from './chinese.js';
import { refusalOf } from './support.js';
import { zip, type Packed } from './zipFile.js';

const INVOICE = 'Doc_0/Attachs/original_invoice.xml';
const FILES = ofdFiles(eInvoice());
/** The OFD with its invoice packed in another way. */
const packed = (how: Partial<Packed>): Buffer =>
  zip(FILES.map((file) => (file.name === INVOICE ? { ...file, ...how } : file)));
const without = (name: string): Buffer => zip(FILES.filter((file) => file.name !== name));
const replaced = (name: string, from: string, to: string): Buffer =>
  zip(FILES.map((file) => (file.name === name ? { ...file, content: String(file.content).replace(from, to) } : file)));
const listed = (location: string): Buffer => zip(ofdFiles(eInvoice(), { location }));

const spoiled = (at: (bytes: Buffer) => number, value: number): Buffer => {
  const bytes = zip(FILES);
  bytes.writeUInt16LE(value, at(bytes));
  return bytes;
};
const ATTACHMENTS = 'the attachments of the OFD';
/** Place of the end of the directory in the OFD, and of its directory. */
const END = zip(FILES).length - 22;
const DIRECTORY = zip(FILES).readUInt32LE(END + 16);
/** Four bytes more between the directory and its end, counted as part of it. */
function padded(): Buffer {
  const bytes = zip(FILES);
  const end = Buffer.from(bytes.subarray(END));
  end.writeUInt32LE(end.readUInt32LE(12) + 4, 12);
  return Buffer.concat([bytes.subarray(0, END), Buffer.alloc(4), end]);
}

/** What is wrong with an archive, where another check would refuse it too. */
const REASONS: readonly [what: string, file: Buffer, expected: string][] = [
  ['two ends', zip(FILES, `${'\0'.repeat(4)}${zip([]).toString('latin1')}`), 'one directory at its end'],
  ['fewer files here than in all', spoiled(() => END + 8, 4), 'an archive in one part'],
  ['a directory of another size', spoiled(() => END + 12, 1), 'a whole directory'],
  ['a row that is none', spoiled(() => DIRECTORY, 1), 'a whole directory'],
  ['something behind its last row', padded(), 'a whole directory'],
  ['another method in a header', spoiled(() => 8, 0), 'the same in its directory and in its own header'],
  ['other flags in a header', spoiled(() => 6, 0), 'the same in its directory and in its own header'],
  [
    'a file that grows beyond its size',
    packed({ content: Buffer.alloc(100_000_000), told: { size: 900_000 } }),
    'a whole file of the size that it tells',
  ],
  ['a file that tells more than is read', packed({ told: { size: 1_000_001 } }), 'a file of at most 1000000 bytes'],
];

const REFUSED: readonly [what: string, file: Buffer, code: string, place: string][] = [
  ['an encrypted invoice', packed({ told: { flags: 0x801 } }), 'DOCUMENT_ARCHIVE', INVOICE],
  ['an invoice compressed in a way of its own', packed({ told: { method: 12 } }), 'DOCUMENT_ARCHIVE', INVOICE],
  ['an invoice that tells a smaller size', packed({ told: { size: 100 } }), 'DOCUMENT_ARCHIVE', INVOICE],
  ['an invoice that tells a larger size', packed({ told: { size: 900_000 } }), 'DOCUMENT_ARCHIVE', INVOICE],
  [
    'an invoice that tells more than a document may have',
    packed({ told: { size: 1_000_001 } }),
    'DOCUMENT_ARCHIVE',
    INVOICE,
  ],
  [
    'an invoice of 1 GB',
    packed({ content: Buffer.alloc(100_000_000), told: { size: 900_000 } }),
    'DOCUMENT_ARCHIVE',
    INVOICE,
  ],
  ['an invoice with another checksum', packed({ told: { crc: 1 } }), 'DOCUMENT_ARCHIVE', INVOICE],
  [
    'an invoice that goes beyond the file',
    packed({ told: { compressedSize: 0x7fffffff } }),
    'DOCUMENT_ARCHIVE',
    INVOICE,
  ],
  [
    'another name in its own header',
    packed({ ownName: INVOICE.replace('original', 'forged00') }),
    'DOCUMENT_ARCHIVE',
    INVOICE,
  ],
  ['another size in its own header', packed({ ownSize: 1 }), 'DOCUMENT_ARCHIVE', INVOICE],
  ['parts on several disks', packed({ told: { disk: 1 } }), 'DOCUMENT_ARCHIVE', ''],
  [
    'a name twice',
    zip([...FILES, { name: INVOICE, content: eInvoice({ total: '9.00', net: '9.00', tax: '0' }) }]),
    'DOCUMENT_ARCHIVE',
    '',
  ],
  [
    'a name twice, once in capitals',
    zip([...FILES, { name: INVOICE.toUpperCase(), content: 'x' }]),
    'DOCUMENT_ARCHIVE',
    '',
  ],
  ...['../evil.xml', '/etc/x', 'a/../../x', 'C:x', 'a\\b', 'a//b', './a', 'a\u0000b', ''].map(
    (name): [string, Buffer, string, string] => [
      `a file named ${JSON.stringify(name)}`,
      zip([...FILES, { name, content: 'x' }]),
      'DOCUMENT_ARCHIVE',
      '',
    ],
  ),
  [
    '1001 files',
    zip([...FILES, ...Array.from({ length: 997 }, (_, index) => ({ name: `f${String(index)}`, content: '' }))]),
    'DOCUMENT_ARCHIVE',
    '',
  ],
  ['a directory that counts one too few', spoiled((bytes) => bytes.length - 12, 4), 'DOCUMENT_ARCHIVE', ''],
  ['a directory on another disk', spoiled((bytes) => bytes.length - 16, 1), 'DOCUMENT_ARCHIVE', ''],
  ['something behind its end', Buffer.concat([zip(FILES), Buffer.from('x')]), 'DOCUMENT_ARCHIVE', ''],
  ['something before its beginning', Buffer.concat([zip(FILES).subarray(0, 30), zip(FILES)]), 'DOCUMENT_ARCHIVE', ''],
  ['half of it', zip(FILES).subarray(0, 1500), 'DOCUMENT_ARCHIVE', ''],
  ['no document', without('Doc_0/Document.xml'), 'DOCUMENT_FIELD_MISSING', 'Doc_0/Document.xml'],
  ['no invoice where it says', without(INVOICE), 'DOCUMENT_FIELD_MISSING', INVOICE],
  ['an invoice that no list names', listed('another.txt'), 'DOCUMENT_FIELD_MISSING', ATTACHMENTS],
  [
    'no attachments',
    replaced('Doc_0/Document.xml', '<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>', ''),
    'DOCUMENT_FIELD_MISSING',
    ATTACHMENTS,
  ],
  [
    'the same invoice listed twice',
    listed('original_invoice.xml</ofd:FileLoc></ofd:Attachment><ofd:Attachment><ofd:FileLoc>original_invoice.xml'),
    'DOCUMENT_FIELD_REPEATED',
    ATTACHMENTS,
  ],
  [
    '21 attachments',
    listed('a.txt</ofd:FileLoc></ofd:Attachment><ofd:Attachment><ofd:FileLoc>'.repeat(20) + 'a.txt'),
    'DOCUMENT_FIELD_INVALID',
    'Doc_0/Attachs/Attachments.xml',
  ],
  [
    'a place outside',
    listed('../../../x.xml'),
    'DOCUMENT_FIELD_INVALID',
    'Doc_0/Attachs/Attachments.xml/Attachment/FileLoc',
  ],
  [
    'a list of another standard',
    replaced('Doc_0/Attachs/Attachments.xml', 'ofdspec.org/2016', 'example.org'),
    'DOCUMENT_NAMESPACE',
    'Doc_0/Attachs/Attachments.xml',
  ],
  ['a broken invoice', packed({ content: '<EInvoice>' }), 'DOCUMENT_NOT_XML', 'line 1, column 10'],
  [
    'an invoice with a DOCTYPE',
    packed({ content: `<!DOCTYPE x>${eInvoice().replace(/<\?.*\?>/, '')}` }),
    'DOCUMENT_DOCTYPE',
    '',
  ],
  ['a picture of an invoice alone', packed({ content: '<Picture/>' }), 'DOCUMENT_FIELD_MISSING', ATTACHMENTS],
];

describe('An OFD', () => {
  it.each([
    ['deflated', zip(FILES)],
    ['stored', packed({ stored: true })],
    ['with sizes behind the data', zip(FILES.map((file) => ({ ...file, sizesBehind: true })))],
    ['with a comment', zip(FILES, 'made by hand')],
    [
      'named from the top',
      zip(
        ofdFiles(eInvoice(), {
          documentLocation: '/Doc_0/Document.xml',
          location: '/Doc_0/Attachs/original_invoice.xml',
        }),
      ),
    ],
    ['named in steps', listed('../Attachs/./original_invoice.xml')],
    ['with a folder of its own', zip([{ name: 'Doc_0/', content: '', stored: true }, ...FILES])],
    [
      'of the first years of the standard',
      zip(FILES.map((file) => ({ ...file, content: String(file.content).replace('ofdspec.org/2016', 'ofdspec.org') }))),
    ],
  ])('%s has its invoice read, and is fingerprinted whole', (_what, file) => {
    expect(identifyDocument(file)).toEqual({ kind: 'OFD' });
    const { sha256, ...invoice } = readInvoice(file);
    const { sha256: _, ...alone } = readInvoice(eInvoice());
    expect(invoice).toEqual(alone);
    expect(sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('has an older invoice or a red-letter one read', () => {
    expect(readInvoice(zip(ofdFiles(OLDER))).number).toBe('011001900311-21010038');
    expect(readCreditNote(zip(ofdFiles(eInvoice(RED)))).corrects).toEqual([E_INVOICE.number]);
  });

  it.each(REFUSED)('with %s is refused', (_what, file, code, place) => {
    expect(refusalOf(() => readInvoice(file))).toEqual([code, place]);
    expect(() => readInvoice(file)).toThrow(/: The file is an OFD\. /);
  });

  it.each(REASONS)('with %s is refused for that', (_what, file, expected) => {
    expect(() => readInvoice(file)).toThrow(`Expected: ${expected}.`);
  });

  it('with one byte changed, each third in turn, is refused, or read as before', () => {
    const whole = zip(FILES);
    const { sha256: _, ...invoice } = readInvoice(whole);
    let refused = 0;
    for (let at = 0; at < whole.length; at += 3) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8((bytes.readUInt8(at) + 1 + (at % 255)) % 256, at);
      try {
        expect(readInvoice(bytes)).toMatchObject(invoice);
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error;
        refused += 1;
      }
    }
    // What may change are times, versions, and files that no invoice needs.
    expect(refused).toBeGreaterThan((whole.length / 3) * 0.8);
  });

  it('is no message, and an archive without an OFD is none', () => {
    expect(refusalOf(() => readCreditNotification(zip(FILES)))).toEqual(['DOCUMENT_ZIP', '']);
    const archive = zip([{ name: 'invoice.xml', content: eInvoice() }]);
    expect(identifyDocument(archive)).toEqual({ kind: 'ZIP' });
    expect(refusalOf(() => readInvoice(archive))).toEqual(['DOCUMENT_ZIP', '']);
  });
});
