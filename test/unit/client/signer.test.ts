/** The signer: what Fabric takes, checked by node:crypto and by reading the DER. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { codeOf } from '../protocol/support.js';
import { newP256Signer } from '../../../client/src/signer.js';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const newKey = (): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' });
const unsigned = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

/** Reads SEQUENCE { INTEGER r, INTEGER s } strictly: shortest form, positive, nothing behind. */
function readSignature(der: Uint8Array): { readonly r: bigint; readonly s: bigint } {
  const bytes = Buffer.from(der);
  expect([bytes[0], bytes[1]]).toEqual([0x30, bytes.length - 2]);
  const integerAt = (at: number): { readonly value: bigint; readonly next: number } => {
    expect(bytes[at]).toBe(0x02);
    const length = bytes.readUInt8(at + 1);
    const content = bytes.subarray(at + 2, at + 2 + length);
    const isPadded = content.readUInt8(0) === 0;
    expect(isPadded ? content.readUInt8(1) > 0x7f : content.readUInt8(0) <= 0x7f).toBe(true);
    return { value: unsigned(content), next: at + 2 + length };
  };
  const r = integerAt(2);
  const s = integerAt(r.next);
  expect(s.next).toBe(bytes.length);
  return { r: r.value, s: s.value };
}

describe('newP256Signer', () => {
  it('signs so that node:crypto verifies, always with the low S, over many signatures', async () => {
    const { privateKey, publicKey } = newKey();
    const sign = newP256Signer(privateKey);
    for (let count = 0; count < 600; count++) {
      const message = Buffer.from(`message ${String(count)}`);
      const signature = await sign(message);
      const { r, s } = readSignature(signature);
      expect(r > 0n && r < ORDER && s > 0n && s <= ORDER / 2n).toBe(true);
      expect(verify('sha256', message, publicKey, signature)).toBe(true);
    }
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a megabyte', Buffer.alloc(1024 * 1024, 1)],
  ])('signs %s', async (_what, message) => {
    const { privateKey, publicKey } = newKey();
    expect(verify('sha256', message, publicKey, await newP256Signer(privateKey)(message))).toBe(true);
  });

  it('signs the message, not its digest, and no other message', async () => {
    const { privateKey, publicKey } = newKey();
    const signature = await newP256Signer(privateKey)(Buffer.from('one'));
    expect(verify('sha256', Buffer.from('two'), publicKey, signature)).toBe(false);
  });

  it.each([
    ['a key on another curve', () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
    ['an RSA key', () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey],
    ['an Ed25519 key', () => generateKeyPairSync('ed25519').privateKey],
    ['a public key', () => newKey().publicKey],
  ])('refuses %s: Fabric would take no signature of it', (_what, make) => {
    expect(codeOf(() => newP256Signer(make()))).toBe('CONFIGURATION');
  });

  it('takes a key as PEM files hold it, PKCS 8 or SEC 1', async () => {
    const { privateKey } = newKey();
    for (const type of ['pkcs8', 'sec1'] as const) {
      const key = createPrivateKey(privateKey.export({ type, format: 'pem' }));
      const message = Buffer.from('hello');
      expect(verify('sha256', message, createPublicKey(key), await newP256Signer(key)(message))).toBe(true);
    }
  });
});
