/** The error of all document readers, with a complete table of codes and what to do about each. */

/** What is wrong with a document, and what to do about it. Codes are append-only. */
export const DOCUMENT_ERRORS = {
  DOCUMENT_TOO_LARGE:
    'The document is larger than 1 MB without its attachments, or the file is larger than 30 MB, which attachments of 20 MB fill. Send the document without its attachments.',
  DOCUMENT_EMPTY: 'The file is empty. Download or export it again.',
  DOCUMENT_PDF: 'The file is a PDF, which shows a document but is not the document. Ask the sender for the XML file.',
  DOCUMENT_ZIP:
    'The file is a ZIP archive, as OFD files and office documents are too. Take the XML file out of it, or ask the sender for that.',
  DOCUMENT_ARCHIVE:
    'The archive is damaged, encrypted, too large, or built so that two programs would find different files in it. Ask the sender for the file as it was issued, or for the XML.',
  DOCUMENT_ENCODING:
    'The encoding that the document names is not read, or its bytes are in another one. Export it again with the encoding UTF-8.',
  DOCUMENT_NOT_UTF8: 'The document is not UTF-8 text. Export it again with the encoding UTF-8.',
  DOCUMENT_NOT_XML: 'The document is not well-formed XML. Take the file as its sender wrote it, unedited.',
  DOCUMENT_TOO_DEEP:
    'Elements lie inside each other more than 100 deep, which no document of this kind needs. Take the file as its sender wrote it, unedited.',
  DOCUMENT_NOT_JSON: 'The document is not well-formed JSON. Take the file as its sender wrote it, unedited.',
  DOCUMENT_DOCTYPE:
    'The document has a DOCTYPE or uses an entity of its own. Remove both, because such a document is never read.',
  DOCUMENT_NAMESPACE:
    'The document is of another kind or version. Use the reader made for it, or ask for the expected one.',
  DOCUMENT_FIELD_MISSING: 'A required field is missing. Ask the sender for a complete document.',
  DOCUMENT_FIELD_REPEATED:
    'A field that may stand here once stands more than once. Split the document, or ask for one that names it once.',
  DOCUMENT_FIELD_UNKNOWN: 'A field is not part of this format. Remove it, or correct its name.',
  DOCUMENT_FIELD_INVALID: 'A field holds a value that is not allowed there. Ask the sender for a corrected document.',
} as const;

/** Code of a document that cannot be read. */
export type DocumentErrorCode = keyof typeof DOCUMENT_ERRORS;

/**
 * The place of the error. It never holds a value of the document, because errors are logged and amounts and names must not be. What the
 * document says of itself (its root, its version, its encoding) is no such value.
 */
export interface DocumentErrorData {
  /** Place in the document, for example `/Invoice/LegalMonetaryTotal/PayableAmount`; line and column where it is not well-formed. */
  readonly path?: string;
  /** What should stand there. */
  readonly expected?: string;
  /** What the document says that it is: its root element and namespace, or its encoding. */
  readonly found?: string;
  /** What the file is: its kind, and of XML the root element with its namespace. */
  readonly file?: string;
}

/** Codes that say what the file is. */
const TELL_THE_FILE: ReadonlySet<DocumentErrorCode> = new Set(['DOCUMENT_EMPTY', 'DOCUMENT_PDF', 'DOCUMENT_ZIP']);

/** A document that cannot be relied on. `message` names the place and the remedy. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly code: DocumentErrorCode;
  readonly data: DocumentErrorData;

  constructor(code: DocumentErrorCode, data: DocumentErrorData = {}) {
    const file = data.file === undefined ? '' : ` The file is ${data.file}.`;
    const place = data.path === undefined ? '' : ` at ${data.path}`;
    const expected = data.expected === undefined ? '' : ` Expected: ${data.expected}.`;
    const found = data.found === undefined ? '' : ` Found: ${data.found}.`;
    super(`${code}${place}:${file} ${DOCUMENT_ERRORS[code]}${expected}${found}`);
    this.code = code;
    this.data = data;
  }

  /** The same error, which says first what the file is. */
  about(file: string): DocumentError {
    const isTold = TELL_THE_FILE.has(this.code) || this.data.found !== undefined || this.data.file !== undefined;
    return isTold ? this : new DocumentError(this.code, { ...this.data, file });
  }
}
