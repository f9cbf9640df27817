/** Who signs: users, peers and people that the channel does not know, made from the files of a network's data folder. */
import 'reflect-metadata';
import { createHash, createPrivateKey, sign, webcrypto, type KeyObject } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { msp } from '@hyperledger/fabric-protos';
import * as x509 from '@peculiar/x509';

const CURVE_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;

x509.cryptoProvider.set(webcrypto);

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const positive = bytes.readUInt8(0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]);
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}

const integer = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

/** One who can sign. */
export class Identity {
  readonly mspId: string;
  readonly certPem: string;
  /** Serialized `msp.SerializedIdentity`. */
  readonly bytes: Uint8Array;
  readonly #key: KeyObject;

  constructor(mspId: string, certPem: string, key: string | KeyObject) {
    this.mspId = mspId;
    this.certPem = certPem;
    this.#key = typeof key === 'string' ? createPrivateKey(key) : key;
    const identity = new msp.SerializedIdentity();
    identity.setMspid(mspId);
    identity.setIdBytes(Buffer.from(certPem));
    this.bytes = identity.serializeBinary();
  }

  /** Somebody without any name. */
  nameless(): Identity {
    return this.written(new Uint8Array());
  }

  /** The same person, who writes its name in other bytes. */
  written(bytes: Uint8Array): Identity {
    return Object.assign(this.claiming(this.mspId), { bytes });
  }

  /** The same person under the name of another organisation. */
  claiming(mspId: string): Identity {
    return new Identity(mspId, this.certPem, this.#key);
  }

  /** DER signature over SHA-256, with the low S that Fabric wants, or with the high one. */
  sign(message: Uint8Array, high = false): Buffer {
    const raw = sign('sha256', message, { key: this.#key, dsaEncoding: 'ieee-p1363' });
    const s = integer(raw.subarray(32));
    const isHigh = s > CURVE_ORDER / 2n;
    const body = Buffer.concat([
      derInteger(integer(raw.subarray(0, 32))),
      derInteger(isHigh === high ? s : CURVE_ORDER - s),
    ]);
    return Buffer.concat([Buffer.from([0x30, body.length]), body]);
  }

  /** Transaction id of a nonce. */
  txId(nonce: Uint8Array): string {
    return createHash('sha256').update(nonce).update(this.bytes).digest('hex');
  }
}

function onlyFile(folder: string): string {
  const [name] = readdirSync(folder);
  if (name === undefined) throw new Error(`There is no file in ${folder}.`);
  return readFileSync(join(folder, name), 'utf8');
}

/** The identity of an MSP folder. */
export const fromMspFolder = (mspId: string, folder: string): Identity =>
  new Identity(mspId, onlyFile(join(folder, 'signcerts')), onlyFile(join(folder, 'keystore')));

/** What a certificate is to say. */
export interface CertificateParts {
  readonly units: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly isAuthority?: boolean;
  /** Signed by somebody else than the authority that it names. */
  readonly forged?: boolean;
  /** Named as the authority that signed it, in place of that one's name. */
  readonly issuer?: string;
}

async function keyPair(): Promise<{ keys: webcrypto.CryptoKeyPair; pem: string }> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const pem = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { keys, pem };
}

const lowSigned = (certificate: x509.X509Certificate): boolean =>
  integer(Buffer.from(certificate.signature).subarray(-32)) <= CURVE_ORDER / 2n;

/** A certificate by the authority whose folder (`ca/`) this is. */
export async function issue(mspId: string, authorityFolder: string, parts: CertificateParts): Promise<Identity> {
  const files = readdirSync(authorityFolder).map((name) => readFileSync(join(authorityFolder, name), 'utf8'));
  const issuer = new x509.X509Certificate(files.find((each) => each.includes('BEGIN CERTIFICATE')) ?? '');
  const issuerKey = files.find((each) => each.includes('PRIVATE KEY')) ?? '';
  const der = x509.PemConverter.decodeFirst(issuerKey);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
  const { keys, pem } = await keyPair();
  for (;;) {
    const certificate = await x509.X509CertificateGenerator.create({
      subject: [...parts.units.map((unit) => `OU=${unit}`), 'CN=conformance'].join(','),
      issuer: parts.issuer ?? issuer.subjectName,
      notBefore: parts.notBefore ?? new Date(Date.now() - DAY_MS / 48),
      notAfter: parts.notAfter ?? new Date(Date.now() + DAY_MS),
      serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(12))).toString('hex'),
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: parts.forged === true ? keys.privateKey : signingKey,
      extensions: [
        new x509.BasicConstraintsExtension(parts.isAuthority ?? false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ],
    });
    if (lowSigned(certificate)) return new Identity(mspId, certificate.toString('pem'), pem);
  }
}

/** Somebody whose authority nobody on the channel knows. */
export async function stranger(mspId: string): Promise<Identity> {
  const { keys, pem } = await keyPair();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'OU=client,CN=stranger',
    notBefore: new Date(Date.now() - DAY_MS / 48),
    notAfter: new Date(Date.now() + DAY_MS),
    serialNumber: '0102030405',
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true)],
  });
  return new Identity(mspId, certificate.toString('pem'), pem);
}
