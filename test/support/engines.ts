/** The engines with real peers, as ledgers for the suites. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect, fromPaths } from '@tenor/client';
import { TOPOLOGIES, type ChaincodeSource, type NetworkDriver, type TopologyName } from '@tenor/network';
import type { Ledger } from './ledger.js';

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

/** Brings a topology up with the chaincode on it, in a folder of its own. */
export async function openNetwork(driver: NetworkDriver, topology: TopologyName): Promise<Ledger> {
  const dataPath = await mkdtemp(join(tmpdir(), 'tenor-'));
  const network = await driver.up(TOPOLOGIES[topology], { dataPath });
  try {
    await network.deploy(TENOR);
  } catch (error) {
    await network.down();
    throw error;
  }
  return {
    engine: driver.engine,
    organizations: TOPOLOGIES[topology].organizations,
    connect: (organization, user) => connect({ connection: fromPaths(network.connectionFor(organization, user)) }),
    faults: {
      stopPeer: (organization) => network.faults.stopPeer(organization),
      startPeer: (organization) => network.faults.startPeer(organization),
      tamper: (organization) => network.faults.replaceChaincode(organization, RAW),
      restore: (organization) => network.faults.restoreChaincode(organization, TENOR.name),
    },
    blocks: (organization) => network.blocks(organization),
    close: async () => {
      await network.down();
      await rm(dataPath, { recursive: true, force: true });
    },
  };
}
