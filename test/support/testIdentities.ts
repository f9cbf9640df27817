// Throw-away identities for tests of the devnet: per organisation a root, a peer, and users with the roles of NodeOUs.
import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;

export interface TestIdentity {
  readonly mspId: string;
  readonly certPem: string;
  readonly keyPem: string;
}

export interface IssueOptions {
  /** Organisational units; the roles of NodeOUs are client, peer, admin and orderer. */
  readonly units: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Names for a TLS certificate. */
  readonly hosts?: readonly string[];
}

/** An authority that issues the certificates of one organisation. */
export interface TestAuthority {
  readonly mspId: string;
  readonly rootPem: string;
  issue(name: string, options: IssueOptions): Promise<TestIdentity>;
}

/** @param named the name that it writes: any authority can write that of another */
export async function createAuthority(mspId: string, named = mspId): Promise<TestAuthority> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: `CN=root.${named},O=${named}`,
    notBefore: new Date(Date.now() - 400 * DAY_MS),
    notAfter: new Date(Date.now() + 400 * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    mspId,
    rootPem: root.toString('pem'),
    issue: async (name, options) => {
      const subjectKeys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serial(),
        subject: [`CN=${name}`, ...options.units.map((unit) => `OU=${unit}`), `O=${named}`].join(','),
        issuer: root.subject,
        notBefore: options.notBefore ?? new Date(Date.now() - DAY_MS),
        notAfter: options.notAfter ?? new Date(Date.now() + DAY_MS),
        signingAlgorithm: ALGORITHM,
        publicKey: subjectKeys.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          ...(options.hosts
            ? [
                new x509.SubjectAlternativeNameExtension(
                  options.hosts.map((value) => ({ type: 'dns' as const, value })),
                ),
              ]
            : []),
        ],
      });
      return { mspId, certPem: certificate.toString('pem'), keyPem: toPem(subjectKeys.privateKey) };
    },
  };
}

export interface TestOrganization {
  readonly mspId: string;
  readonly authority: TestAuthority;
  readonly peer: TestIdentity;
  readonly user: TestIdentity;
  readonly admin: TestIdentity;
  readonly tls: TestIdentity;
}

export async function createOrganization(mspId: string): Promise<TestOrganization> {
  const authority = await createAuthority(mspId);
  const [peer, user, admin, tls] = await Promise.all([
    authority.issue(`peer0.${mspId}`, { units: ['peer'] }),
    authority.issue(`user1.${mspId}`, { units: ['client'] }),
    authority.issue(`admin.${mspId}`, { units: ['admin'] }),
    authority.issue(hostOf(mspId), { units: [], hosts: [hostOf(mspId), 'localhost'] }),
  ]);
  return { mspId, authority, peer, user, admin, tls };
}

export function hostOf(mspId: string): string {
  return `peer0.${mspId.toLowerCase()}.example.com`;
}

function toPem(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function serial(): string {
  return Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex');
}
