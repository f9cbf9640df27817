/** Keys and certificates as Fabric wants them: P-256, low-S signatures, NodeOU in the subject. */
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const CURVE_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const HOUR_MS = 3_600_000;
const VALID_FROM_BEFORE_NOW_MS = HOUR_MS;
const VALID_FOR_MS = 10 * 365 * 24 * HOUR_MS;

x509.cryptoProvider.set(webcrypto);

/** A key with its certificate, both as PEM. */
export interface KeyPair {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** One that can sign certificates of others. */
export interface Authority extends KeyPair {
  readonly certificate: x509.X509Certificate;
  readonly privateKey: webcrypto.CryptoKey;
}

/** What a certificate is to say of its holder. */
export interface Holder {
  readonly commonName: string;
  /** NodeOU: client, peer, admin or orderer. None in TLS certificates. */
  readonly organizationalUnit?: string;
  /** Host names and IPv4 addresses. Left out: the certificate is for signing, not for TLS. */
  readonly hosts?: readonly string[];
}

const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
const SIGNING_USAGE = new x509.KeyUsagesExtension(digitalSignature, true);
const TLS_USAGE = new x509.KeyUsagesExtension(digitalSignature | keyEncipherment, true);

// RFC 5280: positive and at most 20 bytes.
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes.toString('hex');
}

function validity(now: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now - VALID_FROM_BEFORE_NOW_MS), notAfter: new Date(now + VALID_FOR_MS) };
}

const privateKeyPem = async (key: webcrypto.CryptoKey): Promise<string> =>
  `${x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;

const pemOf = (certificate: x509.X509Certificate): string => `${certificate.toString('pem')}\n`;

const generateKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

/**
 * Fabric's MSP rewrites a certificate whose signature has a high S, and then knows its holder by other bytes than those
 * in the file. Signing is random, so signing again gives a low S after two tries on average.
 */
async function signedLowS(create: () => Promise<x509.X509Certificate>): Promise<x509.X509Certificate> {
  for (;;) {
    const certificate = await create();
    const s = BigInt(`0x${Buffer.from(certificate.signature).subarray(-32).toString('hex')}`);
    if (s <= CURVE_ORDER / 2n) return certificate;
  }
}

/** A self-signed certificate authority. */
export async function createAuthority(commonName: string, organization: string): Promise<Authority> {
  const keys = await generateKeys();
  const serial = serialNumber();
  const extensions = [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
  ];
  const certificate = await signedLowS(() =>
    x509.X509CertificateGenerator.createSelfSigned({
      keys,
      extensions,
      serialNumber: serial,
      name: [{ O: [organization] }, { CN: [commonName] }],
      signingAlgorithm: SIGNING,
      ...validity(Date.now()),
    }),
  );
  return {
    certificate,
    privateKey: keys.privateKey,
    certificatePem: pemOf(certificate),
    privateKeyPem: await privateKeyPem(keys.privateKey),
  };
}

const isAddress = (host: string): boolean => /^[0-9.]+$/.test(host);

function tlsExtensions(hosts: readonly string[]): x509.Extension[] {
  const { serverAuth, clientAuth } = x509.ExtendedKeyUsage;
  const names = hosts.map((value) => ({ type: isAddress(value) ? ('ip' as const) : ('dns' as const), value }));
  return [
    new x509.ExtendedKeyUsageExtension([serverAuth, clientAuth]),
    new x509.SubjectAlternativeNameExtension(names),
  ];
}

/** A key and a certificate for it, signed by an authority. */
export async function issueCertificate(authority: Authority, holder: Holder): Promise<KeyPair> {
  const keys = await generateKeys();
  const serial = serialNumber();
  const { hosts, organizationalUnit } = holder;
  const extensions = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    hosts === undefined ? SIGNING_USAGE : TLS_USAGE,
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ...(hosts === undefined ? [] : tlsExtensions(hosts)),
  ];
  const unit = organizationalUnit === undefined ? [] : [{ OU: [organizationalUnit] }];
  const certificate = await signedLowS(() =>
    x509.X509CertificateGenerator.create({
      publicKey: keys.publicKey,
      signingKey: authority.privateKey,
      issuer: authority.certificate.subjectName,
      subject: [...unit, { CN: [holder.commonName] }],
      serialNumber: serial,
      signingAlgorithm: SIGNING,
      extensions,
      ...validity(Date.now()),
    }),
  );
  return { certificatePem: pemOf(certificate), privateKeyPem: await privateKeyPem(keys.privateKey) };
}
