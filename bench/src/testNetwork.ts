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

const tenor = (profile: string | undefined): ChaincodeSource => ({
  ...{ name: 'tenor', command: process.execPath, cwd: join(ROOT, 'chaincode') },
  args: [
    ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`]),
    ...['dist/main.js', 'server'],
  ],
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
): Promise<TestNetwork> {
  const dataPath = await mkdtemp(join(tmpdir(), 'tenor-bench-'));
  const network = await DRIVERS[engine].up(TOPOLOGY, { dataPath, onProgress: say });
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
  { network, profile }: Pick<Options, 'network' | 'profile'>,
  say: (line: string) => void,
): Promise<TestNetwork> => openWith(network, [tenor(profile), rawInPlaceOf(RAW)], say);

/** Brings a network up with the raw chaincode alone. @throws NetworkError */
export const openRawNetwork = (engine: Options['network']): Promise<TestNetwork> =>
  openWith(engine, [rawInPlaceOf(RAW)], () => undefined);
