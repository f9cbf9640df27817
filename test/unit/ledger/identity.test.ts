/** Who signed: names read from real certificates, one identity for a person whatever the certificate's number. */
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as x509 from '@peculiar/x509';
import { identityOf } from '../../../chaincode/src/ledger/identity.js';
import { createAuthority, type TestAuthority } from '../../support/testIdentities.js';
import { codeOf } from '../protocol/support.js';

let bank: TestAuthority;
let other: TestAuthority;
const pemOf = async (authority: TestAuthority, name: string, units: string[]): Promise<string> =>
  (await authority.issue(name, { units })).certPem;
const identity = (pem: string): string => identityOf('BankMSP', pem).identity;

beforeAll(async () => {
  [bank, other] = await Promise.all([createAuthority('BankMSP'), createAuthority('OtherMSP')]);
});

describe('identityOf', () => {
  it('is the SHA-256 over the DER of issuer and subject name', async () => {
    const pem = await pemOf(bank, 'Maker', ['client']);
    const certificate = new x509.X509Certificate(pem);
    const names = [certificate.issuerName, certificate.subjectName].map((name) => Buffer.from(name.toArrayBuffer()));
    const expected = createHash('sha256').update(Buffer.concat(names)).digest('hex');
    expect(identityOf('BankMSP', pem)).toEqual({ mspId: 'BankMSP', identity: expected, admin: false });
  });

  it('stays when the certificate is renewed: another key, number and validity', async () => {
    const [first, renewed] = [await pemOf(bank, 'Maker', ['client']), await pemOf(bank, 'Maker', ['client'])];
    expect(first).not.toBe(renewed);
    expect(identity(first)).toBe(identity(renewed));
  });

  it.each<[string, () => Promise<string>]>([
    ['another name', () => pemOf(bank, 'Checker', ['client'])],
    ['another unit', () => pemOf(bank, 'Maker', ['client', 'treasury'])],
    ['another authority', () => pemOf(other, 'Maker', ['client'])],
  ])('is another with %s', async (_what, make) => {
    expect(identity(await make())).not.toBe(identity(await pemOf(bank, 'Maker', ['client'])));
  });

  it.each([
    [['admin'], true],
    [['client', 'admin'], true],
    [['admin', 'treasury'], true],
    [['client'], false],
    [['Admin'], false],
    [['administrators'], false],
    [[], false],
  ])('with units %j is an administrator: %p', async (units, admin) => {
    expect(identityOf('BankMSP', await pemOf(bank, 'Admin', units)).admin).toBe(admin);
  });

  it('is no administrator by a common name or an organisation of that name', async () => {
    expect(identityOf('BankMSP', await pemOf(bank, 'admin', ['client'])).admin).toBe(false);
    expect(identityOf('BankMSP', await pemOf(await createAuthority('admin'), 'Maker', ['client'])).admin).toBe(false);
  });

  it('reads a certificate with text around it', async () => {
    const pem = await pemOf(bank, 'Maker', ['client']);
    expect(identity(`Bag Attributes\n  friendlyName: Maker\n${pem}\n`)).toBe(identity(pem));
    expect(identity(pem.replaceAll('\n', '\r\n'))).toBe(identity(pem));
  });

  it('refuses what is no certificate', async () => {
    const pem = await pemOf(bank, 'Maker', ['client']);
    const wrap = (der: Buffer): string =>
      `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
    const der = Buffer.from(new x509.X509Certificate(pem).rawData);
    const garbage = [
      '',
      'not a certificate',
      pem.replaceAll('CERTIFICATE', 'PUBLIC KEY'),
      '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
      wrap(Buffer.from('hello')),
      wrap(Buffer.alloc(200)),
      wrap(Buffer.from([0x30, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1])),
      wrap(der.subarray(0, 60)),
      wrap(der.subarray(0, der.length - 1)),
      wrap(Buffer.from([0x30, 0x02, 0x30, 0x00])),
    ];
    for (const text of garbage) expect(codeOf(() => identityOf('BankMSP', text))).toBe('CALLER_NOT_ALLOWED');
  });

  it('refuses a certificate whose issuer or subject is no name', () => {
    const element = (tag: number, content: number[]): number[] => [tag, content.length, ...content];
    const [name, number] = [element(0x30, []), element(0x02, [1])];
    const certificate = (issuer: number[], subject: number[]): string => {
      const fields = [...number, ...name, ...issuer, ...name, ...subject];
      const der = Buffer.from(element(0x30, element(0x30, fields)));
      return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----`;
    };
    const read = (issuer: number[], subject: number[]): unknown => {
      const outcome = codeOf(() => identityOf('BankMSP', certificate(issuer, subject)));
      return typeof outcome === 'string' ? outcome : 'read';
    };
    expect([read(name, name), read(number, name), read(name, number), read(name, []), read(number, number)]).toEqual([
      'read',
      ...Array.from({ length: 4 }, () => 'CALLER_NOT_ALLOWED'),
    ]);
  });

  it('never throws anything but a refusal, whichever byte of a certificate is changed', async () => {
    const der = Buffer.from(new x509.X509Certificate(await pemOf(bank, 'Maker', ['client'])).rawData);
    for (let at = 0; at < 160; at++) {
      for (const value of [0x00, 0x80, 0xff]) {
        const changed = Buffer.from(der);
        changed[at] = value;
        const text = `-----BEGIN CERTIFICATE-----\n${changed.toString('base64')}\n-----END CERTIFICATE-----`;
        const outcome = codeOf(() => identityOf('BankMSP', text).identity);
        expect(typeof outcome === 'string' ? outcome : 'read').toMatch(/^(read|CALLER_NOT_ALLOWED)$/);
      }
    }
  });
});
