/**
 * A Fabric network said as data. Every config file, process, port, folder and test identity comes from one such value;
 * `expand.ts` turns it into files and processes without doing any work itself.
 */

/** One user certificate of an organisation. `ou` is the NodeOU that the certificate carries. */
export interface UserSpec {
  /** Folder name before the `@`, for example `Admin` or `User1`. */
  readonly name: string;
  readonly ou: 'admin' | 'client';
}

/** One organisation with exactly one peer. */
export interface OrganizationSpec {
  /** Short name, unique in the topology; commands and drivers name organisations by it. */
  readonly name: string;
  readonly mspId: string;
  /** DNS domain; certificates, folders and host names derive from it. */
  readonly domain: string;
  readonly users: readonly UserSpec[];
  /** Fixed ports, where people expect them (the samples' layout). Left out: free ports are picked at `up`. */
  readonly ports?: { readonly peer: number; readonly chaincode: number; readonly operations: number };
  /** Where the peer serves its Go profiles (`/debug/pprof/`), on Fabric. Left out: nowhere. */
  readonly profilePort?: number;
}

/** When the orderer cuts a block. */
export interface BatchSpec {
  readonly timeoutMs: number;
  readonly maxMessageCount: number;
  readonly preferredMaxBytes: number;
}

/** A whole network: one channel, one orderer, one peer an organisation. */
export interface Topology {
  readonly name: string;
  readonly channel: string;
  readonly orderer: {
    readonly mspId: string;
    readonly domain: string;
    readonly ports?: { readonly general: number; readonly admin: number; readonly operations: number };
  };
  readonly organizations: readonly OrganizationSpec[];
  readonly batch: BatchSpec;
  /** How long a chaincode may take for one call. Left out: 15 s, shorter than the released 30 s: who hangs holds every command that needs it. */
  readonly executeTimeoutSeconds?: number;
  /** How long a gateway waits for the peer of another organisation. Left out: as long as a chaincode may take. */
  readonly endorsementTimeoutSeconds?: number;
  /**
   * Who has whole blocks delivered. A peer that delivers blocks also delivers the private values beside them, those of the
   * organisations' own books included, to everybody who may have blocks. Left out: `closed`, nobody may.
   */
  readonly blockEvents?: BlockEvents;
  /** More of the channel's access list, and policies that it names. For tests of access lists. */
  readonly access?: AccessSpec;
}

/**
 * `closed`: the channel's access list puts block events under a policy that no one signature meets.
 * `open`: Fabric's default. Every member's client can read every organisation's private values at that organisation's peer.
 */
export type BlockEvents = 'closed' | 'open';

/** Entries of a channel's access list. */
export interface AccessSpec {
  /** Policies of the Application group by name, for example `ALL Admins`: so many of the organisations' policies of that name. */
  readonly policies: Readonly<Record<string, MetaRule>>;
  /** By resource, for example `qscc/GetChainInfo`: a policy of the Application group by its name, or any by its whole path. */
  readonly list: Readonly<Record<string, string>>;
}

/** An implicit meta policy as `configtx.yaml` says it. */
export type MetaRule = `${'ANY' | 'ALL' | 'MAJORITY'} ${string}`;

/** See `Topology.executeTimeoutSeconds`. */
export const executeTimeoutSecondsOf = ({ executeTimeoutSeconds = 15 }: Topology): number => executeTimeoutSeconds;

/** See `Topology.endorsementTimeoutSeconds`. */
export const endorsementTimeoutSecondsOf = (topology: Topology): number =>
  topology.endorsementTimeoutSeconds ?? executeTimeoutSecondsOf(topology);

const OPERATORS: readonly UserSpec[] = [
  { name: 'Admin', ou: 'admin' },
  { name: 'Admin2', ou: 'admin' },
  { name: 'Maker', ou: 'client' },
  { name: 'Checker', ou: 'client' },
  { name: 'User1', ou: 'client' },
];

/** Letters of an organisation's name: certificates carry it in names of at most 64 letters (X.520), with a word before and the domain behind. */
const NAME_LETTERS = 40;

/**
 * True for a name that an organisation of our own domain can have: words of lower-case letters and digits that begin with a letter, joined
 * by hyphens. `orderer` is taken.
 */
export const isOrganizationName = (name: string): boolean =>
  /^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*$/.test(name) && name.length <= NAME_LETTERS && name !== 'orderer';

/** `contractor` becomes `ContractorMSP`, `mine-owner` becomes `MineOwnerMSP`: each name has its own. */
const mspOf = (name: string): string =>
  `${name
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')}MSP`;

const organization = (name: string): OrganizationSpec => ({
  name,
  mspId: mspOf(name),
  domain: `${name}.tenor.example`,
  users: OPERATORS,
});

const ORDERER = { mspId: 'OrdererMSP', domain: 'orderer.tenor.example' };
const BATCH: BatchSpec = { timeoutMs: 200, maxMessageCount: 500, preferredMaxBytes: 2 * 1024 * 1024 };

/**
 * A network of any organisations, with one peer each.
 * @param names short names of the organisations, each once; see `isOrganizationName`
 */
export function topologyOf(name: string, names: readonly string[]): Topology {
  const unfit = names.find((each, index) => !isOrganizationName(each) || names.indexOf(each) !== index);
  if (unfit !== undefined) throw new RangeError(`"${unfit}" cannot name an organisation, or names two.`);
  const organizations = names.map(organization);
  return { name, channel: 'tenor', orderer: ORDERER, organizations, batch: BATCH, blockEvents: 'closed' };
}

/**
 * The part of a topology that has these organisations, under the names, MSP ids and domains that they have in the whole. The channel knows
 * no others, so that a suite starts no peer that it does not need.
 */
export function partOf(topology: Topology, names: readonly string[]): Topology {
  const missing = names.find((each) => topology.organizations.every(({ name }) => name !== each));
  if (missing !== undefined) throw new RangeError(`${topology.name} has no organisation "${missing}".`);
  const organizations = topology.organizations.filter(({ name }) => names.includes(name));
  return { ...topology, name: [topology.name, ...organizations.map(({ name }) => name)].join('-'), organizations };
}

const sampleOrganization = (index: 1 | 2, peer: number): OrganizationSpec => ({
  name: `org${String(index)}`,
  mspId: `Org${String(index)}MSP`,
  domain: `org${String(index)}.example.com`,
  users: OPERATORS,
  ports: { peer, chaincode: peer + 1, operations: peer === 7051 ? 9444 : 9445 },
});

/** The networks this project knows by name. `two-org` has the names, ports and folders of fabric-samples' test network. */
export const TOPOLOGIES = {
  'five-org': topologyOf('five-org', ['issuer', 'bank', 'supplier', 'contractor', 'operator']),
  'three-org': topologyOf('three-org', ['issuer', 'bank', 'supplier']),
  'two-org': {
    name: 'two-org',
    channel: 'mychannel',
    orderer: { mspId: 'OrdererMSP', domain: 'example.com', ports: { general: 7050, admin: 7053, operations: 9443 } },
    organizations: [sampleOrganization(1, 7051), sampleOrganization(2, 9051)],
    batch: BATCH,
    blockEvents: 'closed',
  },
  wide: topologyOf('wide', [
    ...['issuer', 'bank', 'supplier', 'contractor', 'operator'],
    ...['second-bank', 'third-bank'],
  ]),
} as const satisfies Record<string, Topology>;

/** Name of a topology that ships with the project. */
export type TopologyName = keyof typeof TOPOLOGIES;
