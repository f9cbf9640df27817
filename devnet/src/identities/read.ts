/** What a network is made from, read from the folders that hold its identities. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DevnetOptions, DevnetOrganization, MspOptions } from '../options.js';

/** A node's signing identity, its organisation's authorities, and what it shows for TLS. */
type NodeIdentity = Pick<DevnetOrganization, 'msp' | 'signCertPem' | 'signKeyPem' | 'tlsCertPem' | 'tlsKeyPem'>;

export interface OrganizationFolder {
  readonly mspId: string;
  readonly domain: string;
  /** On localhost; a free one when absent. */
  readonly port?: number;
}

/** The peer organisation below `path` (the folder `organizations`). Throws when a file is missing. */
export function readOrganization(path: string, { mspId, domain, port }: OrganizationFolder): DevnetOrganization {
  const hostAlias = `peer0.${domain}`;
  const node = readNode(join(path, 'peerOrganizations', domain), join('peers', hostAlias));
  return { mspId, hostAlias, ...node, ...(port === undefined ? {} : { port }) };
}

/** The ordering organisation below `path`. Throws when a file is missing. */
export function readOrderer(path: string, { mspId, domain, port }: OrganizationFolder): DevnetOptions['orderer'] {
  const { msp, ...node } = readNode(join(path, 'ordererOrganizations', domain), join('orderers', `orderer.${domain}`));
  return { mspId, ...node, ...msp, ...(port === undefined ? {} : { port }) };
}

/** A user's signing identity below `path`. Throws when a file is missing. */
export function readUser(
  path: string,
  { mspId, domain, name }: Pick<OrganizationFolder, 'mspId' | 'domain'> & { readonly name: string },
): { readonly mspId: string; readonly signCertPem: string; readonly signKeyPem: string } {
  const root = join(path, 'peerOrganizations', domain, 'users', `${name}@${domain}`, 'msp');
  return { mspId, signCertPem: only(join(root, 'signcerts')), signKeyPem: only(join(root, 'keystore')) };
}

function readNode(root: string, node: string): NodeIdentity {
  const msp: MspOptions = {
    rootCertsPem: all(join(root, 'msp', 'cacerts')),
    intermediateCertsPem: all(join(root, 'msp', 'intermediatecerts')),
    crlsPem: all(join(root, 'msp', 'crls')),
    tlsRootCertsPem: all(join(root, 'msp', 'tlscacerts')),
  };
  return {
    msp,
    signCertPem: only(join(root, node, 'msp', 'signcerts')),
    signKeyPem: only(join(root, node, 'msp', 'keystore')),
    tlsCertPem: readFileSync(join(root, node, 'tls', 'server.crt'), 'utf8'),
    tlsKeyPem: readFileSync(join(root, node, 'tls', 'server.key'), 'utf8'),
  };
}

/** The files of a folder that need not be there. */
function all(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

function only(folder: string): string {
  const [first] = all(folder);
  if (first === undefined) {
    throw new Error(`there is no file in ${folder}`);
  }
  return first;
}
