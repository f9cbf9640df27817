/**
 * `npm run bench:caliper`: commands and a plain asset create under Hyperledger Caliper, on a network of ours, beside our own
 * closed loop with the same calls in flight and the same signer. Exit codes: 0 done, 1 failed, 2 wrong usage.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findFabric, type RunningNetwork } from '@tenor/network';
import {
  baselinesOf,
  closeAll,
  commitId,
  draftsOf,
  forEach,
  gather,
  machine,
  measure,
  openTestNetwork,
  processesOf,
  RAW,
  send,
  Stock,
  type Cast,
  type Measured,
  type Person,
  type Processes,
  type Ready,
} from '@tenor/bench';
import { caliperRound, type CaliperRound, type Prepared } from './round.js';
import { compare, table, type Compared, type Lane } from './table.js';

const INTERRUPTED = 130;
const RECORD = resolve(__dirname, '../results.json');
const COMMANDS =
  'certificate:confirm,certificate:confirm bulk,certificate:accept,slice:split,slice:offer,certificate:redeem';
const USAGE = `npm run bench:caliper -- [options]
  --network devnet|fabric   engine (default: fabric where its commands are found, else devnet)
  --commands NAMES          by commas (default ${COMMANDS})
  --repeats N               (default 3); figures are medians
  --lines N                 calls of a round, each on a line of its own (default 256)
  --in-flight N             calls in flight (default 64)
  --bulk N                  certificates in one bulk confirmation (default 20)
  --bulk-round N            calls of a round of bulk confirmations (default 24)
  --record                  write caliper/results.json
  --json                    print the result as JSON`;

const say = (line: string): unknown => process.stderr.write(`${line}\n`);

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;
const FORM = {
  ...{ network: TEXT, commands: TEXT, repeats: TEXT, lines: TEXT, 'in-flight': TEXT, bulk: TEXT, 'bulk-round': TEXT },
  ...{ record: FLAG, json: FLAG, help: { ...FLAG, short: 'h' } },
} as const;

interface Settings {
  readonly network: 'devnet' | 'fabric';
  readonly commands: readonly string[];
  readonly repeats: number;
  readonly lines: number;
  readonly inFlight: number;
  readonly bulk: number;
  readonly bulkRound: number;
}

/** Makes the calls of one lane, openings fetched. */
interface Source extends Lane {
  readonly chaincode: string;
  readonly caller: Person;
  readonly mspId: string;
  readonly round: number;
  readonly make: (count: number) => Promise<Ready[]>;
}

function sourcesOf(cast: Cast, stock: Stock, { commands, bulk, lines, bulkRound }: Settings): Source[] {
  const people = [cast.issuer, cast.bank, cast.supplier, cast.contractor];
  const { noOp, asset } = baselinesOf(cast);
  if (noOp === undefined || asset === undefined) throw new Error('there is no baseline');
  const baseline = (name: string, title: string, make: (count: number) => Ready[]): Source => ({
    ...{ name, title, units: 1, chaincode: RAW, round: 2 * lines },
    ...{ caller: cast.bank.checker, mspId: cast.bank.mspId, make: (count) => Promise.resolve(make(count)) },
  });
  const drafts = draftsOf(cast, stock, bulk).filter(({ name }) => commands.includes(name));
  return [
    baseline('noOp', 'no-op', noOp),
    baseline('asset', 'plain asset create', asset),
    ...drafts.map(({ name, title, units, caller, prepare }): Source => {
      const mspId = people.find(({ checker }) => checker === caller)?.mspId ?? '';
      const make = async (count: number): Promise<Ready[]> => forEach(await prepare(count), ({ call }) => call());
      const round = units > 1 ? bulkRound : lines;
      return { name, title, units, chaincode: 'tenor', caller, mspId, round, make };
    }),
  ];
}

/** Our closed loop over calls that are there, with the signer that Caliper's client has. */
async function ours(source: Source, { inFlight }: Settings, processes: Processes): Promise<Measured> {
  const { caller, chaincode, name, units, round } = source;
  const contract = chaincode === RAW ? caller.stock.raw : caller.stock.contract;
  const supply = async (count: number): Promise<(() => ReturnType<typeof send>)[]> =>
    (await source.make(count)).map((ready) => () => send({ ...ready, contract }));
  // A millisecond: one round, to its end.
  return measure({ command: name, subject: 'send', mode: 'load', inFlight, units, round, supply }, 0.001, processes);
}

async function caliper(
  source: Source,
  network: RunningNetwork,
  settings: Settings,
  processes: Processes,
): Promise<CaliperRound> {
  const { chaincode, mspId, round } = source;
  const prepared: Prepared = { chaincode, mspId, calls: await source.make(round) };
  const pids = [...processes].flatMap(([name, pid]) => (name === 'client' ? [] : [pid]));
  return caliperRound({ network, pids, inFlight: settings.inFlight }, prepared);
}

async function compareAll(network: RunningNetwork, cast: Cast, settings: Settings): Promise<Compared[]> {
  const stock = await Stock.open(cast, settings.lines);
  const sources = sourcesOf(cast, stock, settings);
  const processes = await processesOf(network);
  const measured = sources.map((lane) => ({ lane, ours: [] as Measured[], caliper: [] as CaliperRound[] }));
  for (const source of sources) await ours(source, settings, processes);
  say('every command is warmed up');
  for (let repeat = 1; repeat <= settings.repeats; repeat++) {
    for (const [index, source] of sources.entries()) {
      const [mine, theirs] = [
        await ours(source, settings, processes),
        await caliper(source, network, settings, processes),
      ];
      measured[index]?.ours.push(mine);
      measured[index]?.caliper.push(theirs);
      const rates = `${mine.perSecond.toFixed(1)}/s, under Caliper ${theirs.perSecond.toFixed(1)}/s`;
      say(`${String(repeat)}/${String(settings.repeats)} ${source.title}: ${rates}, ${String(theirs.failed)} failed`);
    }
  }
  const [noOp, asset, ...lanes] = measured;
  if (noOp === undefined || asset === undefined) throw new Error('there is no baseline');
  return compare({ noOp, asset }, lanes);
}

const numberOf = (text: string | undefined, otherwise: number): number => {
  const value = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`not a number above 0: ${text ?? ''}`);
};

function settingsOf(values: ReturnType<typeof parseArgs<{ options: typeof FORM }>>['values']): Settings {
  const fallback = findFabric() === undefined ? 'devnet' : 'fabric';
  const network = values.network ?? fallback;
  if (network !== 'devnet' && network !== 'fabric') throw new Error(`--network takes devnet or fabric, not ${network}`);
  return {
    network,
    commands: (values.commands ?? COMMANDS).split(','),
    repeats: numberOf(values.repeats, 3),
    lines: numberOf(values.lines, 256),
    inFlight: numberOf(values['in-flight'], 64),
    bulk: numberOf(values.bulk, 20),
    bulkRound: numberOf(values['bulk-round'], 24),
  };
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: FORM });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const settings = settingsOf(values);
  const interrupt = (): void => void closeAll().finally(() => process.exit(INTERRUPTED));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const startedAt = new Date().toISOString();
  const test = await openTestNetwork({ network: settings.network }, say);
  try {
    const cast = await gather(test.network);
    const lanes = await compareAll(test.network, cast, settings).finally(() => {
      cast.close();
    });
    const result = {
      schema: 'tenor.bench.caliper/1',
      startedAt,
      commit: commitId(),
      machine: machine(),
      settings,
      lanes,
    };
    const json = `${JSON.stringify(result, null, 2)}\n`;
    if (values.record) writeFileSync(RECORD, json);
    process.stdout.write(values.json ? json : table(lanes));
    return lanes.every(({ failed }) => failed === 0) ? 0 : 1;
  } finally {
    await test.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const usage = error instanceof TypeError || (error instanceof Error && error.message.startsWith('not a number'));
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (usage) say(USAGE);
    process.exit(usage ? 2 : 1);
  },
);
