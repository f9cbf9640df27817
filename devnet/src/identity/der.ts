// DER as Go's crypto/x509 reads it: short tags, definite lengths in their shortest form, nothing that runs past its end.

export interface Element {
  readonly tag: number;
  /** With tag and length. */
  readonly whole: Buffer;
  readonly content: Buffer;
}

export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
} as const;

const LONG_TAG = 0x1f;
const LENGTH_BYTES_MAX = 4;

/** The elements that lie side by side. Throws when these bytes are no DER. */
export function elements(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const element = elementAt(bytes, at);
    found.push(element);
    at += element.whole.length;
  }
  return found;
}

/** The element that begins here, whatever comes after it. Throws when it is no DER. */
export function elementAt(bytes: Buffer, at = 0): Element {
  const tag = byteAt(bytes, at);
  const { length, start } = lengthAt(bytes, at + 1);
  if ((tag & LONG_TAG) === LONG_TAG || start + length > bytes.length) {
    throw new RangeError('a tag that Go does not read, or an element that runs past its end');
  }
  return { tag, whole: bytes.subarray(at, start + length), content: bytes.subarray(start, start + length) };
}

/** Length of a content, and where the content starts. */
function lengthAt(bytes: Buffer, at: number): { readonly length: number; readonly start: number } {
  const first = byteAt(bytes, at);
  if (first < 0x80) {
    return { length: first, start: at + 1 };
  }
  const size = first & 0x7f;
  if (size === 0 || size > LENGTH_BYTES_MAX) {
    throw new RangeError('a length that Go does not read');
  }
  byteAt(bytes, at + size);
  const length = bytes.readUIntBE(at + 1, size);
  if (length < 0x80 || length < 256 ** (size - 1)) {
    throw new RangeError('a length that is not in its shortest form');
  }
  return { length, start: at + 1 + size };
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) {
    throw new RangeError('the bytes end too early');
  }
  return byte;
}

/** An element with this content. */
export function encoded(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const digits = Buffer.from(content.length.toString(16).padStart(8, '0'), 'hex');
  const length = digits.subarray(digits.findIndex((byte) => byte !== 0));
  const header = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | length.length, ...length];
  return Buffer.concat([Buffer.from(header), content]);
}
