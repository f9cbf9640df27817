/** Who signed: names read from real certificates, one identity for a person whatever the certificate's number. */
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as x509 from '@peculiar/x509';
import { identityOf as read } from '../../../chaincode/src/ledger/identity.js';
import type { Identity } from '../../../chaincode/src/protocol/results.js';
import { TEXTS } from '../../conformance/support/creators.js';
import { createAuthority, type TestAuthority } from '../../support/testIdentities.js';
import { codeOf } from '../protocol/support.js';

let bank: TestAuthority;
let other: TestAuthority;
const pemOf = async (authority: TestAuthority, name: string, units: string[]): Promise<string> =>
  (await authority.issue(name, { units })).certPem;
const identityOf = (mspId: string, pem: string): Identity => read(mspId, Buffer.from(pem, 'latin1'));
const identity = (pem: string): string => identityOf('BankMSP', pem).identity;

/** A certificate whose base64 leaves bits over at its end. */
async function paddedPemOf(name: string, unit: string): Promise<string> {
  for (;;) {
    const pem = await pemOf(bank, name, [unit]);
    if (/=\n-----END/.test(pem)) return pem;
  }
}

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
    [['client', 'admin'], false],
    [['admin', 'peer'], false],
    [['admin', 'orderer'], false],
    [['admin\\,x'], false],
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

  it.each(Object.entries(TEXTS.usual))('reads a certificate %s', async (_how, write) => {
    const pem = await pemOf(bank, 'Maker', ['client']);
    expect(identity(write(pem, ''))).toBe(identity(pem));
  });

  // These Fabric itself refuses, since a signature does not fit: the bytes alone do not show it.
  const SIGNED_WRONG = ["with another's content under its own signature", "with another's signature"];
  // These change what the authority's signature does not cover, and no name.
  const HARMLESS = ['with the other S'];
  const odd = Object.entries({ ...TEXTS.double, ...TEXTS.odd, ...TEXTS.der });

  it.each(odd.filter(([how]) => ![...SIGNED_WRONG, ...HARMLESS].includes(how)))(
    'refuses a certificate that is written %s',
    async (_how, write) => {
      const [own, other] = [await paddedPemOf('User1', 'client'), await paddedPemOf('Admin', 'admin')];
      expect(codeOf(() => identityOf('BankMSP', write(own, other)))).toBe('CALLER_UNREADABLE');
    },
  );

  it.each(odd.filter(([how]) => HARMLESS.includes(how)))(
    'reads a certificate %s as what it is',
    async (_how, write) => {
      const [own, other] = [await pemOf(bank, 'User1', ['client']), await pemOf(bank, 'Admin', ['admin'])];
      expect(identityOf('BankMSP', write(own, other))).toEqual(identityOf('BankMSP', own));
    },
  );

  it('does not take bytes that are no text for a certificate', async () => {
    const pem = Buffer.from(await pemOf(bank, 'Maker', ['client']));
    const odd = Buffer.concat([Buffer.from([0xff, 0x0a]), pem]);
    expect(codeOf(() => read('BankMSP', odd))).toBe('CALLER_UNREADABLE');
  });

  it('reads every unit of a relative name that has several', async () => {
    const several = 'CN=Admin,OU=treasury+OU=admin,O=BankMSP';
    expect(identityOf('BankMSP', (await bank.issue(several, { units: [] })).certPem).admin).toBe(true);
  });

  it.each([
    ['UTF8String', 0x0c, 'read'],
    ['PrintableString', 0x13, 'read'],
    ['IA5String', 0x16, 'CALLER_UNREADABLE'],
    ['T61String', 0x14, 'CALLER_UNREADABLE'],
    ['BMPString', 0x1e, 'CALLER_UNREADABLE'],
  ])('reads units in the kinds of text that authorities use: a %s', async (_kind, tag, expected) => {
    const der = Buffer.from(new x509.X509Certificate(await pemOf(bank, 'Maker', ['client', 'admin'])).rawData);
    der[der.indexOf('client') - 2] = tag;
    const pem = new x509.X509Certificate(der).toString('pem');
    const outcome = codeOf(() => identityOf('BankMSP', pem).admin);
    expect(outcome).toEqual(expected === 'read' ? { answered: false } : expected);
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
    for (const text of garbage) expect(codeOf(() => identityOf('BankMSP', text))).toBe('CALLER_UNREADABLE');
  });

  it('refuses a certificate whose issuer or subject is no name', () => {
    const element = (tag: number, content: number[]): number[] => [tag, content.length, ...content];
    const [name, number] = [element(0x30, []), element(0x02, [1])];
    const certificate = (issuer: number[], subject: number[]): string => {
      const fields = [...number, ...name, ...issuer, ...name, ...subject, ...name];
      const bits = element(0x03, [0]);
      const der = Buffer.from(element(0x30, [...element(0x30, fields), ...name, ...bits]));
      return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----`;
    };
    const outcomeOf = (issuer: number[], subject: number[]): unknown => {
      const outcome = codeOf(() => identityOf('BankMSP', certificate(issuer, subject)));
      return typeof outcome === 'string' ? outcome : 'read';
    };
    const outcomes = [outcomeOf(name, name), outcomeOf(number, name), outcomeOf(name, number)];
    expect([...outcomes, outcomeOf(number, number), outcomeOf(name, element(0x30, name))]).toEqual([
      'read',
      ...Array.from({ length: 4 }, () => 'CALLER_UNREADABLE'),
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
        expect(typeof outcome === 'string' ? outcome : 'read').toMatch(/^(read|CALLER_UNREADABLE)$/);
      }
    }
  });
});
