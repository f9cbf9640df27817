/** Identities of a whole network as files, in the folders that `cryptogen` makes and fabric-samples expect. */
import { join } from 'node:path';
import { createAuthority, issueCertificate, type Authority, type KeyPair } from './certificates.js';

/** One text file that is to be written. */
export interface IdentityFile {
  readonly path: string;
  readonly content: string;
  /** File mode: 0o600 for a key. */
  readonly mode: number;
}

/** Whose identities are made: of one ordering organisation, and of organisations with one peer each. */
export interface IdentityPlan {
  readonly orderer: { readonly domain: string };
  readonly organizations: readonly {
    readonly domain: string;
    /** `ou` is the NodeOU of the certificate. */
    readonly users: readonly { readonly name: string; readonly ou: 'admin' | 'client' }[];
  }[];
}

/** Every host name that a node's TLS certificate is valid for besides its own. */
const LOCAL_HOST_NAMES = ['localhost', '127.0.0.1'];

const PUBLIC = 0o644;
const SECRET = 0o600;

interface Authorities {
  readonly signing: Authority;
  readonly tls: Authority;
}

interface Node {
  readonly host: string;
  readonly folder: 'peers' | 'orderers';
  readonly ou: 'peer' | 'orderer';
}

interface OrganizationPlan {
  readonly domain: string;
  readonly root: string;
  readonly node: Node;
  readonly users: readonly { readonly name: string; readonly ou: string }[];
}

const ROLES = ['client', 'peer', 'admin', 'orderer'] as const;

// Tells Fabric's MSP to read a member's role from the OU of its certificate.
function nodeOus(domain: string): string {
  const identifier = (role: string): string =>
    [
      `  ${role.charAt(0).toUpperCase()}${role.slice(1)}OUIdentifier:`,
      `    Certificate: cacerts/ca.${domain}-cert.pem`,
      `    OrganizationalUnitIdentifier: ${role}`,
    ].join('\n');
  return `NodeOUs:\n  Enable: true\n${ROLES.map(identifier).join('\n')}\n`;
}

const publicFile = (path: string, content: string): IdentityFile => ({ path, content, mode: PUBLIC });
const secretFile = (path: string, content: string): IdentityFile => ({ path, content, mode: SECRET });

function organizationMsp(root: string, domain: string, authorities: Authorities): IdentityFile[] {
  return [
    publicFile(join(root, 'cacerts', `ca.${domain}-cert.pem`), authorities.signing.certificatePem),
    publicFile(join(root, 'tlscacerts', `tlsca.${domain}-cert.pem`), authorities.tls.certificatePem),
    publicFile(join(root, 'config.yaml'), nodeOus(domain)),
  ];
}

function memberMsp(root: string, commonName: string, keys: KeyPair): IdentityFile[] {
  return [
    publicFile(join(root, 'signcerts', `${commonName}-cert.pem`), keys.certificatePem),
    secretFile(join(root, 'keystore', 'priv_sk'), keys.privateKeyPem),
  ];
}

function tlsFolder(root: string, keys: KeyPair, authority: Authority): IdentityFile[] {
  return [
    publicFile(join(root, 'ca.crt'), authority.certificatePem),
    publicFile(join(root, 'server.crt'), keys.certificatePem),
    secretFile(join(root, 'server.key'), keys.privateKeyPem),
  ];
}

function authorityFolder(root: string, fileName: string, authority: Authority): IdentityFile[] {
  return [
    publicFile(join(root, fileName), authority.certificatePem),
    secretFile(join(root, 'priv_sk'), authority.privateKeyPem),
  ];
}

async function nodeFiles(plan: OrganizationPlan, authorities: Authorities): Promise<IdentityFile[]> {
  const { host, folder, ou } = plan.node;
  const root = join(plan.root, folder, host);
  const hosts = [host, ...LOCAL_HOST_NAMES];
  const [signing, tls] = await Promise.all([
    issueCertificate(authorities.signing, { commonName: host, organizationalUnit: ou }),
    issueCertificate(authorities.tls, { commonName: host, hosts }),
  ]);
  return [
    ...organizationMsp(join(root, 'msp'), plan.domain, authorities),
    ...memberMsp(join(root, 'msp'), host, signing),
    ...tlsFolder(join(root, 'tls'), tls, authorities.tls),
  ];
}

async function userFiles(
  plan: OrganizationPlan,
  name: string,
  ou: string,
  authorities: Authorities,
): Promise<IdentityFile[]> {
  const commonName = `${name}@${plan.domain}`;
  const root = join(plan.root, 'users', commonName, 'msp');
  const signing = await issueCertificate(authorities.signing, { commonName, organizationalUnit: ou });
  return [...organizationMsp(root, plan.domain, authorities), ...memberMsp(root, commonName, signing)];
}

async function organizationFiles(plan: OrganizationPlan): Promise<IdentityFile[]> {
  const { domain, root } = plan;
  const [signing, tls] = await Promise.all([
    createAuthority(`ca.${domain}`, domain),
    createAuthority(`tlsca.${domain}`, domain),
  ]);
  const authorities = { signing, tls };
  const members = await Promise.all([
    nodeFiles(plan, authorities),
    ...plan.users.map(({ name, ou }) => userFiles(plan, name, ou, authorities)),
  ]);
  return [
    ...authorityFolder(join(root, 'ca'), `ca.${domain}-cert.pem`, signing),
    ...authorityFolder(join(root, 'tlsca'), `tlsca.${domain}-cert.pem`, tls),
    ...organizationMsp(join(root, 'msp'), domain, authorities),
    ...members.flat(),
  ];
}

function plans({ orderer, organizations }: IdentityPlan, path: string): OrganizationPlan[] {
  return [
    {
      domain: orderer.domain,
      root: join(path, 'ordererOrganizations', orderer.domain),
      node: { host: `orderer.${orderer.domain}`, folder: 'orderers', ou: 'orderer' },
      users: [{ name: 'Admin', ou: 'admin' }],
    },
    ...organizations.map(({ domain, users }): OrganizationPlan => ({
      domain,
      root: join(path, 'peerOrganizations', domain),
      node: { host: `peer0.${domain}`, folder: 'peers', ou: 'peer' },
      users,
    })),
  ];
}

/** New authorities, nodes and users below `path`: every call gives other keys. Keys have mode 0600. */
export async function createIdentities(plan: IdentityPlan, path: string): Promise<readonly IdentityFile[]> {
  const files = await Promise.all(plans(plan, path).map(organizationFiles));
  return files.flat();
}
