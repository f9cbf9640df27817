/** Identities as files: roles, host names, chains, modes. */
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createIdentities } from '../../network/src/identity/organizations.js';
import type { PlannedFile } from '../../network/src/plan.js';
import { TOPOLOGIES } from '../../network/src/topology.js';

const ORG1 = '/data/organizations/peerOrganizations/org1.example.com';
const ORDERER = '/data/organizations/ordererOrganizations/example.com';

let files: readonly PlannedFile[] = [];

beforeAll(async () => {
  files = await createIdentities(TOPOLOGIES['two-org'], '/data');
});

const content = (path: string): string => {
  const found = files.find((file) => file.path === path);
  if (found === undefined) throw new Error(`no file ${path}`);
  return found.content;
};

const certificate = (path: string): X509Certificate => new X509Certificate(content(path));

describe('createIdentities', () => {
  it.each([
    [
      `${ORG1}/users/Admin@org1.example.com/msp/signcerts/Admin@org1.example.com-cert.pem`,
      'OU=admin\nCN=Admin@org1.example.com',
    ],
    [
      `${ORG1}/users/Maker@org1.example.com/msp/signcerts/Maker@org1.example.com-cert.pem`,
      'OU=client\nCN=Maker@org1.example.com',
    ],
    [
      `${ORG1}/peers/peer0.org1.example.com/msp/signcerts/peer0.org1.example.com-cert.pem`,
      'OU=peer\nCN=peer0.org1.example.com',
    ],
  ])('signs %s with its role', (path, subject) => {
    const authority = certificate(`${ORG1}/ca/ca.org1.example.com-cert.pem`);
    expect(certificate(path).subject).toBe(subject);
    expect(certificate(path).verify(authority.publicKey)).toBe(true);
  });

  it('gives the ordering node the role of an orderer', () => {
    const node = certificate(`${ORDERER}/orderers/orderer.example.com/msp/signcerts/orderer.example.com-cert.pem`);
    expect(node.subject).toContain('OU=orderer');
  });

  it('lets a TLS certificate stand for localhost, 127.0.0.1 and the peer', () => {
    const tls = certificate(`${ORG1}/peers/peer0.org1.example.com/tls/server.crt`);
    expect(tls.subjectAltName).toBe('DNS:peer0.org1.example.com, DNS:localhost, IP Address:127.0.0.1');
    expect(tls.verify(certificate(`${ORG1}/tlsca/tlsca.org1.example.com-cert.pem`).publicKey)).toBe(true);
  });

  it('is valid already, for clocks that lag', () => {
    const { validFrom } = certificate(`${ORG1}/ca/ca.org1.example.com-cert.pem`);
    expect(Date.now() - Date.parse(validFrom)).toBeGreaterThan(30 * 60_000);
  });

  it('keeps keys, and only keys, to their owner', () => {
    const secret = files.filter(({ content: text }) => text.includes('PRIVATE KEY'));
    expect(secret.length).toBeGreaterThan(0);
    expect(files.filter(({ mode }) => mode === 0o600)).toEqual(secret);
  });

  it('tells the MSP to read roles from certificates', () => {
    expect(content(`${ORG1}/msp/config.yaml`)).toBe(
      [
        'NodeOUs:',
        '  Enable: true',
        ...['Client', 'Peer', 'Admin', 'Orderer'].flatMap((role) => [
          `  ${role}OUIdentifier:`,
          '    Certificate: cacerts/ca.org1.example.com-cert.pem',
          `    OrganizationalUnitIdentifier: ${role.toLowerCase()}`,
        ]),
        '',
      ].join('\n'),
    );
  });
});
