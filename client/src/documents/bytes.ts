/** Makes the text and the fingerprint of a document from its bytes. Size and encoding are checked before anything is parsed. */
import { createHash } from 'node:crypto';
import { DocumentError } from './documentError.js';

/** Largest document that is read, in bytes. */
export const DOCUMENT_BYTES_MAX = 1_000_000;

/** A document as text, without byte order mark, and the SHA-256 of all its bytes in lower-case hex. */
export interface DocumentText {
  readonly text: string;
  readonly sha256: string;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DocumentError('DOCUMENT_NOT_UTF8');
  }
}

/**
 * Decodes and fingerprints a document. A text is treated as its UTF-8 bytes.
 * @throws DocumentError DOCUMENT_TOO_LARGE, DOCUMENT_NOT_UTF8
 */
export function textOf(document: string | Uint8Array): DocumentText {
  if (document.length > DOCUMENT_BYTES_MAX) throw new DocumentError('DOCUMENT_TOO_LARGE');
  if (typeof document === 'string' && /\p{Surrogate}/u.test(document)) throw new DocumentError('DOCUMENT_NOT_UTF8');
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document;
  if (bytes.length > DOCUMENT_BYTES_MAX) throw new DocumentError('DOCUMENT_TOO_LARGE');
  return { text: decode(bytes), sha256: createHash('sha256').update(bytes).digest('hex') };
}
