// Files that applications of fabric-samples look for beside what `cryptogen` makes: certificates as the samples' authorities name
// them, and connection profiles.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readUser } from '../identities/read.js';
import type { IdentityFile } from '../identities/folders.js';

const MODE = 0o644;

export interface SamplesOrganization {
  readonly mspId: string;
  readonly domain: string;
  readonly users: readonly { readonly name: string }[];
  readonly port: number;
}

/** What is to lie beside an organisation's identities below `path`. Throws when one of these is missing. */
export function samplesFiles(path: string, organization: SamplesOrganization): readonly IdentityFile[] {
  const { domain, users } = organization;
  const root = join(path, 'peerOrganizations', domain);
  const profile = connectionProfile(
    organization,
    readFileSync(join(root, 'tlsca', `tlsca.${domain}-cert.pem`), 'utf8'),
  );
  const file = join(root, `connection-${shortName(domain)}`);
  return [
    ...users.map(({ name }) => ({
      path: join(root, 'users', `${name}@${domain}`, 'msp', 'signcerts', 'cert.pem'),
      content: readUser(path, { ...organization, name }).signCertPem,
      mode: MODE,
    })),
    { path: `${file}.json`, content: `${JSON.stringify(profile, undefined, 4)}\n`, mode: MODE },
    { path: `${file}.yaml`, content: `---\n${stringify(profile)}`, mode: MODE },
  ];
}

/** `org1` of org1.example.com. */
function shortName(domain: string): string {
  return domain.slice(0, domain.indexOf('.'));
}

/** As the samples' ccp-generate.sh makes it, without a certificate authority, since none runs. */
function connectionProfile({ mspId, domain, port }: SamplesOrganization, tlsRootPem: string): object {
  const name = mspId.replace(/MSP$/, '');
  const host = `peer0.${domain}`;
  return {
    name: `test-network-${shortName(domain)}`,
    version: '1.0.0',
    client: { organization: name, connection: { timeout: { peer: { endorser: '300' } } } },
    organizations: { [name]: { mspid: mspId, peers: [host] } },
    peers: {
      [host]: {
        url: `grpcs://localhost:${String(port)}`,
        tlsCACerts: { pem: tlsRootPem },
        grpcOptions: { 'ssl-target-name-override': host, hostnameOverride: host },
      },
    },
  };
}
