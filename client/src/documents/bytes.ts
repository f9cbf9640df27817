/** Makes the text and the fingerprint of a document from its bytes. Size, kind and encoding are checked before anything is parsed. */
import { createHash } from 'node:crypto';
import { DocumentError, type DocumentErrorCode } from './documentError.js';

/** Largest document that is read, in bytes. */
export const DOCUMENT_BYTES_MAX = 1_000_000;

/** A document as text, without byte order mark, and the SHA-256 of all its bytes in lower-case hex. */
export interface DocumentText {
  readonly text: string;
  readonly sha256: string;
}

/** Files that people send in the place of a text, by the bytes that they begin with. */
const OTHER_KINDS: readonly (readonly [beginning: string, code: DocumentErrorCode])[] = [
  ['%PDF-', 'DOCUMENT_PDF'],
  ['PK\u0003\u0004', 'DOCUMENT_ZIP'],
  ['PK\u0005\u0006', 'DOCUMENT_ZIP'],
];

/** Byte order marks, a letter of ISO 8859-1 for each byte, and what each stands for (Unicode, section 23.8). */
const MARKS: readonly (readonly [mark: string, encoding: string])[] = [
  ['\u00ef\u00bb\u00bf', 'utf-8'],
  ['\u00ff\u00fe', 'utf-16le'],
  ['\u00fe\u00ff', 'utf-16be'],
];

/** What XML declarations name, and the encoding of the WHATWG Encoding Standard that it is. */
const DECLARED: Readonly<Record<string, readonly string[]>> = {
  ...{ 'utf-8': ['utf-8'], utf8: ['utf-8'], 'us-ascii': ['utf-8'], ascii: ['utf-8'] },
  // Without a mark a file that names it in letters of one byte is not in it: what wrote the file did not know its encoding.
  ...{ 'utf-16': ['utf-16le', 'utf-16be'], 'utf-16le': ['utf-16le'], 'utf-16be': ['utf-16be'] },
  ...{ 'iso-8859-1': ['windows-1252'], latin1: ['windows-1252'], 'windows-1252': ['windows-1252'] },
  ...{ 'iso-8859-2': ['iso-8859-2'], 'iso-8859-15': ['iso-8859-15'], 'windows-1250': ['windows-1250'] },
  ...{ gb18030: ['gb18030'], gbk: ['gbk'], gb2312: ['gbk'], big5: ['big5'], shift_jis: ['shift_jis'] },
  'euc-kr': ['euc-kr'],
};

const DECLARATION = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/;
/** How far into a file its declaration reaches. */
const DECLARATION_BYTES = 400;

/** The beginning of a file, a letter for each byte. */
const beginningOf = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');

function assertText(beginning: string): void {
  if (/^(?:\u00ef\u00bb\u00bf)?\s*$/.test(beginning)) throw new DocumentError('DOCUMENT_EMPTY');
  const other = OTHER_KINDS.find(([start]) => beginning.startsWith(start));
  if (other !== undefined) throw new DocumentError(other[1]);
}

/**
 * The encoding of a file: by its mark, else by its XML declaration, else UTF-8. Mark and declaration must agree.
 * @throws DocumentError DOCUMENT_ENCODING
 */
function encodingOf(beginning: string): string {
  const [mark = '', marked] = MARKS.find(([start]) => beginning.startsWith(start)) ?? [];
  const declared = DECLARATION.exec(beginning.slice(mark.length).replaceAll('\u0000', ''))?.[1];
  if (declared === undefined) return marked ?? 'utf-8';
  const named = DECLARED[declared.toLowerCase()] ?? [];
  const encoding = marked ?? named.find((each) => !each.startsWith('utf-16'));
  if (encoding !== undefined && named.includes(encoding)) return encoding;
  throw new DocumentError('DOCUMENT_ENCODING', { found: declared });
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw encoding === 'utf-8'
      ? new DocumentError('DOCUMENT_NOT_UTF8')
      : new DocumentError('DOCUMENT_ENCODING', { found: encoding });
  }
}

/**
 * Decodes and fingerprints a document. A text is treated as its UTF-8 bytes; what it says of its encoding was true of its file.
 * @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_EMPTY, DOCUMENT_PDF, DOCUMENT_ZIP, DOCUMENT_ENCODING, DOCUMENT_NOT_UTF8
 */
export function textOf(document: string | Uint8Array): DocumentText {
  if (document.length > DOCUMENT_BYTES_MAX) throw new DocumentError('DOCUMENT_TOO_LARGE');
  if (typeof document === 'string' && /\p{Surrogate}/u.test(document)) throw new DocumentError('DOCUMENT_NOT_UTF8');
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document;
  if (bytes.length > DOCUMENT_BYTES_MAX) throw new DocumentError('DOCUMENT_TOO_LARGE');
  const beginning = beginningOf(bytes);
  assertText(beginning);
  const encoding = typeof document === 'string' ? 'utf-8' : encodingOf(beginning);
  return { text: decode(bytes, encoding), sha256: createHash('sha256').update(bytes).digest('hex') };
}
