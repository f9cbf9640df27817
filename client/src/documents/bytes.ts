/** The bytes of a document: how large they may be, how they begin, and the text that they stand for. */
import { createHash } from 'node:crypto';
import { DocumentError } from './documentError.js';

/** Largest document that is read, in bytes, without the attachments that are embedded in it. */
export const DOCUMENT_BYTES_MAX = 1_000_000;
/** Largest file that is read, in bytes: a document with attachments of 20 MB, which base64 makes a third larger. */
export const FILE_BYTES_MAX = 30_000_000;

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
/** How much of a file is decoded at once. */
const CHUNK_BYTES = 65_536;

/** A document as it was given. */
export interface DocumentFile {
  readonly bytes: Uint8Array;
  /** Its first bytes, a letter for each; without the mark, and without the zero bytes of UTF-16. */
  readonly beginning: string;
  /** The encoding that its byte order mark names. */
  readonly marked: string | undefined;
  /** Whether it was given as text: what it says of its encoding was true of the file that it came from. */
  readonly isText: boolean;
}

/** A document as bytes. A text is its UTF-8 bytes. */
export function fileOf(document: string | Uint8Array): DocumentFile {
  const isText = typeof document === 'string';
  const bytes = isText ? new TextEncoder().encode(document) : document;
  const letters = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const [mark = '', marked] = MARKS.find(([start]) => letters.startsWith(start)) ?? [];
  return { bytes, beginning: letters.slice(mark.length).replaceAll('\u0000', ''), marked, isText };
}

/** SHA-256 in lower-case hex. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The encoding of a file: by its mark, else by its XML declaration, else UTF-8. Mark and declaration must agree.
 * @throws DocumentError DOCUMENT_ENCODING
 */
export function encodingOf({ beginning, marked, isText }: DocumentFile): string {
  const declared = isText ? undefined : DECLARATION.exec(beginning)?.[1];
  if (declared === undefined) return marked ?? 'utf-8';
  const named = DECLARED[declared.toLowerCase()] ?? [];
  const encoding = marked ?? named.find((each) => !each.startsWith('utf-16'));
  if (encoding !== undefined && named.includes(encoding)) return encoding;
  throw new DocumentError('DOCUMENT_ENCODING', { found: declared });
}

function decoded(decode: () => string, encoding: string): string {
  try {
    return decode();
  } catch {
    throw encoding === 'utf-8'
      ? new DocumentError('DOCUMENT_NOT_UTF8')
      : new DocumentError('DOCUMENT_ENCODING', { found: encoding });
  }
}

/** Text, and the number of bytes up to its end. */
export interface Chunk {
  readonly text: string;
  readonly end: number;
}

/**
 * A file as text, a part at a time, so that it never stands in memory twice.
 * @throws DocumentError DOCUMENT_ENCODING, DOCUMENT_NOT_UTF8
 */
export function* chunksOf(bytes: Uint8Array, encoding: string): Generator<Chunk> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    const end = Math.min(start + CHUNK_BYTES, bytes.length);
    const part = bytes.subarray(start, end);
    yield { text: decoded(() => decoder.decode(part, { stream: true }), encoding), end };
  }
  yield { text: decoded(() => decoder.decode(), encoding), end: bytes.length };
}

/** A whole file as text. @throws DocumentError DOCUMENT_ENCODING, DOCUMENT_NOT_UTF8 */
export const textOf = (file: DocumentFile): string =>
  Array.from(chunksOf(file.bytes, encodingOf(file)), ({ text }) => text).join('');
