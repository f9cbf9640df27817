/** One user of one organisation as the network's own checks need it: serialized identity and low-S signatures. */
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { msp } from '@hyperledger/fabric-protos';
import type { UserConnection } from '../driver.js';

const CURVE_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const positive = bytes.readUInt8(0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]);
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}

const integer = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

// Fabric refuses the larger of the two values of S that are both valid signatures.
function lowS(signature: Buffer): Buffer {
  const s = integer(signature.subarray(32));
  const body = Buffer.concat([
    derInteger(integer(signature.subarray(0, 32))),
    derInteger(s > CURVE_ORDER / 2n ? CURVE_ORDER - s : s),
  ]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

async function onlyFile(folder: string): Promise<Buffer> {
  const [name] = await readdir(folder);
  if (name === undefined) throw new Error(`There is no file in ${folder}.`);
  return readFile(join(folder, name));
}

/** Signs as one user. */
export class Signer {
  readonly mspId: string;
  /** Serialized `msp.SerializedIdentity`. */
  readonly creator: Uint8Array;
  /** PEM. */
  readonly certificate: string;
  readonly #key: KeyObject;

  /** @param pem certificate and private key */
  constructor(mspId: string, pem: { readonly certificate: string; readonly key: string }) {
    const identity = new msp.SerializedIdentity();
    identity.setMspid(mspId);
    identity.setIdBytes(Buffer.from(pem.certificate));
    this.mspId = mspId;
    this.creator = identity.serializeBinary();
    this.certificate = pem.certificate;
    this.#key = createPrivateKey(pem.key);
  }

  /** Reads certificate and key of a user. @throws Error when a file is missing */
  static async load({ mspId, mspPath }: UserConnection): Promise<Signer> {
    const [certificate, key] = await Promise.all([
      onlyFile(join(mspPath, 'signcerts')),
      onlyFile(join(mspPath, 'keystore')),
    ]);
    return new Signer(mspId, { certificate: certificate.toString(), key: key.toString() });
  }

  /** DER signature over SHA-256 of the message. */
  sign(message: Uint8Array): Buffer {
    return lowS(sign('sha256', message, { key: this.#key, dsaEncoding: 'ieee-p1363' }));
  }
}
