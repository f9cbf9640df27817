/** The ledger for tests by the thousand: the devnet's engine, the real SDK and the real shim in one process, without a socket. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Client } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import { connect, type Connection } from '@tenor/client';
import { TOPOLOGIES, type BlockEvents, type Topology, type TopologyName } from '@tenor/network';
import { openEngine, type ChaincodeLink, type Engine, type RecordedBlock } from 'tenor-devnet';
import { openTransport } from '../../client/src/transport.js';
import { linkToChaincode, withoutOffers, type RawChaincode } from './inProcessChaincode.js';
import { TenorChaincode } from '../../chaincode/src/contracts/chaincode.js';
import { listenForOffers } from '../../chaincode/src/ledger/peerBatch.js';
import {
  changeEnvelope,
  firstConfiguration,
  withOrganization,
  withoutOrganization,
} from '../../network/src/channel/members.js';
import { accessOf } from '../../network/src/expand/access.js';
import { Signer } from '../../network/src/gateway/signer.js';
import { keepParsedCertificates } from '../../chaincode/src/shimCertificates.js';
import type { KeptFounding, Ledger } from './ledger.js';
import { keep, recall } from './remembered.js';
import { createAuthority, type TestIdentity } from './testIdentities.js';

const NAME = 'tenor';
const { chaincode: RAW } = createRequire(__filename)('../fixtures/raw-chaincode/chaincode.cjs') as {
  readonly chaincode: RawChaincode;
};

// As the chaincode's process does before it starts.
keepParsedCertificates();
listenForOffers();

interface Members {
  readonly name: string;
  readonly mspId: string;
  readonly rootPem: string;
  readonly peer: TestIdentity;
  readonly users: ReadonlyMap<string, TestIdentity>;
}

async function enrol(organization: Topology['organizations'][number], named?: string): Promise<Members> {
  const { name, mspId, users } = organization;
  const authority = await createAuthority(mspId, named);
  const peer = await authority.issue(`peer0.${name}`, { units: ['peer'] });
  const enrolled = await Promise.all(
    users.map(async (user): Promise<[string, TestIdentity]> => [
      user.name,
      await authority.issue(user.name, { units: [user.ou] }),
    ]),
  );
  return { name, mspId, rootPem: authority.rootPem, peer, users: new Map(enrolled) };
}

/** Everybody on a topology. Keys are made once in a run: no suite depends on having some of its own. */
interface Everybody {
  readonly members: readonly Members[];
  readonly orderer: TestIdentity & { readonly rootPem: string };
}

async function everybodyOn({ organizations }: Topology, named: string | undefined): Promise<Everybody> {
  const names = [
    ...organizations.map(({ name, mspId }) => `${name} ${mspId}`),
    ...(named === undefined ? [] : [named]),
  ].join();
  const key = `people-${createHash('sha256').update(names).digest('hex')}`;
  const known = recall(key) as Everybody | undefined;
  if (known !== undefined) return known;
  const ordering = await createAuthority('OrdererMSP');
  const orderer = await ordering.issue('orderer', { units: ['orderer'] });
  const members = await Promise.all(organizations.map((each) => enrol(each, named)));
  return keep(key, { members, orderer: { ...orderer, rootPem: ordering.rootPem } });
}

/** The founding that the run keeps of a topology: its blocks, replayed into each new engine. */
function keptFounding(engine: Engine, topology: string): KeptFounding {
  const name = `founding-${topology}`;
  const from = engine.height;
  return {
    recall: async () => {
      const blocks = engine.height === from ? (recall(name) as RecordedBlock[] | undefined) : undefined;
      if (blocks !== undefined) await engine.replay(blocks);
      return blocks !== undefined;
    },
    keep: () => {
      keep(name, engine.record(from));
    },
  };
}

async function newEngine(
  topology: Topology,
  { members, orderer }: Everybody,
  seed: number | undefined,
): Promise<Engine> {
  return openEngine({
    channel: topology.channel,
    access: accessOf(topology),
    batch: { timeoutMs: 0, maxMessageCount: 500, preferredMaxBytes: 2 * 1024 * 1024 },
    organizations: members.map(({ name, mspId, rootPem, peer }) => ({
      ...{ mspId, hostAlias: `peer0.${name}`, msp: { rootCertsPem: [rootPem] } },
      ...{ signCertPem: peer.certPem, signKeyPem: peer.keyPem },
    })),
    orderer: {
      mspId: 'OrdererMSP',
      signCertPem: orderer.certPem,
      signKeyPem: orderer.keyPem,
      rootCertsPem: [orderer.rootPem],
    },
    ...(seed === undefined ? {} : { seed }),
  });
}

/** The real chaincode. It keeps nothing between two calls, so that all organisations of all ledgers can run the same one. */
const HONEST = new TenorChaincode();

/** A ledger in this process, and what a client of it is made from: for those who put something in between. */
export interface InProcessLedger extends Ledger {
  userOf(organization: string, user: string): { readonly connection: Connection; readonly grpcClient: Client };
}

/**
 * A topology in this process. With a seed, concurrent calls interleave the same way each time. The peers of `older`
 * organisations offer their chaincode nothing that releases before 3.1 did not. `named` is the name that every organisation's authority
 * writes, instead of one of its own.
 */
export async function openInProcess(
  shape: TopologyName | Topology = 'five-org',
  seed?: number,
  older: readonly string[] = [],
  blockEvents: BlockEvents = 'closed',
  named?: string,
): Promise<InProcessLedger> {
  const topology: Topology = typeof shape === 'string' ? TOPOLOGIES[shape] : shape;
  const { channel, organizations } = topology;
  const everybody = await everybodyOn(topology, named);
  const { members } = everybody;
  const engine = await newEngine({ ...topology, blockEvents }, everybody, seed);
  const olderPeers = organizations.filter(({ name }) => older.includes(name)).map(({ mspId }) => mspId);
  const link = (mspId: string, chaincode: RawChaincode): ChaincodeLink => {
    const current = linkToChaincode(NAME, mspId, chaincode);
    return olderPeers.includes(mspId) ? withoutOffers(current) : current;
  };
  await engine.deployInProcess({ name: NAME, connect: (mspId) => link(mspId, HONEST) });
  const member = (name: string): Members => {
    const found = members.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no organisation ${name} in ${topology.name}`);
    return found;
  };
  const run = (organization: string, chaincode: RawChaincode): Promise<void> => {
    const { mspId } = member(organization);
    engine.setChaincodeLink(mspId, NAME, () => link(mspId, chaincode));
    return Promise.resolve();
  };
  const userOf: InProcessLedger['userOf'] = (organization, user) => {
    const { mspId, users } = member(organization);
    const identity = users.get(user);
    if (identity === undefined) throw new Error(`no user ${user} in ${organization}`);
    const keys = { certificate: identity.certPem, privateKey: identity.keyPem };
    return {
      connection: { endpoint: 'in process', mspId, channel, chaincode: NAME, ...keys },
      grpcClient: engine.inProcessClient(mspId),
    };
  };
  /** Who is concerned signs last. */
  const change = (concerned: string, update: (config: common.Config) => Uint8Array): Promise<void> => {
    const signers = [...members]
      .sort((one, other) => Number(one.mspId === concerned) - Number(other.mspId === concerned))
      .flatMap(({ mspId, users }) => {
        const admin = users.get('Admin');
        return admin === undefined ? [] : [new Signer(mspId, { certificate: admin.certPem, key: admin.keyPem })];
      });
    const config = common.Config.deserializeBinary(engine.configuration);
    return engine.configure(changeEnvelope({ config, channel, signers, update }).serializeBinary());
  };
  // What a seed draws, and what older peers do, begins with the founding: there each world goes through its own.
  const isPlain = seed === undefined && older.length === 0 && named === undefined;
  return {
    ...{ engine: 'inProcess', organizations, dataPath: undefined, userOf },
    ...(isPlain ? { keptFounding: keptFounding(engine, topology.name) } : {}),
    connect: (organization, user, certificate, journal) => {
      const { connection, grpcClient } = userOf(organization, user);
      const remembering = journal === undefined ? {} : { journal };
      const shown = { ...connection, certificate: certificate ?? connection.certificate };
      return connect({ connection: shown, grpcClient, ...remembering });
    },
    door: (organization, user) => {
      const { connection, grpcClient } = userOf(organization, user);
      return { ...openTransport(connection, { grpcClient }), connection };
    },
    guest: (host, organization, identity) => {
      const { mspId, users, peer } = member(organization);
      const shown = identity === 'peer' ? peer : users.get(identity);
      if (shown === undefined) throw new Error(`no user ${identity} in ${organization}`);
      const keys = { certificate: shown.certPem, privateKey: shown.keyPem };
      return {
        connection: { endpoint: 'in process', mspId, channel, chaincode: NAME, ...keys },
        grpcClient: engine.inProcessClient(member(host).mspId),
      };
    },
    faults: {
      stopPeer: (organization) => engine.stopPeer(member(organization).mspId),
      startPeer: async (...organizations) => {
        for (const organization of organizations) await engine.startPeer(member(organization).mspId);
      },
      restartChaincode: (organization) => run(organization, new TenorChaincode()),
      loseLedger: (organization) => engine.loseLedger(member(organization).mspId),
      tamper: (organization) => run(organization, RAW),
      restore: (organization) => run(organization, HONEST),
    },
    removeOrganization: (organization) => {
      const { mspId } = member(organization);
      return change(mspId, (config) => withoutOrganization(config, channel, mspId));
    },
    addOrganization: (organization) => {
      const { mspId } = member(organization);
      const [block = new Uint8Array()] = engine.blocks(mspId);
      const first = firstConfiguration(block);
      return change(mspId, (config) => withOrganization(config, channel, { mspId, first }));
    },
    blocks: (organization) => Promise.resolve(engine.blocks(member(organization).mspId)),
    close: () => engine.close(),
  };
}
