// The files that applications of fabric-samples look for beside the identities.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createIdentities } from 'tenor-devnet';
import { parse } from 'yaml';
import { samplesFiles } from '../src/command/samplesFiles.js';

const ORGANIZATION = { domain: 'org1.example.com', users: [{ name: 'User1', ou: 'client' }] } as const;
const ROOT = 'peerOrganizations/org1.example.com';

describe('the files of the samples', () => {
  it('are certificates under the name that their authorities give, and connection profiles', async () => {
    const path = await mkdtemp(join(tmpdir(), 'tenor-devnet-'));
    const identities = await createIdentities(
      { orderer: { domain: 'example.com' }, organizations: [ORGANIZATION] },
      path,
    );
    for (const file of identities) {
      await mkdir(dirname(file.path), { recursive: true });
      await writeFile(file.path, file.content);
    }
    const content = (name: string, files = identities): string | undefined =>
      files.find((file) => file.path === join(path, ROOT, name))?.content;
    const made = samplesFiles(path, { ...ORGANIZATION, mspId: 'Org1MSP', port: 7051 });
    await rm(path, { recursive: true });
    const signcerts = 'users/User1@org1.example.com/msp/signcerts';
    expect(content(`${signcerts}/cert.pem`, [...made])).toBe(content(`${signcerts}/User1@org1.example.com-cert.pem`));
    const profile: unknown = JSON.parse(content('connection-org1.json', [...made]) ?? '');
    expect(profile).toMatchObject({
      client: { organization: 'Org1' },
      organizations: { Org1: { mspid: 'Org1MSP', peers: ['peer0.org1.example.com'] } },
      peers: {
        'peer0.org1.example.com': {
          url: 'grpcs://localhost:7051',
          tlsCACerts: { pem: content('tlsca/tlsca.org1.example.com-cert.pem') },
          grpcOptions: { hostnameOverride: 'peer0.org1.example.com' },
        },
      },
    });
    expect(parse(content('connection-org1.yaml', [...made]) ?? '')).toEqual(profile);
    expect(made).toHaveLength(3);
  });
});
