/** The one way into every reader: it refuses what no reader takes, and every refusal says first what the file is. */
import { DOCUMENT_BYTES_MAX, FILE_BYTES_MAX, fileOf, sha256Of, textOf, type DocumentFile } from './bytes.js';
import { DocumentError, type DocumentErrorCode } from './documentError.js';
import { identifyFile, sayWhatIs, type DocumentKind } from './identify.js';
import { parseXml, type Content } from './xmlParser.js';

/** A file that has come in. */
export interface Entered {
  readonly file: DocumentFile;
  readonly kind: DocumentKind;
  /** SHA-256 of all its bytes, lower-case hex. */
  readonly sha256: string;
}

/** Kinds that have a refusal of their own, which says what they are. */
const OF_NO_READER: Partial<Record<DocumentKind, DocumentErrorCode>> = {
  EMPTY: 'DOCUMENT_EMPTY',
  PDF: 'DOCUMENT_PDF',
  ZIP: 'DOCUMENT_ZIP',
};

function enter(document: string | Uint8Array): Entered {
  if (typeof document === 'string' && /\p{Surrogate}/u.test(document)) throw new DocumentError('DOCUMENT_NOT_UTF8');
  const file = fileOf(document);
  if (file.bytes.length > FILE_BYTES_MAX) throw new DocumentError('DOCUMENT_TOO_LARGE');
  const { kind } = identifyFile(file);
  const code = OF_NO_READER[kind];
  if (code !== undefined) throw new DocumentError(code);
  return { file, kind, sha256: sha256Of(file.bytes) };
}

/**
 * Reads a file.
 * @param document a file as it was received, or its text
 * @param read takes what it can read of it
 * @throws DocumentError of `read`; DOCUMENT_TOO_LARGE, DOCUMENT_EMPTY, DOCUMENT_PDF, DOCUMENT_ZIP, DOCUMENT_NOT_UTF8
 */
export function readFile<T>(document: string | Uint8Array, read: (entered: Entered) => T): T {
  try {
    return read(enter(document));
  } catch (error) {
    throw error instanceof DocumentError ? error.about(sayWhatIs(document)) : error;
  }
}

/**
 * The root element of an XML file.
 * @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_ENCODING, DOCUMENT_NOT_UTF8, DOCUMENT_DOCTYPE, DOCUMENT_TOO_DEEP, DOCUMENT_NOT_XML,
 *   DOCUMENT_ZIP
 */
export function xmlOf({ file, kind }: Entered): Content {
  if (kind === 'OFD') throw new DocumentError('DOCUMENT_ZIP');
  return parseXml(file);
}

/** A file as text. @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_ENCODING, DOCUMENT_NOT_UTF8, DOCUMENT_ZIP */
export function plainTextOf({ file, kind }: Entered): string {
  if (kind === 'OFD') throw new DocumentError('DOCUMENT_ZIP');
  if (file.bytes.length > DOCUMENT_BYTES_MAX) throw new DocumentError('DOCUMENT_TOO_LARGE');
  return textOf(file);
}
