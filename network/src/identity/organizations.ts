/** Identities of a whole topology as files, in the folders that `cryptogen` makes. */
import { join } from 'node:path';
import {
  caFileName,
  LOCAL_HOST_NAMES,
  ordererHost,
  ordererOrganizationPath,
  organizationPath,
  peerHost,
  tlsCaFileName,
} from '../layout.js';
import type { PlannedFile } from '../plan.js';
import type { Topology } from '../topology.js';
import { createAuthority, issueCertificate, type Authority, type KeyPair } from './certificates.js';

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
      `    Certificate: cacerts/${caFileName(domain)}`,
      `    OrganizationalUnitIdentifier: ${role}`,
    ].join('\n');
  return `NodeOUs:\n  Enable: true\n${ROLES.map(identifier).join('\n')}\n`;
}

const publicFile = (path: string, content: string): PlannedFile => ({ path, content, mode: PUBLIC });
const secretFile = (path: string, content: string): PlannedFile => ({ path, content, mode: SECRET });

function organizationMsp(root: string, domain: string, authorities: Authorities): PlannedFile[] {
  return [
    publicFile(join(root, 'cacerts', caFileName(domain)), authorities.signing.certificatePem),
    publicFile(join(root, 'tlscacerts', tlsCaFileName(domain)), authorities.tls.certificatePem),
    publicFile(join(root, 'config.yaml'), nodeOus(domain)),
  ];
}

function memberMsp(root: string, commonName: string, keys: KeyPair): PlannedFile[] {
  return [
    publicFile(join(root, 'signcerts', `${commonName}-cert.pem`), keys.certificatePem),
    secretFile(join(root, 'keystore', 'priv_sk'), keys.privateKeyPem),
  ];
}

function tlsFolder(root: string, keys: KeyPair, authority: Authority): PlannedFile[] {
  return [
    publicFile(join(root, 'ca.crt'), authority.certificatePem),
    publicFile(join(root, 'server.crt'), keys.certificatePem),
    secretFile(join(root, 'server.key'), keys.privateKeyPem),
  ];
}

function authorityFolder(root: string, fileName: string, authority: Authority): PlannedFile[] {
  return [
    publicFile(join(root, fileName), authority.certificatePem),
    secretFile(join(root, 'priv_sk'), authority.privateKeyPem),
  ];
}

async function nodeFiles(plan: OrganizationPlan, authorities: Authorities): Promise<PlannedFile[]> {
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
): Promise<PlannedFile[]> {
  const commonName = `${name}@${plan.domain}`;
  const root = join(plan.root, 'users', commonName, 'msp');
  const signing = await issueCertificate(authorities.signing, { commonName, organizationalUnit: ou });
  return [...organizationMsp(root, plan.domain, authorities), ...memberMsp(root, commonName, signing)];
}

async function organizationFiles(plan: OrganizationPlan): Promise<PlannedFile[]> {
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
    ...authorityFolder(join(root, 'ca'), caFileName(domain), signing),
    ...authorityFolder(join(root, 'tlsca'), tlsCaFileName(domain), tls),
    ...organizationMsp(join(root, 'msp'), domain, authorities),
    ...members.flat(),
  ];
}

function plans(topology: Topology, dataPath: string): OrganizationPlan[] {
  const orderer: OrganizationPlan = {
    domain: topology.orderer.domain,
    root: ordererOrganizationPath(dataPath, topology),
    node: { host: ordererHost(topology), folder: 'orderers', ou: 'orderer' },
    users: [{ name: 'Admin', ou: 'admin' }],
  };
  const peers = topology.organizations.map((organization): OrganizationPlan => ({
    domain: organization.domain,
    root: organizationPath(dataPath, organization),
    node: { host: peerHost(organization), folder: 'peers', ou: 'peer' },
    users: organization.users,
  }));
  return [orderer, ...peers];
}

/** New authorities, nodes and users for a topology: every call gives other keys. Keys have mode 0600. */
export async function createIdentities(topology: Topology, dataPath: string): Promise<readonly PlannedFile[]> {
  const files = await Promise.all(plans(topology, dataPath).map(organizationFiles));
  return files.flat();
}
