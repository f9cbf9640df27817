/** Runs an example program: reads how it is called, starts a network of its own, founds the registry, plays, and leaves nothing behind. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  chaincodeSource,
  devnetDriver,
  fabricDriver,
  NetworkError,
  projectChaincodePath,
  topologyOf,
  type RunningNetwork,
  type Topology,
} from '@tenor/network';
import { deadProcesses, NetworkBroken, StepFailed, whileWhole } from './failure.js';
import { newFolder } from './folder.js';
import { foundRegistry } from './founding.js';
import { interruption } from './interruption.js';
import { forPeople } from './print.js';
import { peopleOf, type Cast, type Opener, type Printer, type Scene } from './scene.js';

/** What a program plays. */
export interface Play<Played extends Scene> {
  readonly cast: Pick<Cast, 'parties'>;
  readonly sceneOn: (network: RunningNetwork, open: Opener, printer: Printer) => Played;
  /** @param folder for files of the play; it is removed in the end. @returns whether everything came out as it must */
  readonly play: (scene: Played, folder: string) => Promise<boolean>;
}

/** A program by its npm script. */
export interface Program<Played extends Scene> {
  /** Name of the npm script. */
  readonly name: string;
  /** What it shows, as its help says it. */
  readonly shows: string;
  readonly prepare: () => Promise<Play<Played>>;
}

const DRIVERS = { devnet: devnetDriver, fabric: fabricDriver };
type Engine = keyof typeof DRIVERS;
const isEngine = (name: string): name is Engine => Object.hasOwn(DRIVERS, name);

/** The embedded network waits for no one else's transactions. */
const DEVNET_BATCH_TIMEOUT_MS = 10;

const usageOf = ({
  name,
  shows,
}: Pick<Program<Scene>, 'name' | 'shows'>): string => `npm run ${name} -- [--network devnet|fabric]

  ${shows.replaceAll('\n', '\n  ')}

  --network    devnet (default): embedded, nothing to install; fabric: real Fabric processes (npm run fabric:install)
  -h, --help   this text`;

const OPTIONS = {
  network: { type: 'string', default: 'devnet' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The command was called in a way that does not exist. */
class CalledWrongly extends Error {
  override readonly name = 'CalledWrongly';
}

function readArguments(args: readonly string[]): { readonly network: Engine; readonly help: boolean } {
  try {
    const { network, help } = parseArgs({ args: [...args], options: OPTIONS }).values;
    if (isEngine(network)) return { network, help };
    throw new TypeError(`--network takes devnet or fabric, not ${network}.`);
  } catch (cause) {
    throw new CalledWrongly(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** A network with a peer for each organisation that takes part. */
function topologyFor(name: string, engine: Engine, { parties }: Pick<Cast, 'parties'>): Topology {
  const organizations = [...new Set(parties.map(({ organization }) => organization))];
  const topology = topologyOf(name, organizations);
  const batch = { ...topology.batch, ...(engine === 'devnet' ? { timeoutMs: DEVNET_BATCH_TIMEOUT_MS } : {}) };
  return { ...topology, batch };
}

async function playOn<Played extends Scene>(
  starting: Promise<RunningNetwork>,
  { sceneOn, play }: Play<Played>,
  folder: string,
): Promise<number> {
  const network = await starting;
  await network.deploy(chaincodeSource('tenor', projectChaincodePath()));
  const scene = sceneOn(network, peopleOf(network), forPeople);
  try {
    const playing = scene.quietly(() => foundRegistry(scene)).then(() => play(scene, folder));
    return (await whileWhole(network, playing)) && scene.allRefused ? 0 : 1;
  } finally {
    scene.close();
  }
}

async function runWith<Played extends Scene>(program: Program<Played>, engine: Engine): Promise<number> {
  const play = await program.prepare();
  const interrupted = interruption();
  const folder = await newFolder(program.name);
  const dataPath = join(folder, 'network');
  const starting = DRIVERS[engine].up(topologyFor(program.name, engine, play.cast), { dataPath });
  try {
    const ended = await Promise.race([playOn(starting, play, folder), interrupted]);
    if (typeof ended === 'number') return ended;
    console.error(
      `Interrupted by ${ended.by}: npm run ${program.name} was not finished. The network is stopped and removed.`,
    );
    return ended.code;
  } catch (error) {
    if (!(error instanceof StepFailed) && !(error instanceof NetworkBroken)) throw error;
    console.error([error.message, ...(await deadProcesses(await starting))].join('\n'));
    return 1;
  } finally {
    // Whoever waits for the play is told why a network does not start.
    const network = await starting.catch(() => undefined);
    await network?.down();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function main<Played extends Scene>(program: Program<Played>): Promise<number> {
  const { network, help } = readArguments(process.argv.slice(2));
  if (!help) return runWith(program, network);
  console.log(usageOf(program));
  return 0;
}

/** Runs a program to its end, and ends the process: with 0 where everything came out as it must, with 2 where it was called wrongly. */
export function runProgram<Played extends Scene>(program: Program<Played>): void {
  main(program).then(
    // What is still under way after an interruption, calls to a network that is gone, is not waited for.
    (code) => process.exit(code),
    (error: unknown) => {
      const isCalledWrongly = error instanceof CalledWrongly;
      if (isCalledWrongly) console.error(`${error.message}\n\n${usageOf(program)}`);
      // Anything else is a fault of the program, and is shown with its stack.
      else console.error(error instanceof NetworkError ? error.message : error);
      process.exitCode = isCalledWrongly ? 2 : 1;
    },
  );
}
