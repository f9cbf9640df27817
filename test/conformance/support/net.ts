/** The network of the suite: three organisations, and the probe chaincode under several definitions. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ChaincodeSource, ChaincodeTerms, NetworkDriver, RunningNetwork, Topology } from '@tenor/network';
import { fromMspFolder, type Identity, issue, stranger } from './identity.js';
import { ACCESS } from './accessList.js';
import { collectionsOf, outOf, type CollectionParts } from './policy.js';
import { Wire } from './wire.js';

export const ORGANIZATIONS = ['Org1', 'Org2', 'Org3'] as const;
/** Organisations by the first part of their MSP id. */
export type Org = (typeof ORGANIZATIONS)[number];

export const mspIdOf = (org: Org): string => `${org}MSP`;

/** Orderer settings that cases rely on. */
export const BATCH = { timeoutMs: 200, maxMessageCount: 30, preferredMaxBytes: 512 * 1024 };
const EXECUTE_TIMEOUT_SECONDS = 4;
/** Shorter than a chaincode may take, so that cases can tell whose patience ended. */
const ENDORSEMENT_TIMEOUT_SECONDS = 3;

const organization = (org: Org): Topology['organizations'][number] => ({
  name: org.toLowerCase(),
  mspId: mspIdOf(org),
  domain: `${org.toLowerCase()}.example.com`,
  users: [
    { name: 'Admin', ou: 'admin' },
    { name: 'User1', ou: 'client' },
  ],
});

const TOPOLOGY: Topology = {
  name: 'conformance',
  channel: 'conformance',
  orderer: { mspId: 'OrdererMSP', domain: 'example.com' },
  organizations: ORGANIZATIONS.map(organization),
  batch: BATCH,
  executeTimeoutSeconds: EXECUTE_TIMEOUT_SECONDS,
  endorsementTimeoutSeconds: ENDORSEMENT_TIMEOUT_SECONDS,
  // Cases read whole blocks, with private data and without. Those of access lists have a channel of their own.
  blockEvents: 'open',
};

const ALL_PEERS = ['Org1MSP.peer', 'Org2MSP.peer', 'Org3MSP.peer'] as const;

const COLLECTIONS = collectionsOf(
  { name: 'all', members: ['Org1MSP', 'Org2MSP', 'Org3MSP'] },
  { name: 'one', members: ['Org1MSP'] },
  { name: 'two', members: ['Org2MSP'] },
  { name: 'readers', members: ['Org2MSP'], memberOnlyRead: true },
  { name: 'writers', members: ['Org2MSP'], memberOnlyWrite: true },
  { name: 'needy', members: ['Org1MSP'], requiredPeerCount: 1 },
  { name: 'own', members: ['Org2MSP'], endorsementPolicy: outOf(1, 'Org2MSP.peer') },
  { name: 'shared', members: ['Org1MSP', 'Org2MSP'], endorsementPolicy: outOf(1, 'Org1MSP.peer') },
);

const TRIO = ['Org1MSP', 'Org2MSP', 'Org3MSP'];

/** Collections whose data go after some blocks. */
export const BRIEF_COLLECTIONS: readonly CollectionParts[] = [
  { name: 'brief', members: TRIO, blockToLive: 3 },
  { name: 'shortest', members: TRIO, blockToLive: 1 },
  { name: 'pair', members: ['Org1MSP', 'Org2MSP'], blockToLive: 3 },
  { name: 'unsent', members: ['Org1MSP', 'Org2MSP'], blockToLive: 3, maximumPeerCount: 0 },
  { name: 'longer', members: ['Org1MSP', 'Org2MSP'], blockToLive: 1000, maximumPeerCount: 0 },
];

/** The definitions on every network of the suite. */
export const DEFINITIONS: Readonly<Record<string, ChaincodeTerms>> = {
  /** Every organisation must endorse. */
  each: { endorsementPolicy: outOf(3, ...ALL_PEERS), collections: COLLECTIONS },
  /** Any organisation will do. */
  any: { endorsementPolicy: outOf(1, ...ALL_PEERS), collections: COLLECTIONS },
  /** Keeps private data for some blocks only. */
  brief: { endorsementPolicy: outOf(1, ...ALL_PEERS), collections: collectionsOf(...BRIEF_COLLECTIONS) },
  /** Hosted away from the first gateway. */
  far: {
    endorsementPolicy: outOf(1, ...ALL_PEERS),
    collections: collectionsOf({ name: 'two', members: ['Org2MSP'] }),
    hosts: ['org2'],
  },
  /** Must be initialised. */
  init: { endorsementPolicy: outOf(1, 'Org1MSP.peer'), initRequired: true, hosts: ['org1'] },
  /** A policy that no peer can satisfy. */
  clients: { endorsementPolicy: outOf(1, 'Org1MSP.client'), hosts: ['org1'] },
  /** Its processes are killed. */
  fragile: { endorsementPolicy: outOf(1, ...ALL_PEERS), hosts: ['org1', 'org2'] },
};

/** Networks of the suite by name. */
export const NETS = ['open', 'listed'] as const;
export type NetName = (typeof NETS)[number];

/** What a network of the suite is made from. */
interface NetSpec {
  readonly topology: Topology;
  readonly definitions: Readonly<Record<string, ChaincodeTerms>>;
}

const SPECS: Readonly<Record<NetName, NetSpec>> = {
  /** Fabric's defaults guard everything. */
  open: { topology: TOPOLOGY, definitions: DEFINITIONS },
  /** An access list guards what it can, whole blocks among it, each resource by a policy that no other has. */
  listed: {
    topology: { ...TOPOLOGY, name: 'conformance-listed', blockEvents: 'closed', access: ACCESS },
    definitions: {
      any: { endorsementPolicy: outOf(1, ...ALL_PEERS) },
      callee: { endorsementPolicy: outOf(1, ...ALL_PEERS) },
    },
  },
};

const probe = (name: string): ChaincodeSource => ({
  name,
  command: process.execPath,
  args: ['probe.cjs'],
  cwd: resolve(__dirname, __dirname.includes('dist') ? '../../chaincode' : '../chaincode'),
});

/** People beyond the users of the topology. */
export interface Odd {
  readonly foreign: Identity;
  readonly expired: Identity;
  readonly notYet: Identity;
  readonly roleless: Identity;
  readonly twoRoles: Identity;
  readonly authority: Identity;
  readonly selfMade: Identity;
  /** Whose certificate names the first organisation's authority, which never signed it. */
  readonly pretender: Identity;
  /** The same, and expired. */
  readonly latePretender: Identity;
  /** Whose certificate the first organisation's authority signed under another name. */
  readonly misnamed: Identity;
  readonly client2: Identity;
  /** A client of the ordering organisation: known on the channel, no reader and no writer of the application. */
  readonly outsider: Identity;
}

/** A network that is up, with everybody who may call it. */
export interface Net {
  readonly network: RunningNetwork;
  readonly channel: string;
  readonly users: Readonly<Record<Org, Identity>>;
  readonly admins: Readonly<Record<Org, Identity>>;
  readonly peers: Readonly<Record<Org, Identity>>;
  readonly wires: Readonly<Record<Org, Wire>>;
  readonly odd: Odd;
  /** Address of each peer and of the orderer, with the name that outcomes use. */
  readonly addresses: Readonly<Record<string, string>>;
  /** How to reach the ordering service itself. */
  readonly orderer: { readonly address: string; readonly hostAlias: string; readonly tlsRootCertPath: string };
  /** Deploys the probe chaincode under a name, or upgrades what is there. */
  deploy(name: string, terms: ChaincodeTerms): Promise<void>;
  close(): Promise<void>;
}

const byOrg = <T>(make: (org: Org) => T): Record<Org, T> =>
  Object.fromEntries(ORGANIZATIONS.map((org) => [org, make(org)])) as Record<Org, T>;

async function oddPeople(authority: string, ofOrderer: string): Promise<Odd> {
  const hours = (count: number): Date => new Date(Date.now() + count * 3_600_000);
  const past = { notBefore: hours(-0.5), notAfter: hours(-0.1) };
  const [foreign, selfMade, roleless, twoRoles, expired, notYet, isAuthority, client2, outsider, pretender, ...more] =
    await Promise.all([
      stranger('ForeignMSP'),
      stranger('Org1MSP'),
      issue('Org1MSP', authority, { units: [] }),
      issue('Org1MSP', authority, { units: ['client', 'peer'] }),
      issue('Org1MSP', authority, { units: ['client'], ...past }),
      issue('Org1MSP', authority, { units: ['client'], notBefore: hours(1) }),
      issue('Org1MSP', authority, { units: ['client'], isAuthority: true }),
      issue('Org1MSP', authority, { units: ['client'] }),
      issue('OrdererMSP', ofOrderer, { units: ['client'] }),
      issue('Org1MSP', authority, { units: ['client'], forged: true }),
      issue('Org1MSP', authority, { units: ['client'], issuer: 'CN=nobody' }),
      issue('Org1MSP', authority, { units: ['client'], forged: true, ...past }),
    ]);
  const [misnamed, latePretender] = more;
  return {
    foreign,
    selfMade,
    roleless,
    twoRoles,
    expired,
    notYet,
    authority: isAuthority,
    client2,
    outsider,
    pretender,
    misnamed,
    latePretender,
  };
}

interface Ports {
  readonly orderer: { readonly general: number };
}

async function describe(network: RunningNetwork): Promise<Omit<Net, 'deploy' | 'close'>> {
  const { dataPath } = network;
  const { ports } = JSON.parse(readFileSync(join(dataPath, 'network.json'), 'utf8')) as { ports: Ports };
  const folder = (org: Org): string =>
    join(dataPath, 'organizations/peerOrganizations', `${org.toLowerCase()}.example.com`);
  const user = (org: Org, name: string): Identity =>
    fromMspFolder(mspIdOf(org), network.connectionFor(org.toLowerCase(), name).mspPath);
  const connections = byOrg((org) => network.connectionFor(org.toLowerCase(), 'User1'));
  const general = `localhost:${String(ports.orderer.general)}`;
  const ordererFolder = join(dataPath, 'organizations/ordererOrganizations/example.com/orderers/orderer.example.com');
  return {
    network,
    channel: TOPOLOGY.channel,
    users: byOrg((org) => user(org, 'User1')),
    admins: byOrg((org) => user(org, 'Admin')),
    peers: byOrg((org) =>
      fromMspFolder(mspIdOf(org), join(folder(org), 'peers', `peer0.${org.toLowerCase()}.example.com`, 'msp')),
    ),
    wires: byOrg((org) => new Wire(connections[org])),
    odd: await oddPeople(
      join(folder('Org1'), 'ca'),
      join(dataPath, 'organizations/ordererOrganizations/example.com/ca'),
    ),
    addresses: {
      ...Object.fromEntries(ORGANIZATIONS.map((org) => [`<${org} peer>`, connections[org].endpoint])),
      '<orderer>': general,
    },
    orderer: {
      address: general,
      hostAlias: 'orderer.example.com',
      tlsRootCertPath: join(ordererFolder, 'tls/ca.crt'),
    },
  };
}

/** Brings a network of the suite up on an engine. */
export async function openNet(driver: NetworkDriver, name: NetName = 'open'): Promise<Net> {
  const { topology, definitions } = SPECS[name];
  const dataPath = mkdtempSync(join(tmpdir(), 'conformance-'));
  const remove = (): void => {
    rmSync(dataPath, { recursive: true, force: true });
  };
  const network = await driver.up(topology, { dataPath }).catch((cause: unknown) => {
    remove();
    throw cause;
  });
  const down = async (): Promise<void> => {
    await network.down();
    remove();
  };
  try {
    await Promise.all(Object.entries(definitions).map(([each, terms]) => network.deploy(probe(each), terms)));
    const described = await describe(network);
    return {
      ...described,
      deploy: (each, terms) => network.deploy(probe(each), terms),
      close: async () => {
        for (const wire of Object.values(described.wires)) wire.close();
        await down();
      },
    };
  } catch (cause) {
    await down();
    throw cause;
  }
}
