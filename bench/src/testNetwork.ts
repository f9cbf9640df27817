/** The network under measurement: three organisations, Tenor and the raw chaincode side by side on one channel. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { devnetDriver, fabricDriver, TOPOLOGIES, type ChaincodeSource, type RunningNetwork } from '@tenor/network';
import type { Options } from './options.js';

const ROOT = resolve(__dirname, '../..');
const DRIVERS = { devnet: devnetDriver, fabric: fabricDriver };

/** The topology that is measured. */
export const TOPOLOGY = TOPOLOGIES['three-org'];

/** Name of the raw chaincode on the channel. */
export const RAW = 'raw';

const source = (
  name: string,
  folder: string,
  args: readonly string[],
  profile: string | undefined,
): ChaincodeSource => ({
  ...{ name, command: process.execPath, cwd: join(ROOT, folder) },
  args: [...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`]), ...args],
});

/** A network that is up, and how to take it away again. */
export interface TestNetwork {
  readonly network: RunningNetwork;
  /** Stops every process and removes the data folder. Can be called twice. */
  close(): Promise<void>;
}

/** Brings the network up with both chaincodes. @throws NetworkError */
export async function openTestNetwork(options: Options, say: (line: string) => void): Promise<TestNetwork> {
  const dataPath = await mkdtemp(join(tmpdir(), 'tenor-bench-'));
  const network = await DRIVERS[options.network].up(TOPOLOGY, { dataPath, onProgress: say });
  let closing: Promise<void> | undefined;
  const takeAway = async (): Promise<void> => {
    await network.down();
    await rm(dataPath, { recursive: true, force: true });
  };
  const close = (): Promise<void> => (closing ??= takeAway());
  try {
    await network.deploy(source('tenor', 'chaincode', ['dist/main.js', 'server'], options.profile));
    await network.deploy(source(RAW, 'test/fixtures/raw-chaincode', ['main.cjs'], undefined));
  } catch (error) {
    await close();
    throw error;
  }
  return { network, close };
}
