// One X.509 certificate, read once: what the MSP needs to know of it.
import { X509Certificate, type KeyObject } from 'node:crypto';
import { isSupportedKey } from './ecdsa.js';

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
}

/** The extension 2.5.29.19, critical or not, whose content begins with TRUE. */
const AUTHORITY = /0603551d13(0101ff)?04..30..0101ff/;

/** Reads the first certificate of a PEM text; undefined when there is none or it is broken. */
export function parseCertificate(pem: Uint8Array): Certificate | undefined {
  if (!Buffer.from(pem).includes('-----BEGIN')) {
    return undefined; // Go's MSP takes PEM alone, Node would take DER too
  }
  try {
    const x509 = new X509Certificate(pem);
    return {
      x509,
      publicKey: x509.publicKey,
      isAuthority: AUTHORITY.test(x509.raw.toString('hex')),
      organizationalUnits: attributesOf(x509.subject, 'OU'),
      notBefore: Date.parse(x509.validFrom),
      notAfter: Date.parse(x509.validTo),
    };
  } catch {
    return undefined; // what cannot be read is not an identity: the caller refuses it by that name
  }
}

/**
 * The one of `authorities` that vouches for `certificate`; undefined when none does. As in Fabric the chain is checked at
 * the moment the certificate became valid, so that an expired one still verifies old blocks; expiry is the business of
 * filters.
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

function attributesOf(subject: string, name: string): string[] {
  return subject
    .split('\n')
    .filter((line) => line.startsWith(`${name}=`))
    .map((line) => line.slice(name.length + 1));
}
