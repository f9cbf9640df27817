/**
 * The actions of the commands. An action returns its result as data and as lines for people, and `cli.ts` prints it. What talks to peers
 * is loaded by the actions that do: it takes longer to load than most commands take.
 */
import { rm } from 'node:fs/promises';
import { attach, startDetached } from '../control/detached.js';
import { readRecord, type NetworkRecord } from '../drivers/dataFolder.js';
import { NetworkError, type ProcessStatus, type RunningNetwork } from '../driver.js';
import type { Books } from '../gateway/books.js';
import { logPath } from '../layout.js';
import { readTail } from '../processes/log.js';
import { TOPOLOGIES } from '../topology.js';
import type { StepName, StepOptions } from './closeBooksOptions.js';
import type { Outcome } from './outcome.js';
import { asShell, ENVIRONMENT_FORMATS, type EnvironmentFormat } from './environment.js';
import { installFabric } from './install.js';
import { chaincodeSource, projectChaincodePath } from './source.js';
import { find, mustFind, placeFor, placeName, topologyFor, type NetworkOptions } from './where.js';

/** Reports a step while it happens. */
export type Progress = (line: string) => void;

/** The network that a command means: the running network, if it runs, and its folder, if there is one. */
async function lookFor(options: NetworkOptions): Promise<{ network?: RunningNetwork; dataPath?: string }> {
  const dataPath = await find(options);
  if (dataPath === undefined) return {};
  const network = await attach(dataPath);
  return network === undefined ? { dataPath } : { network, dataPath };
}

async function running(options: NetworkOptions): Promise<RunningNetwork> {
  const { network, dataPath } = await lookFor(options);
  if (network !== undefined) return network;
  throw new NetworkError(`No network is running ${placeName(dataPath)}. Start one with \`up\`.`);
}

async function recordOf(dataPath: string): Promise<NetworkRecord> {
  const record = await readRecord(dataPath);
  if (record === undefined) throw new NetworkError(`${dataPath} holds no network. Start one with \`up\`.`);
  return record;
}

const processLine = ({ name, running: up, pid, address }: ProcessStatus): string =>
  [
    name.padEnd(28),
    (up ? 'running' : 'stopped').padEnd(8),
    (pid === undefined ? '' : String(pid)).padEnd(8),
    address ?? '',
  ]
    .join(' ')
    .trimEnd();

/** The answer of each organisation's peer when its administrator asks for a private block. */
async function askAllPeers(network: RunningNetwork): Promise<readonly (readonly [string, Books])[]> {
  const { booksOf } = await import('../gateway/books.js');
  const names = network.topology.organizations.map(({ name }) => name);
  return Promise.all(names.map(async (name) => [name, await booksOf(network.connectionFor(name, 'Admin'))] as const));
}

const BOOKS_TEXT: Readonly<Record<Books['state'], string>> = {
  closed: 'books are closed: no peer gives private values to who asks for blocks',
  open: 'BOOKS ARE OPEN: every member of the channel can read every book. Close them with `close-books`',
  unknown: 'whether books are closed is not known: not every peer answered',
};

/** Books are open if one peer says so, and closed only if all peers say so. */
function booksOfAll(answers: readonly (readonly [string, Books])[]): Books['state'] {
  const states = answers.map(([, { state }]) => state);
  if (states.includes('open')) return 'open';
  return states.every((state) => state === 'closed') ? 'closed' : 'unknown';
}

/** The names that `env` takes, and that programs on this network put in front of a party's: `supplier (rio-tinto)`. */
const organizationLine = ({ name, mspId, users }: { name: string; mspId: string; users: readonly string[] }): string =>
  `organisation ${name.padEnd(15)} ${mspId.padEnd(14)} users ${users.join(', ')}`;

async function describe(network: RunningNetwork): Promise<Outcome> {
  const { engine, topology, dataPath } = network;
  const [processes, answers] = await Promise.all([network.status(), askAllPeers(network)]);
  const organizations = topology.organizations.map(({ name, mspId, users }) => ({
    ...{ name, mspId, users: users.map((user) => user.name) },
  }));
  const head = `${topology.name} on ${engine}, channel ${topology.channel}, ${dataPath}`;
  const books = booksOfAll(answers);
  const unknown = answers.flatMap(([name, answer]) =>
    answer.state === 'unknown' ? [`  ${name}: ${answer.reason}`] : [],
  );
  return {
    data: {
      ...{ running: true, engine, topology: topology.name, channel: topology.channel, dataPath },
      ...{ organizations, processes, books, booksByPeer: Object.fromEntries(answers) },
    },
    text: [
      head,
      BOOKS_TEXT[books],
      ...unknown,
      ...organizations.map(organizationLine),
      ...processes.map(processLine),
    ].join('\n'),
  };
}

/** Brings a network up in the background; when it is up, says so. */
export async function up(
  options: NetworkOptions & { readonly network: RunningNetwork['engine']; readonly fabricBin?: string },
  onProgress: Progress,
): Promise<Outcome> {
  const dataPath = placeFor(options);
  const { network: engine, fabricBin } = options;
  const there = await attach(dataPath);
  if (there !== undefined && there.engine !== engine) {
    throw new NetworkError(
      `A network on ${there.engine} is running on the data folder ${dataPath}. Stop it with \`down\` first.`,
    );
  }
  const bin = fabricBin === undefined ? {} : { fabricBin };
  return describe(
    there ?? (await startDetached(engine, TOPOLOGIES[topologyFor(options)], { dataPath, onProgress, ...bin })),
  );
}

/** Deploys a chaincode folder. */
export async function deploy(
  options: NetworkOptions & { readonly name: string; readonly path?: string },
): Promise<Outcome> {
  const network = await running(options);
  const source = chaincodeSource(options.name, options.path ?? projectChaincodePath());
  await network.deploy(source);
  const { cwd } = source;
  const { topology, dataPath } = network;
  return {
    data: { name: options.name, path: cwd, topology: topology.name, dataPath },
    text: `${options.name} is deployed from ${cwd} on ${topology.name}`,
  };
}

/** Shows the processes of a network. */
export async function status(options: NetworkOptions): Promise<Outcome> {
  const { network, dataPath } = await lookFor(options);
  if (network !== undefined) return describe(network);
  return { data: { running: false, dataPath }, text: `No network is running ${placeName(dataPath)}.` };
}

/** Shows the end of one process's log, or which logs there are. */
export async function logs(process: string | undefined, options: NetworkOptions): Promise<Outcome> {
  const network = await running(options);
  const withLogs = (await network.status()).filter(({ logPath: path }) => path !== undefined);
  const known = [...withLogs.map(({ name }) => name), 'daemon'];
  if (process === undefined) {
    const paths = Object.fromEntries(known.map((name) => [name, logPath(network.dataPath, name)]));
    return { data: paths, text: Object.values(paths).join('\n') };
  }
  if (!known.includes(process)) {
    throw new NetworkError(`There is no log of a process ${process}. There are: ${known.join(', ')}.`);
  }
  const path = logPath(network.dataPath, process);
  const tail = readTail(path);
  return { data: { path, tail }, text: tail };
}

/** Variables for other programs. */
export async function env(
  organization: string,
  options: NetworkOptions & { readonly user: string; readonly format: EnvironmentFormat; readonly name: string },
): Promise<Outcome> {
  const dataPath = await mustFind(options);
  const record = await recordOf(dataPath);
  const { user, name: chaincode, format } = options;
  const variables = ENVIRONMENT_FORMATS[format]({ record, dataPath, organization, user, chaincode });
  return { data: variables, text: asShell(variables) };
}

/** Stops a network; with `clean` its data folder goes too. */
export async function down(options: NetworkOptions & { readonly clean?: boolean }): Promise<Outcome> {
  const { network, dataPath } = await lookFor(options);
  await network?.down();
  const was =
    network === undefined
      ? `No network was running ${placeName(dataPath)}.`
      : `The network ${network.topology.name} is stopped.`;
  const cleaned = options.clean === true ? await removeFolder(dataPath ?? (await mustFind(options))) : false;
  return {
    data: { stopped: network !== undefined, cleaned, dataPath },
    text: cleaned ? `${was} ${String(dataPath)} is removed.` : was,
  };
}

/** Removes the folder of a network; any other folder stays. */
async function removeFolder(dataPath: string): Promise<boolean> {
  if ((await readRecord(dataPath)) === undefined) return false;
  await rm(dataPath, { recursive: true, force: true });
  return true;
}

/** Installs Fabric's commands. */
export async function fabricInstall(
  options: { readonly release?: string; readonly url?: string; readonly sha256?: string; readonly target?: string },
  onProgress: Progress,
): Promise<Outcome> {
  const base = options.url ?? process.env['TENOR_FABRIC_URL'];
  const sha256 = options.sha256 ?? process.env['TENOR_FABRIC_SHA256'];
  const { release, target } = options;
  const installed = await installFabric({
    onProgress,
    ...(release === undefined ? {} : { version: release }),
    ...(base === undefined ? {} : { base }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(target === undefined ? {} : { target }),
  });
  const { path, version, fetched } = installed;
  return { data: installed, text: `Fabric ${version} ${fetched ? 'is installed' : 'was installed before'} in ${path}` };
}

/** Closes the books of the network that runs here, or takes one step of it on any channel. */
export async function closeBooks(step: StepName | undefined, options: NetworkOptions & StepOptions): Promise<Outcome> {
  const books = await import('./closeBooks.js');
  return step === undefined
    ? books.closeBooks(await running(options))
    : books.closeBooksStep(step, options, process.env);
}
