// The parts of an X.509 certificate that the MSP needs, read once. A certificate is accepted or refused as Go's reader does, not Node's.
import { X509Certificate, type KeyObject } from 'node:crypto';
import { elementAt, elements, encoded, TAG, type Element } from './der.js';
import { isSupportedKey, withLowS } from './ecdsa.js';
import { attributesOf } from './name.js';
import { firstBlock } from './pem.js';

export interface Certificate {
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  /** By its basic constraints alone, which is what Go goes by. */
  readonly isAuthority: boolean;
  readonly organizationalUnits: readonly string[];
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
  /** The bytes by which Fabric knows it, once it is known who signed it: with the lower of the two possible S values. */
  bytesSignedBy(authority: Certificate): Buffer;
}

/** The parts of a certificate that go without its signature; they can be written in more than one way. */
interface Parts {
  readonly raw: Buffer;
  readonly signed: Element;
  readonly algorithm: Element;
  readonly signature: Buffer;
  readonly subject: Element;
}

/** The extension 2.5.29.19, critical or not, whose content begins with TRUE. */
const AUTHORITY = /0603551d13(0101ff)?04..30..0101ff/;
/** 2.5.4.11 */
const ORGANIZATIONAL_UNIT = '55040b';
/** Signatures by ECDSA, 1.2.840.10045.4.*: those that Fabric rewrites. */
const ECDSA_SIGNATURE = '2a8648ce3d04';

/** Reads the first PEM block, of whatever type; undefined when there is none or it is not exactly one certificate. */
export function parseCertificate(pem: Uint8Array): Certificate | undefined {
  const block = firstBlock(pem);
  if (!block) {
    return undefined;
  }
  try {
    return read(partsOf(block));
  } catch {
    return undefined; // what cannot be read is not an identity: the caller refuses it by that name
  }
}

function read(parts: Parts): Certificate {
  const { signed, algorithm, signature, raw } = parts;
  const write = (bits: Buffer): Buffer =>
    encoded(TAG.sequence, signed.whole, algorithm.whole, encoded(TAG.bitString, Buffer.alloc(1), bits));
  // Go passes over what follows the signature; OpenSSL would not.
  const x509 = new X509Certificate(write(signature));
  return {
    x509,
    publicKey: x509.publicKey,
    isAuthority: AUTHORITY.test(x509.raw.toString('hex')),
    organizationalUnits: attributesOf(parts.subject, ORGANIZATIONAL_UNIT),
    notBefore: Date.parse(x509.validFrom),
    notAfter: Date.parse(x509.validTo),
    bytesSignedBy: (authority) => {
      const low = isEcdsaSigned(algorithm) ? withLowS(authority.publicKey, signature) : signature;
      return low.equals(signature) ? raw : write(low);
    },
  };
}

function isEcdsaSigned(algorithm: Element): boolean {
  return elements(algorithm.content)[0]?.content.toString('hex').startsWith(ECDSA_SIGNATURE) ?? false;
}

/** Throws when Go would refuse the certificate for how it is written. */
function partsOf(der: Buffer): Parts {
  const whole = elementAt(der);
  if (whole.whole.length !== der.length) {
    throw new RangeError('trailing data');
  }
  const signed = due(elementAt(whole.content), TAG.sequence);
  const algorithm = due(elementAt(whole.content, signed.whole.length), TAG.sequence);
  const bits = due(elementAt(whole.content, signed.whole.length + algorithm.whole.length), TAG.bitString);
  const fields = elements(signed.content);
  const start = fields[0]?.tag === TAG.version ? 1 : 0;
  const [inner, issuer, , subject] = fields.slice(start + 1);
  if (due(whole, TAG.sequence) !== whole || !inner?.content.equals(algorithm.content)) {
    throw new RangeError('no certificate, or one that names two algorithms');
  }
  attributesOf(due(issuer, TAG.sequence), ''); // read for what Go refuses in it
  return { raw: whole.whole, signed, algorithm, signature: wholeBytes(bits), subject: due(subject, TAG.sequence) };
}

function due(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) {
    throw new RangeError('not the element that is due');
  }
  return element;
}

/** A signature is a whole number of bytes: shifted by some bits it is none. */
function wholeBytes({ content }: Element): Buffer {
  if (content[0] !== 0) {
    throw new RangeError('a signature of a part of a byte');
  }
  return content.subarray(1);
}

/**
 * The one of `authorities` that vouches for `certificate`; undefined when none does. As in Fabric the chain is checked at
 * the moment the certificate became valid, so that an expired certificate still verifies old blocks. Filters check the expiry.
 */
export function issuerOf(certificate: Certificate, authorities: readonly Certificate[]): Certificate | undefined {
  const moment = certificate.notBefore + 1000;
  if (!isSupportedKey(certificate.publicKey)) {
    return undefined;
  }
  return authorities.find(
    (authority) =>
      authority.isAuthority &&
      authority.notBefore <= moment &&
      moment <= authority.notAfter &&
      moment <= certificate.notAfter &&
      certificate.x509.checkIssued(authority.x509) &&
      certificate.x509.verify(authority.publicKey),
  );
}
