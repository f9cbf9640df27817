/** The engines with real peers, as ledgers for the suites. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { afterAll } from '@jest/globals';
import { connect, fromPaths, type Connection } from '@tenor/client';
import {
  TOPOLOGIES,
  type BlockEvents,
  type ChaincodeSource,
  type NetworkDriver,
  type RunningNetwork,
  type Topology,
  type TopologyName,
} from '@tenor/network';
import { openTransport } from '../../client/src/transport.js';
import { readBlocks } from '../../network/src/gateway/blocks.js';
import type { Guest, GuestIdentity, KeptFounding, Ledger, LedgerFaults, OpenLedger } from './ledger.js';
import { settled } from './settled.js';
import { onFreePorts } from './topologies.js';

const ROOT = resolve(__dirname, '../..');

/** The chaincode as it is deployed: built, one process an organisation. */
export const TENOR: ChaincodeSource = {
  name: 'tenor',
  command: process.execPath,
  args: ['dist/main.js', 'server'],
  cwd: join(ROOT, 'chaincode'),
};

/** Does whatever it is told to: the no-op, and the raw writes of the benchmark. */
export const RAW: ChaincodeSource = {
  name: 'tenor',
  command: process.execPath,
  args: ['main.cjs'],
  cwd: join(ROOT, 'test/fixtures/raw-chaincode'),
};

/** Suites wait for thousands of blocks, one after the other; people's networks cut them every 200 ms. */
const BLOCK_MS = 10;

/**
 * One network for all suites of a test file: starting peers takes longer than most suites. Each suite gets the chaincode under
 * a name of its own, and so a state, books and a founding of its own, of which no other suite sees anything. The blocks are
 * common to all, and so is the chaincode's process of each organisation; `tenor` is the name that the first suite gets.
 */
export function shareNetwork(
  driver: NetworkDriver,
  topology: TopologyName | Topology,
  blockEvents: BlockEvents = 'closed',
): SharedNetwork {
  let shared: Promise<RunningNetwork> | undefined;
  let suites = 0;
  afterAll(async () => {
    const network = await shared;
    await network?.down();
    if (network !== undefined) await rm(network.dataPath, { recursive: true, force: true });
  });
  const running = (): Promise<RunningNetwork> => (shared ??= start(driver, topology, blockEvents));
  const open = async (): Promise<Ledger> => {
    const network = await running();
    suites += 1;
    const name = suites === 1 ? TENOR.name : `${TENOR.name}-${String(suites)}`;
    await network.deploy({ ...TENOR, name, program: TENOR.name });
    return ledgerOn(network, name);
  };
  return Object.assign(open, { running });
}

/** The network itself is there too, for suites that look at peers and not at the chaincode. They leave it as they found it. */
export type SharedNetwork = OpenLedger & { readonly running: () => Promise<RunningNetwork> };

/**
 * One chaincode that is founded once, for suites that follow each other in the same books: deploying and founding take longer than
 * a small suite. Each must leave what the next one relies on.
 */
export function inTheSameBooks(open: OpenLedger): OpenLedger {
  let opened: Promise<Ledger> | undefined;
  let isFounded = false;
  const keptFounding: KeptFounding = {
    recall: () => Promise.resolve(isFounded),
    keep: () => {
      isFounded = true;
    },
  };
  afterAll(async () => {
    await (await opened)?.close();
  });
  return async () => ({ ...(await (opened ??= open())), keptFounding, close: () => Promise.resolve() });
}

async function start(
  driver: NetworkDriver,
  shape: TopologyName | Topology,
  blockEvents: BlockEvents,
): Promise<RunningNetwork> {
  const dataPath = await mkdtemp(join(tmpdir(), 'tenor-'));
  const { batch, ...named }: Topology = typeof shape === 'string' ? TOPOLOGIES[shape] : shape;
  // Layers run side by side: the samples' own ports are for Fabric.
  const placed = driver.engine === 'fabric' ? named : onFreePorts({ ...named, batch });
  return driver.up({ ...placed, blockEvents, batch: { ...batch, timeoutMs: BLOCK_MS } }, { dataPath });
}

/** What was read of the chain of each peer. Blocks never change, and suites ask for all of them again and again. */
class Chains {
  static readonly #of = new WeakMap<RunningNetwork, Chains>();
  readonly #network: RunningNetwork;
  readonly #read = new Map<string, readonly Uint8Array[]>();

  private constructor(network: RunningNetwork) {
    this.#network = network;
  }

  /** Those of a network, whichever of its ledgers asks. */
  static of(network: RunningNetwork): Chains {
    const chains = this.#of.get(network) ?? new Chains(network);
    this.#of.set(network, chains);
    return chains;
  }

  /** All blocks as one organisation's peer has them; only those are asked for that are new. */
  async blocks(organization: string): Promise<readonly Uint8Array[]> {
    const read = this.#read.get(organization) ?? [];
    const all = [...read, ...(await readBlocks(this.#network.connectionFor(organization, 'Admin'), read.length))];
    this.#read.set(organization, all);
    return all;
  }

  /** A peer that was stopped is asked for all of them anew. */
  forget(organization: string): void {
    this.#read.delete(organization);
  }
}

/** Organisations whose chaincode runs in a process that can be switched. */
const SWITCHED = new WeakMap<RunningNetwork, Set<string>>();

/**
 * Tampers with the chaincode of one organisation after the other, and undoes it. The first time that an organisation is corrupted its
 * process is replaced by one that can be switched; from then on a file switches it, for every suite of the network.
 */
function tampering(network: RunningNetwork, chaincode: string): Pick<LedgerFaults, 'tamper' | 'restore'> {
  const markerOf = (organization: string): string => join(network.dataPath, `tampered-${organization}`);
  const switched = SWITCHED.get(network) ?? new Set<string>();
  SWITCHED.set(network, switched);
  return {
    tamper: async (organization) => {
      const marker = markerOf(organization);
      await writeFile(marker, '');
      if (switched.has(organization)) return;
      switched.add(organization);
      const program = { ...RAW, args: ['switched.cjs', 'server'], env: { TENOR_TAMPERED: marker }, name: chaincode };
      await network.faults.replaceChaincode(organization, program);
    },
    restore: (organization) => rm(markerOf(organization), { force: true }),
  };
}

/** The folders are those of `cryptogen`: a peer's MSP lies beside the users'. */
function guestOf(network: RunningNetwork, host: string, organization: string, identity: GuestIdentity): Guest {
  const there = network.connectionFor(host, 'User1');
  const own = network.connectionFor(organization, identity === 'peer' ? 'User1' : identity);
  const peerMsp = resolve(own.mspPath, '../../../peers', own.hostAlias, 'msp');
  const mspPath = identity === 'peer' ? peerMsp : own.mspPath;
  const connection = fromPaths({ ...there, mspId: own.mspId, mspPath });
  const root = credentials.createSsl(Buffer.from(connection.tlsRootCert ?? ''));
  const grpcClient = new Client(there.endpoint, root, {
    'grpc.ssl_target_name_override': there.hostAlias,
    'grpc.max_receive_message_length': -1,
  });
  return { connection, grpcClient };
}

/** A chaincode that is deployed on a network, as a ledger. Closing it withdraws the chaincode; the network goes on. */
export function ledgerOn(network: RunningNetwork, chaincode = TENOR.name): Ledger {
  const { engine, dataPath } = network;
  const { organizations } = network.topology;
  const connectionOf = (organization: string, user: string): Connection =>
    fromPaths({ ...network.connectionFor(organization, user), chaincode });
  const watchers = new Map(
    organizations.map(({ name }) => [name, connect({ connection: connectionOf(name, 'Admin') })]),
  );
  /** Whose peers commit nothing. */
  const stopped = new Set<string>();
  const chains = Chains.of(network);
  const settle = async (transactionId: string): Promise<void> => {
    const running = [...watchers].filter(([name]) => !stopped.has(name));
    await Promise.all(running.map(([, watcher]) => watcher.committed(transactionId)));
  };
  return {
    ...{ engine, dataPath, organizations },
    connect: (organization, user, certificate, journal) => {
      const connection = connectionOf(organization, user);
      const remembering = journal === undefined ? {} : { journal };
      const shown = { ...connection, certificate: certificate ?? connection.certificate };
      return settled(connect({ connection: shown, ...remembering }), settle);
    },
    door: (organization, user) => {
      const connection = connectionOf(organization, user);
      return { ...openTransport(connection), connection };
    },
    guest: (host, organization, identity) => guestOf(network, host, organization, identity),
    faults: {
      stopPeer: async (organization) => {
        stopped.add(organization);
        chains.forget(organization);
        await network.faults.stopPeer(organization);
      },
      startPeer: async (...organizations) => {
        await network.faults.startPeer(...organizations);
        for (const organization of organizations) stopped.delete(organization);
      },
      restartChaincode: (organization) => network.faults.restartChaincode(organization, chaincode),
      loseLedger: (organization) => {
        chains.forget(organization);
        return network.faults.loseLedger(organization);
      },
      ...tampering(network, chaincode),
    },
    removeOrganization: async (organization) => {
      await network.removeOrganization(organization);
      stopped.add(organization);
    },
    addOrganization: async (organization) => {
      await network.addOrganization(organization);
      stopped.delete(organization);
    },
    blocks: (organization) => chains.blocks(organization),
    close: async () => {
      for (const watcher of watchers.values()) watcher.close();
      await network.withdraw(chaincode);
    },
  };
}
