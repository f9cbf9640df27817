/** The network under measurement: three organisations, Tenor and the raw chaincode side by side on one channel. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  devnetDriver,
  fabricDriver,
  TOPOLOGIES,
  type ChaincodeSource,
  type RunningNetwork,
  type Topology,
} from '@tenor/network';
import type { Options } from './options.js';
import { ROOT } from './root.js';

const DRIVERS = { devnet: devnetDriver, fabric: fabricDriver };

/** The topology that is measured. */
export const TOPOLOGY = TOPOLOGIES['three-org'];

/** Name of the raw chaincode on the channel. */
export const RAW = 'raw';

const tenor = (...flags: readonly string[]): ChaincodeSource => ({
  ...{ name: 'tenor', command: process.execPath, cwd: join(ROOT, 'chaincode') },
  args: [...flags, 'dist/main.js', 'server'],
});

/** The raw chaincode as a program that runs in place of another one. */
export const rawInPlaceOf = (name: string): ChaincodeSource => ({
  ...{ name, command: process.execPath, args: ['main.cjs'] },
  cwd: join(ROOT, 'test/fixtures/raw-chaincode'),
});

/** A network that is up, and how to take it away again. */
export interface TestNetwork {
  readonly network: RunningNetwork;
  /** Stops every process and removes the data folder. Can be called twice. */
  close(): Promise<void>;
}

const up = new Set<TestNetwork>();

/** Takes every network away that is still there: after an interrupt. */
export const closeAll = async (): Promise<void> => {
  await Promise.all([...up].map((each) => each.close()));
};

async function openWith(
  engine: Options['network'],
  chaincodes: readonly ChaincodeSource[],
  say: (line: string) => void,
  topology: Topology = TOPOLOGY,
): Promise<TestNetwork> {
  const dataPath = await mkdtemp(join(tmpdir(), 'tenor-bench-'));
  const network = await DRIVERS[engine].up(topology, { dataPath, onProgress: say });
  let closing: Promise<void> | undefined;
  const takeAway = async (): Promise<void> => {
    await network.down();
    await rm(dataPath, { recursive: true, force: true });
    up.delete(test);
  };
  const test = { network, close: (): Promise<void> => (closing ??= takeAway()) };
  up.add(test);
  try {
    for (const each of chaincodes) await network.deploy(each);
  } catch (error) {
    await test.close();
    throw error;
  }
  return test;
}

/** Brings a network up with both chaincodes. @throws NetworkError */
export const openTestNetwork = (
  { network }: Pick<Options, 'network'>,
  say: (line: string) => void,
): Promise<TestNetwork> => openWith(network, [tenor(), rawInPlaceOf(RAW)], say);

/** Brings a network up whose chaincode processes write profiles into a folder, and whose bank's peer serves its own. @throws NetworkError */
export function openProfiledNetwork(
  engine: Options['network'],
  { folder, peerPort }: { readonly folder: string; readonly peerPort: number | undefined },
  say: (line: string) => void,
): Promise<TestNetwork> {
  const organizations = TOPOLOGY.organizations.map((each) =>
    each.name === 'bank' && peerPort !== undefined ? { ...each, profilePort: peerPort } : each,
  );
  const chaincode = tenor('--cpu-prof', `--cpu-prof-dir=${folder}`);
  return openWith(engine, [chaincode, rawInPlaceOf(RAW)], say, { ...TOPOLOGY, organizations });
}

/** Brings a network up with the raw chaincode alone. @throws NetworkError */
export const openRawNetwork = (engine: Options['network']): Promise<TestNetwork> =>
  openWith(engine, [rawInPlaceOf(RAW)], () => undefined);
