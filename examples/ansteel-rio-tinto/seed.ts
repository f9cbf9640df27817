/**
 * `npm run network -- seed`: founds the registry on a network that runs, unless that was done, and leaves a free slice in the
 * supplier's hand. Prints shell variables, for `eval`; what it does meanwhile goes to standard error.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { TenorError } from '@tenor/client';
import {
  attach,
  findNetwork,
  NetworkError,
  TOPOLOGIES,
  UsageError,
  type RunningNetwork,
  type TopologyName,
} from '@tenor/network';
import { shellWord, writeConnections } from './demo/connections.js';
import { StepFailed } from '../scene/failure.js';
import { leaveFreeSlice, type FreeSlice } from './demo/freeSlice.js';
import { OWN_DEAL } from './demo/options.js';
import { forMachines } from '../scene/print.js';
import { foundRegistry } from '../scene/founding.js';
import { peopleOf } from '../scene/scene.js';
import { Stage } from './demo/stage.js';
import { DealError, readDeal, type Deal } from './readDeal.js';

const USAGE = `npm run --silent network -- seed [--topology NAME] [--data FOLDER] [--json]

  Founds the registry with the parties of the Ansteel to Rio Tinto deal and leaves a free slice in the supplier's hand.
  Once more: another free slice. For the shell: eval "$(npm run --silent network -- seed)"

  --topology, --data   which network (default: the one that runs)
  --json               one JSON document instead of shell variables
  -h, --help           this text`;

const OPTIONS = {
  topology: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

/** Parties without which there is no free slice. */
const NEEDED = ['issuer', 'bank', 'supplier'];

interface Options {
  readonly topology?: TopologyName;
  readonly data?: string;
  readonly json: boolean;
  readonly help: boolean;
}

const isTopology = (name: string): name is TopologyName => Object.hasOwn(TOPOLOGIES, name);

function readOptions(args: readonly string[]): Options {
  try {
    const { topology, ...others } = parseArgs({ args: [...args], options: OPTIONS }).values;
    if (topology === undefined) return others;
    if (isTopology(topology)) return { ...others, topology };
    throw new TypeError(`--topology takes ${Object.keys(TOPOLOGIES).join(', ')}, not ${topology}.`);
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`, { cause });
  }
}

async function running(options: Options): Promise<RunningNetwork> {
  const dataPath = await findNetwork(options);
  const network = dataPath === undefined ? undefined : await attach(dataPath);
  if (network !== undefined) return network;
  const where = options.data === undefined ? '' : ` behind ${options.data}`;
  throw new NetworkError(
    `No network is running${where}. Start one: npm run network -- up, then npm run network -- deploy`,
  );
}

/** The deal as far as the organisations of a network take part in it. */
function dealOn(deal: Deal, { topology }: RunningNetwork): Deal {
  const names = topology.organizations.map(({ name }) => name);
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new UsageError(
      `${topology.name} has no organisation ${missing.join(', ')}. Use seed with a network of the topology five-org or three-org.`,
    );
  }
  return { ...deal, parties: deal.parties.filter(({ organization }) => names.includes(organization)) };
}

/** What the registry says, or undefined where it says nothing. */
async function known<Answer>(asking: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof TenorError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** Founds the registry where nobody did. @returns the business date */
async function businessDateOf(stage: Stage): Promise<string> {
  const { registry } = stage.as(stage.withRole('bank').key, 'Checker');
  if ((await known(registry.get('registry'))) === undefined) await foundRegistry(stage);
  for (const { key, lei } of stage.deal.parties) {
    if ((await known(registry.get('party', lei))) === undefined) {
      throw new NetworkError(
        `The registry of this network was founded without ${key} (${lei}). Start a new one: npm run network -- down --clean, ` +
          'then up and deploy.',
      );
    }
  }
  return (await registry.get('businessDate')).date;
}

/** What the shell gets: ids that the README's calls use, and how to go on. */
function asShell(free: FreeSlice, stage: Stage, connections: string, command: string): string {
  const leis = stage.deal.parties.map(({ organization, lei }) => [organization.toUpperCase(), lei] as const);
  const variables = {
    SLICE: free.sliceId,
    CERTIFICATE: free.certificateId,
    LINE: free.lineId,
    ...Object.fromEntries(leis),
  };
  return [
    `# ${free.holder} holds the free slice ${free.sliceId} of ${free.currency} ${free.amount}, due ${free.dueDate}`,
    `# how to connect as everybody: ${connections}`,
    `# to split the slice: ${command}`,
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${shellWord(value)}`),
  ].join('\n');
}

async function seed(options: Options): Promise<void> {
  const network = await running(options);
  const deal = dealOn(await readDeal(OWN_DEAL), network);
  const stage = new Stage(network, peopleOf(network), deal, forMachines);
  try {
    stage.date = await businessDateOf(stage);
    const free = await leaveFreeSlice(stage, network.dataPath);
    const { path, command } = await writeConnections(network, deal, free);
    console.log(
      options.json
        ? JSON.stringify({ free, connections: path, command }, undefined, 2)
        : asShell(free, stage, path, command),
    );
  } finally {
    stage.close();
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else await seed(options);
}

const EXPECTED = [DealError, NetworkError, StepFailed, TenorError, UsageError];

main().catch((error: unknown) => {
  console.error(EXPECTED.some((kind) => error instanceof kind) ? (error as Error).message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
