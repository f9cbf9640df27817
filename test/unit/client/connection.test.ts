/** Where the peer is and who calls: from paths, from a profile, from the samples' environment; what is wrong is named. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  fromEnvironment,
  fromPaths,
  fromProfile,
  type Connection,
  type ConnectionPaths,
  type ProfileUser,
} from '../../../client/src/connection.js';
import { connect } from '../../../client/src/tenor.js';
import { openTransport } from '../../../client/src/transport.js';
import { codeOf } from '../protocol/support.js';

let folder: string;
const at = (...parts: string[]): string => path.join(folder, ...parts);

function write(file: string, content: string): string {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), content);
  return at(file);
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tenor-connection-'));
  write('user/signcerts/cert.pem', 'CERTIFICATE');
  write('user/keystore/0123_sk', 'KEY');
  write('tls/ca.crt', 'TLS');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The problem that a configuration error names. */
function problemOf(act: () => unknown): string {
  const [code, data] = codeOf(act, true) as [string, { problem: string }];
  expect(code).toBe('CONFIGURATION');
  return data.problem;
}

describe('fromPaths', () => {
  const paths = (): ConnectionPaths => ({
    endpoint: 'localhost:7051',
    mspId: 'BankMSP',
    mspPath: at('user'),
    channel: 'credit',
  });

  it('says that there is no user where it is given nothing, and which settings are missing', () => {
    expect(problemOf(() => fromPaths(undefined as unknown as ConnectionPaths))).toContain('no such user');
    const { mspPath: _mspPath, ...others } = paths();
    expect(problemOf(() => fromPaths(others as ConnectionPaths))).toBe('fromPaths needs mspPath as text');
  });

  it('reads certificate and key of a user', () => {
    expect(fromPaths(paths())).toEqual({
      ...{ endpoint: 'localhost:7051', mspId: 'BankMSP', channel: 'credit', chaincode: 'tenor' },
      ...{ certificate: 'CERTIFICATE', privateKey: 'KEY' },
    });
  });

  it('takes the name, the TLS root and the chaincode that it is given', () => {
    const all = {
      ...paths(),
      hostAlias: 'peer0.bank.example.com',
      tlsRootCertPath: at('tls/ca.crt'),
      chaincode: 'other',
    };
    expect(fromPaths(all)).toMatchObject({
      hostAlias: 'peer0.bank.example.com',
      tlsRootCert: 'TLS',
      chaincode: 'other',
    });
  });

  it('takes the first file of a folder by name', () => {
    write('user/signcerts/a.pem', 'FIRST');
    expect(fromPaths(paths()).certificate).toBe('FIRST');
  });

  it('reads no key where it is elsewhere, and connects with a signer', () => {
    rmSync(at('user/keystore'), { recursive: true });
    const connection = fromPaths({ ...paths(), keyElsewhere: true });
    expect('privateKey' in connection).toBe(false);
    openTransport(connection, { signer: () => Promise.resolve(new Uint8Array()) }).close();
  });

  it.each<[string, () => object, () => string]>([
    ['no MSP folder', () => ({ mspPath: at('nobody') }), () => at('nobody', 'signcerts')],
    [
      'an empty key folder',
      () => {
        rmSync(at('user/keystore/0123_sk'));
        return {};
      },
      () => at('user', 'keystore'),
    ],
    [
      'no key folder',
      () => {
        rmSync(at('user/keystore'), { recursive: true });
        return {};
      },
      () => at('user', 'keystore'),
    ],
    ['no TLS root', () => ({ tlsRootCertPath: at('tls/none.crt') }), () => at('tls', 'none.crt')],
    ['a folder as TLS root', () => ({ tlsRootCertPath: at('tls') }), () => at('tls')],
  ])('names the file with %s', (_what, change, file) => {
    const changes = change();
    expect(problemOf(() => fromPaths({ ...paths(), ...changes }))).toContain(file());
  });
});

describe('fromProfile', () => {
  const user = (): ProfileUser => ({ mspPath: at('user'), channel: 'credit' });
  const profile = (peer: object): object => ({
    name: 'n',
    client: { organization: 'Bank' },
    organizations: {
      Bank: { mspid: 'BankMSP', peers: ['peer0', 'peer1'] },
      Issuer: { mspid: 'IssuerMSP', peers: ['peer9'] },
      Lost: { mspid: 'LostMSP', peers: ['peer7'] },
    },
    peers: { peer0: peer, peer1: { url: 'grpcs://localhost:2' }, peer9: { url: 'grpc://localhost:9' } },
  });
  const expected: Connection = {
    ...{ endpoint: 'localhost:1', hostAlias: 'peer0.bank.example.com', tlsRootCert: 'TLS', mspId: 'BankMSP' },
    ...{ certificate: 'CERTIFICATE', privateKey: 'KEY', channel: 'credit', chaincode: 'tenor' },
  };
  const grpcOptions = {
    'ssl-target-name-override': 'peer0.bank.example.com',
    hostnameOverride: 'peer0.bank.example.com',
  };

  it('reads JSON with the TLS root by path', () => {
    const file = write(
      'profile.json',
      JSON.stringify(profile({ url: 'grpcs://localhost:1', tlsCACerts: { path: at('tls/ca.crt') }, grpcOptions })),
    );
    expect(fromProfile(file, user())).toEqual(expected);
  });

  it('reads YAML with the TLS root inside', () => {
    const file = write(
      'profile.yaml',
      [
        'client:',
        '  organization: Bank',
        'organizations:',
        '  Bank:',
        '    mspid: BankMSP',
        '    peers: [peer0]',
        'peers:',
        '  peer0:',
        '    url: grpcs://localhost:1',
        '    tlsCACerts:',
        '      pem: |',
        '        TLS',
        '    grpcOptions:',
        '      ssl-target-name-override: peer0.bank.example.com',
        '',
      ].join('\n'),
    );
    expect(fromProfile(file, user())).toEqual({ ...expected, tlsRootCert: 'TLS\n' });
  });

  it('takes another organisation of the profile, and a peer without TLS', () => {
    const file = write('profile.json', JSON.stringify(profile({ url: 'grpcs://localhost:1' })));
    const connection = fromProfile(file, { ...user(), organization: 'Issuer' });
    expect(connection).toMatchObject({ endpoint: 'localhost:9', mspId: 'IssuerMSP' });
    expect(['hostAlias', 'tlsRootCert'].filter((field) => field in connection)).toEqual([]);
  });

  it.each([
    ['no client', undefined],
    ['a client without organisation', { logging: { level: 'info' } }],
  ])('needs no organisation of a profile with %s where one is passed', (_what, client) => {
    const file = write('profile.json', JSON.stringify({ ...profile({ url: 'grpcs://localhost:1' }), client }));
    const connection = fromProfile(file, { ...user(), organization: 'Issuer' });
    expect(connection).toMatchObject({ endpoint: 'localhost:9', mspId: 'IssuerMSP' });
    expect(problemOf(() => fromProfile(file, user()))).toBe(
      `${file} has no client.organization: pass the organization to act for`,
    );
  });

  it.each<[string, string, string]>([
    ['neither JSON nor YAML', '{ : [', 'neither JSON nor YAML'],
    ['something else', '[]', 'not a connection profile'],
    ['nothing', '', 'not a connection profile'],
    ['no peers', JSON.stringify({ client: { organization: 'Bank' }, organizations: {} }), 'peers'],
    ['a peer without url', JSON.stringify(profile({})), 'peers.peer0.url'],
    [
      'an organisation that is not there',
      JSON.stringify({ ...profile({ url: 'x' }), client: { organization: 'Nobody' } }),
      'Nobody',
    ],
    [
      'an organisation whose peer is not there',
      JSON.stringify({ ...profile({ url: 'x' }), client: { organization: 'Lost' } }),
      'Lost',
    ],
  ])('names file and place with %s', (_what, content, problem) => {
    const file = write('profile.txt', content);
    const named = problemOf(() => fromProfile(file, user()));
    expect(named).toContain(file);
    expect(named).toContain(problem);
  });

  it('names a profile that is not there, and a TLS root that is not', () => {
    expect(problemOf(() => fromProfile(at('none.json'), user()))).toContain(at('none.json'));
    const file = write(
      'profile.json',
      JSON.stringify(profile({ url: 'grpcs://localhost:1', tlsCACerts: { path: at('tls/none.crt') } })),
    );
    expect(problemOf(() => fromProfile(file, user()))).toContain(at('tls/none.crt'));
  });
});

describe('fromEnvironment', () => {
  beforeEach(() => {
    write('org1/users/User1@org1.example.com/msp/signcerts/cert.pem', 'CERTIFICATE');
    write('org1/users/User1@org1.example.com/msp/keystore/sk', 'KEY');
    write('org1/peers/peer0.org1.example.com/tls/ca.crt', 'TLS');
  });
  const ofOrg1 = {
    ...{
      endpoint: 'localhost:7051',
      hostAlias: 'peer0.org1.example.com',
      mspId: 'Org1MSP',
      channel: 'mychannel',
      chaincode: 'tenor',
    },
    ...{ certificate: 'CERTIFICATE', privateKey: 'KEY', tlsRootCert: 'TLS' },
  };

  it('needs nothing but CRYPTO_PATH: the rest is as in the samples', () => {
    expect(fromEnvironment({ CRYPTO_PATH: at('org1') })).toEqual(ofOrg1);
  });

  it('takes a name that is set to nothing for one that is not set, as the samples do', () => {
    expect(
      fromEnvironment({ CRYPTO_PATH: at('org1'), PEER_ENDPOINT: '', MSP_ID: '', TLS_CERT_PATH: '', CHANNEL_NAME: '' }),
    ).toEqual(ofOrg1);
  });

  it('takes every name', () => {
    const env = {
      ...{
        PEER_ENDPOINT: 'localhost:9051',
        PEER_HOST_ALIAS: 'peer0.org2',
        MSP_ID: 'Org2MSP',
        CHANNEL_NAME: 'c',
        CHAINCODE_NAME: 'n',
      },
      ...{
        KEY_DIRECTORY_PATH: at('user/keystore'),
        CERT_DIRECTORY_PATH: at('user/signcerts/cert.pem'),
        TLS_CERT_PATH: at('tls/ca.crt'),
      },
    };
    expect(fromEnvironment(env)).toEqual({
      ...{ endpoint: 'localhost:9051', hostAlias: 'peer0.org2', mspId: 'Org2MSP', channel: 'c', chaincode: 'n' },
      ...{ certificate: 'CERTIFICATE', privateKey: 'KEY', tlsRootCert: 'TLS' },
    });
  });

  it('says which name to set, or which file it cannot read', () => {
    expect(problemOf(() => fromEnvironment({}))).toBe(
      "set CERT_DIRECTORY_PATH, or CRYPTO_PATH to the organisation's folder",
    );
    expect(problemOf(() => fromEnvironment({ CRYPTO_PATH: at('org2') }))).toContain(
      at('org2/users/User1@org1.example.com/msp/signcerts'),
    );
    rmSync(at('org1/peers/peer0.org1.example.com/tls/ca.crt'));
    expect(problemOf(() => fromEnvironment({ CRYPTO_PATH: at('org1') }))).toContain(
      at('org1/peers/peer0.org1.example.com/tls/ca.crt'),
    );
  });
});

describe('openTransport', () => {
  const connection = {
    endpoint: 'localhost:1',
    mspId: 'BankMSP',
    channel: 'credit',
    chaincode: 'tenor',
    certificate: 'CERTIFICATE',
  };

  it('refuses a connection without a key, or with one that is none', () => {
    expect(problemOf(() => openTransport(connection))).toBe('give a private key or a signer');
    expect(problemOf(() => openTransport({ ...connection, privateKey: 'KEY' }))).toBe('the private key is not in PEM');
  });
});

describe('connect', () => {
  it('says where a connection comes from when it is given none', () => {
    expect(codeOf(() => connect({} as Parameters<typeof connect>[0]), true)).toEqual([
      'CONFIGURATION',
      { problem: '`connection` is missing: take it from fromPaths, fromProfile or fromEnvironment' },
    ]);
  });
});
