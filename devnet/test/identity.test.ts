// Whom an MSP vouches for: intermediate authorities, and certificates that were taken back.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Membership, type Identity } from '../src/identity/membership.js';
import { serializeIdentity } from '../src/identity/serialized.js';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const MSP = 'Org1MSP';

interface Holder {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

async function issue(name: string, by: Holder | undefined, unit?: string): Promise<Holder> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const subject = [`CN=${name}`, ...(unit === undefined ? [] : [`OU=${unit}`])].join(',');
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(12))).toString('hex'),
    subject,
    issuer: by?.certificate.subject ?? subject,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 3_600_000),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: (by?.keys ?? keys).privateKey,
    extensions: [new x509.BasicConstraintsExtension(unit === undefined, undefined, true)],
  });
  return { certificate, keys };
}

async function crlOf(by: Holder, revoked: readonly Holder[]): Promise<string> {
  const list = await x509.X509CrlGenerator.create({
    issuer: by.certificate.subject,
    thisUpdate: new Date(),
    entries: revoked.map(({ certificate }) => ({ serialNumber: certificate.serialNumber, revocationDate: new Date() })),
    signingAlgorithm: ALGORITHM,
    signingKey: by.keys.privateKey,
  });
  return list.toString('pem');
}

const pemOf = ({ certificate }: Holder): string => certificate.toString('pem');

let [root, stranger, intermediate, direct, below]: Holder[] = [];

beforeAll(async () => {
  root = await issue('root', undefined);
  stranger = await issue('stranger', undefined);
  intermediate = await issue('intermediate', root);
  direct = await issue('direct', root, 'client');
  below = await issue('below', intermediate, 'client');
});

function identify(
  holder: Holder | undefined,
  options: { crlsPem?: string[]; intermediate?: boolean },
): Identity | undefined {
  if (!root || !intermediate || !holder) {
    throw new Error('nothing was issued');
  }
  const membership = new Membership([
    {
      mspId: MSP,
      rootCertsPem: [pemOf(root)],
      ...(options.intermediate === true ? { intermediateCertsPem: [pemOf(intermediate)] } : {}),
      ...(options.crlsPem ? { crlsPem: options.crlsPem } : {}),
    },
  ]);
  return membership.identify(serializeIdentity(MSP, pemOf(holder)));
}

describe('an MSP', () => {
  it('vouches for what its intermediate authority issued, and then no longer for what the root issued itself', () => {
    expect(identify(below, { intermediate: true })?.valid).toBe(true);
    expect(identify(direct, { intermediate: true })?.valid).toBe(false);
    expect(identify(direct, {})?.valid).toBe(true);
    expect(identify(below, {})).toBeUndefined();
  });

  it('does not vouch for a certificate on a list of its issuer', async () => {
    const crlsPem = [await crlOf(root as Holder, [stranger as Holder, direct as Holder])];
    expect(identify(direct, { crlsPem })?.valid).toBe(false);
    expect(identify(below, { crlsPem, intermediate: true })?.valid).toBe(true);
  });

  it('does not mind lists of others, nor empty ones', async () => {
    const foreign = await crlOf(stranger as Holder, [direct as Holder]);
    const empty = await crlOf(root as Holder, []);
    expect(identify(direct, { crlsPem: [foreign, empty] })?.valid).toBe(true);
  });

  it('cannot be made of what is no certificate or no list', () => {
    expect(() => new Membership([{ mspId: MSP, rootCertsPem: ['nothing'] }])).toThrow('cannot be read');
    expect(() => identify(direct, { crlsPem: ['nothing'] })).toThrow('certificate revocation list cannot be read');
  });
});
