// ECDSA as Fabric's MSP wants it: SHA-256, DER, and the lower of the two possible S values.
import { hash, sign, verify, type KeyObject } from 'node:crypto';
import { elementAt, encoded, TAG, type Element } from './der.js';

interface Curve {
  readonly order: bigint;
  readonly sizeBytes: number;
}

const CURVES: Readonly<Record<string, Curve>> = {
  prime256v1: { order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n, sizeBytes: 32 },
  secp384r1: {
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    sizeBytes: 48,
  },
};

/** SHA-256 of the concatenation of `parts`. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const [only = new Uint8Array()] = parts;
  // In one call, and by way of text, it takes half as long: short keys and values are hashed by the thousand.
  return Buffer.from(hash('sha256', parts.length > 1 ? Buffer.concat(parts) : only, 'hex'), 'hex');
}

/** Whether this is a key of a curve that the MSP accepts. */
export function isSupportedKey(key: KeyObject): boolean {
  return curveOf(key) !== undefined;
}

/** Signs as a Fabric node does. Throws when the key is of no supported curve. */
export function signLowS(key: KeyObject, data: Uint8Array): Buffer {
  const curve = curveOf(key);
  if (!curve) {
    throw new Error('signing key is neither P-256 nor P-384');
  }
  const raw = sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
  const r = raw.subarray(0, curve.sizeBytes);
  let s = raw.subarray(curve.sizeBytes);
  const value = toBigInt(s);
  if (value > curve.order / 2n) {
    s = Buffer.from((curve.order - value).toString(16).padStart(curve.sizeBytes * 2, '0'), 'hex');
  }
  const body = Buffer.concat([derInteger(r), derInteger(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** Verifies a DER signature; one with a high S is refused even if it is mathematically right. */
export function verifyLowS(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  const curve = curveOf(key);
  const numbers = curve && readNumbers(signature);
  if (!numbers || toBigInt(numbers.s) > curve.order / 2n) {
    return false;
  }
  return verify('sha256', data, { key, dsaEncoding: 'der' }, encoded(TAG.sequence, numbers.r.whole, numbers.s.whole));
}

/** The signature with the lower S; one that is none stays as it is. */
export function withLowS(key: KeyObject, signature: Buffer): Buffer {
  const curve = curveOf(key);
  const numbers = curve && readNumbers(signature);
  if (!numbers || toBigInt(numbers.s) <= curve.order / 2n) {
    return signature;
  }
  const low = Buffer.from((curve.order - toBigInt(numbers.s)).toString(16).padStart(curve.sizeBytes * 2, '0'), 'hex');
  return encoded(TAG.sequence, numbers.r.whole, derInteger(low));
}

function curveOf(key: KeyObject): Curve | undefined {
  return CURVES[key.asymmetricKeyDetails?.namedCurve ?? ''];
}

/** Of an integer that is not negative, or of digits. */
function toBigInt(bytes: Element | Uint8Array): bigint {
  return BigInt(`0x${Buffer.from('content' in bytes ? bytes.content : bytes).toString('hex') || '0'}`);
}

/** A SEQUENCE that begins with two positive INTEGERs. What follows them, or it, Go's reader passes over. */
function readNumbers(der: Uint8Array): { readonly r: Element; readonly s: Element } | undefined {
  try {
    const list = elementAt(Buffer.from(der));
    const r = elementAt(list.content);
    const s = elementAt(list.content, r.whole.length);
    return list.tag === TAG.sequence && [r, s].every(isPositive) ? { r, s } : undefined;
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined; // no DER: no signature
    }
    throw error;
  }
}

/** An INTEGER above zero without a byte too many. */
function isPositive({ tag, content: [first, second] }: Element): boolean {
  const isPadded = first === 0 && (second === undefined || second < 0x80);
  return tag === TAG.integer && first !== undefined && first < 0x80 && !isPadded;
}

function derInteger(value: Uint8Array): Buffer {
  let start = 0;
  while (start < value.length - 1 && value[start] === 0) {
    start += 1;
  }
  const digits = Buffer.from(value.subarray(start));
  const positive = (digits[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}
