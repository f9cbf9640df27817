/** Finds the network that a command means: the one that is named, otherwise the one that runs, otherwise the only one that exists. */
import { resolve } from 'node:path';
import { readState } from '../control/state.js';
import { readRecord } from '../drivers/dataFolder.js';
import { NetworkError, UsageError } from '../driver.js';
import { TOPOLOGIES, type TopologyName } from '../topology.js';

/** How a network is named on the command line. If neither is given, the network is looked for. */
export interface NetworkOptions {
  readonly topology?: TopologyName;
  readonly data?: string;
}

/** What is brought up when nothing is named. */
const USUAL: TopologyName = 'five-org';

/** Where networks lie unless told otherwise. */
const PARENT = '.tenor';

const NAMES = Object.keys(TOPOLOGIES) as TopologyName[];

const folderOf = (topology: TopologyName): string => resolve(PARENT, topology);

/** Topologies whose data folder holds something. */
async function topologiesWith(read: (dataPath: string) => Promise<unknown>): Promise<TopologyName[]> {
  const held = await Promise.all(NAMES.map(async (name) => (await read(folderOf(name))) !== undefined));
  return NAMES.filter((_, index) => held[index]);
}

const several = (names: readonly TopologyName[], what: string): UsageError =>
  new UsageError(`${names.join(' and ')} ${what}. Say which one is meant with --topology or --data.`);

/** The data folder of a network that is to be brought up. */
export const placeFor = ({ topology, data }: NetworkOptions): string => resolve(data ?? folderOf(topology ?? USUAL));

/** The topology of a network that is to be brought up. */
export const topologyFor = ({ topology }: NetworkOptions): TopologyName => topology ?? USUAL;

/**
 * The data folder of the network that is meant, or undefined when none is named and there is none or only stopped ones.
 * @throws UsageError when none is named and several run
 */
export async function find(options: NetworkOptions): Promise<string | undefined> {
  if (options.data !== undefined || options.topology !== undefined) return placeFor(options);
  const running = await topologiesWith(readState);
  if (running.length > 1) throw several(running, 'are running');
  const [only, ...others] = running.length === 1 ? running : await topologiesWith(readRecord);
  return only === undefined || others.length > 0 ? undefined : folderOf(only);
}

/**
 * The same, for commands that need only the folder.
 * @throws UsageError when several are meant; NetworkError when there is none
 */
export async function mustFind(options: NetworkOptions): Promise<string> {
  const found = await find(options);
  if (found !== undefined) return found;
  const recorded = await topologiesWith(readRecord);
  if (recorded.length > 1) throw several(recorded, 'are there, and none is running');
  throw new NetworkError(`${resolve(PARENT)} holds no network. Start one with \`up\`.`);
}

/** The place where a network was looked for, as messages name it. */
export const placeName = (dataPath: string | undefined): string =>
  dataPath === undefined ? `below ${resolve(PARENT)}` : `behind ${dataPath}`;
