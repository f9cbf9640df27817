/**
 * Elements of DER (X.690), read as strictly as Go reads them: one-byte tags, definite lengths in their shortest form, nothing that
 * runs past its end. Node's own reader is more lenient, and its output differs between versions.
 */

/** One element. */
export interface Element {
  readonly tag: number;
  /** Header and content. */
  readonly whole: Buffer;
  readonly content: Buffer;
}

/** The low five bits of the first byte of a tag that goes on in further bytes. */
const LONG_TAG = 0x1f;
/** Go reads lengths of at most so many bytes. */
const LENGTH_BYTES_MAX = 4;

/** The elements that fill these bytes, side by side. @throws RangeError when they are not DER */
export function elementsOf(bytes: Buffer): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const element = readElement(bytes, at);
    elements.push(element);
    at += element.whole.length;
  }
  return elements;
}

function readElement(bytes: Buffer, at: number): Element {
  const tag = byteAt(bytes, at);
  if ((tag & LONG_TAG) === LONG_TAG) throw new RangeError('the tag is longer than one byte');
  const { length, start } = readLength(bytes, at + 1);
  if (start + length > bytes.length) throw new RangeError('the element runs past its end');
  return { tag, whole: bytes.subarray(at, start + length), content: bytes.subarray(start, start + length) };
}

/** @returns the length of a content, and where the content starts */
function readLength(bytes: Buffer, at: number): { readonly length: number; readonly start: number } {
  const first = byteAt(bytes, at);
  if (first < 0x80) return { length: first, start: at + 1 };
  const size = first & 0x7f;
  if (size === 0 || size > LENGTH_BYTES_MAX) throw new RangeError('the length is indefinite or too long');
  byteAt(bytes, at + size);
  const length = bytes.readUIntBE(at + 1, size);
  if (length < 0x80 || length < 256 ** (size - 1)) throw new RangeError('the length is not in its shortest form');
  return { length, start: at + 1 + size };
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError('the bytes end too early');
  return byte;
}
