/** The engines with real peers, as ledgers for the suites. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, fromPaths, type Connection } from '@tenor/client';
import {
  TOPOLOGIES,
  type BlockEvents,
  type ChaincodeSource,
  type NetworkDriver,
  type RunningNetwork,
  type TopologyName,
} from '@tenor/network';
import { openTransport } from '../../client/src/transport.js';
import type { Guest, GuestIdentity, Ledger } from './ledger.js';
import { settled } from './settled.js';

const ROOT = resolve(__dirname, '../..');

/** The chaincode as it is deployed: built, one process an organisation. */
export const TENOR: ChaincodeSource = {
  name: 'tenor',
  command: process.execPath,
  args: ['dist/main.js', 'server'],
  cwd: join(ROOT, 'chaincode'),
};

/** Does whatever it is told to: the no-op, the raw writes of the benchmark, and the tampered peer of the attacks. */
export const RAW: ChaincodeSource = {
  name: 'tenor',
  command: process.execPath,
  args: ['main.cjs'],
  cwd: join(ROOT, 'test/fixtures/raw-chaincode'),
};

/** Suites wait for thousands of blocks, one after the other; people's networks cut them every 200 ms. */
const BLOCK_MS = 40;

/** Brings a topology up with the chaincode on it, in a folder of its own. */
export async function openNetwork(
  driver: NetworkDriver,
  topology: TopologyName,
  blockEvents: BlockEvents = 'closed',
): Promise<Ledger> {
  const dataPath = await mkdtemp(join(tmpdir(), 'tenor-'));
  const { batch, ...named } = TOPOLOGIES[topology];
  const network = await driver.up({ ...named, blockEvents, batch: { ...batch, timeoutMs: BLOCK_MS } }, { dataPath });
  try {
    await network.deploy(TENOR);
  } catch (error) {
    await network.down();
    throw error;
  }
  const ledger = ledgerOn(network);
  return {
    ...ledger,
    close: async () => {
      await ledger.close();
      await rm(dataPath, { recursive: true, force: true });
    },
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

/** A network with the chaincode deployed, as a ledger. Closing it stops the network and leaves its data. */
export function ledgerOn(network: RunningNetwork): Ledger {
  const { engine, dataPath } = network;
  const { organizations } = network.topology;
  const connectionOf = (organization: string, user: string): Connection =>
    fromPaths(network.connectionFor(organization, user));
  const watchers = new Map(
    organizations.map(({ name }) => [name, connect({ connection: connectionOf(name, 'Admin') })]),
  );
  const stopped = new Set<string>();
  const settle = async (transactionId: string): Promise<void> => {
    const running = [...watchers].filter(([name]) => !stopped.has(name));
    await Promise.all(running.map(([, watcher]) => watcher.committed(transactionId)));
  };
  return {
    ...{ engine, dataPath, organizations },
    connect: (organization, user, certificate) => {
      const connection = connectionOf(organization, user);
      return settled(
        connect({ connection: { ...connection, certificate: certificate ?? connection.certificate } }),
        settle,
      );
    },
    door: (organization, user) => {
      const connection = connectionOf(organization, user);
      return { ...openTransport(connection), connection };
    },
    guest: (host, organization, identity) => guestOf(network, host, organization, identity),
    faults: {
      stopPeer: async (organization) => {
        stopped.add(organization);
        await network.faults.stopPeer(organization);
      },
      startPeer: async (organization) => {
        await network.faults.startPeer(organization);
        stopped.delete(organization);
      },
      tamper: (organization) => network.faults.replaceChaincode(organization, RAW),
      restore: (organization) => network.faults.restoreChaincode(organization, TENOR.name),
    },
    blocks: (organization) => network.blocks(organization),
    close: async () => {
      for (const watcher of watchers.values()) watcher.close();
      await network.down();
    },
  };
}
