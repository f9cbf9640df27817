/** A run: its sections one after the other, the first five on one network. */
import type { RunningNetwork } from '@tenor/network';
import { BASELINE, baselinesOf, type Baselines } from './baselines.js';
import { trade, type Batched } from './batches.js';
import { commandsOf, type Command } from './commands.js';
import { contend, type Contended } from './contention.js';
import { processesOf } from './cpu.js';
import { devnetFigures } from './devnetFigures.js';
import { endOf } from './endState.js';
import { growth } from './growth.js';
import { mature, middleOf, type Matured } from './maturity.js';
import { measure, warmUp, type Measured, type Series } from './measure.js';
import { profiles } from './profiles.js';
import { openLoop, type OpenResult } from './openLoop.js';
import { UsageError, type Options } from './options.js';
import { gather, type Cast } from './people.js';
import type { Findings } from './result.js';
import { allSeries, openSources } from './series.js';
import { Stock } from './stock.js';
import { openTestNetwork } from './testNetwork.js';

type Say = (line: string) => void;
type OnOneNetwork = Pick<Findings, 'commands' | 'measured' | 'contended' | 'matured' | 'batched' | 'open' | 'end'>;

const NOTHING: OnOneNetwork = {
  commands: [],
  measured: [],
  contended: [],
  matured: [],
  batched: [],
  open: [],
  end: [],
};

/** Measures what the options ask for. */
export async function run(options: Options, say: Say): Promise<Findings> {
  const { sections } = options;
  const shared = (['commands', 'contended', 'maturity', 'batches', 'open'] as const).some((section) =>
    sections.has(section),
  );
  return {
    ...(shared ? await onOneNetwork(options, say) : NOTHING),
    growth: sections.has('growth') ? await growth(options, say) : [],
    profiles: sections.has('profile') ? await profiles(options, say) : [],
    devnet: sections.has('devnet') ? await devnetFigures(options, say) : [],
  };
}

async function onOneNetwork(options: Options, say: Say): Promise<OnOneNetwork> {
  const test = await openTestNetwork(options, say);
  try {
    const cast = await gather(test.network);
    try {
      return await withCast(test.network, cast, options, say);
    } finally {
      cast.close();
    }
  } finally {
    await test.close();
  }
}

async function withCast(network: RunningNetwork, cast: Cast, options: Options, say: Say): Promise<OnOneNetwork> {
  const { sections } = options;
  const stock = await Stock.open(cast, options.lines);
  say(`${String(options.lines)} lines are open`);
  const needed = sections.has('commands') || sections.has('open');
  const commands = needed ? await commandsOf(network, cast, stock, options) : [];
  const baselines = baselinesOf(cast);
  const sources = openSources(commands, baselines);
  const unknown = sections.has('open') ? options.open.find((name) => !sources.has(name)) : undefined;
  if (unknown !== undefined) throw new UsageError(`--open knows ${[...sources.keys()].join(', ')}, not ${unknown}`);
  const measured = sections.has('commands') ? await closedLoop(network, commands, baselines, options, say) : [];
  const contended = sections.has('contended') ? await crowd(cast, stock, options, say) : [];
  const matured = sections.has('maturity')
    ? [await runs({ cast, stock, baselines, processes: await processesOf(network) }, options, say)]
    : [];
  const open = sections.has('open') ? await steps(options, sources, say) : [];
  const batched = sections.has('batches') ? [await batches({ network, cast, stock }, options, say)] : [];
  return { commands, measured, contended, matured, batched, open, end: await endOf(network) };
}

async function batches(on: Parameters<typeof trade>[0], options: Options, say: Say): Promise<Batched> {
  const batched = await trade(on, options);
  for (const { legs, commitMs, settleMs } of batched.figures)
    say(
      `a batch of ${String(legs)} legs: committed in ${commitMs.toFixed(0)} ms, settled in ${settleMs.toFixed(0)} ms`,
    );
  return batched;
}

async function runs(on: Parameters<typeof mature>[0], options: Options, say: Say): Promise<Matured> {
  const matured = await mature(on, options);
  const [settled, assets] = [middleOf(matured, 'slicesPerSecond'), middleOf(matured, 'assetsPerSecond')];
  const [slice, asset] = [middleOf(matured, 'cpuMsPerSlice'), middleOf(matured, 'cpuMsPerAsset')];
  say(`CPU: ${String(slice)} ms a slice, ${String(asset)} ms an asset`);
  say(`a maturity run settles ${settled.toFixed(0)} slices/s, beside ${assets.toFixed(0)} assets/s`);
  return matured;
}

/** Calls that a series is warmed up with: a cold process is compiled while it works, and the baselines' has not worked yet. */
const WARM_UP = 64;
/** One of each kind of program warms it up for its like. */
const WARMING: ReadonlySet<string> = new Set(['noOp', 'asset', 'stock', 'raw', 'whole']);

async function closedLoop(
  network: RunningNetwork,
  commands: readonly Command[],
  baselines: Baselines,
  options: Options,
  say: Say,
): Promise<Findings['measured']> {
  const processes = await processesOf(network);
  const everything = allSeries(commands, baselines, options);
  const cold = everything.filter(({ mode, units, subject }) => mode === 'load' && units === 1 && WARMING.has(subject));
  for (const series of options.quick ? [] : cold) await warmUp(series, WARM_UP);
  say('every command is warmed up');
  const measured: (readonly [Series, Measured])[] = [];
  for (let repeat = 1; repeat <= options.repeats; repeat++) {
    for (const series of everything) {
      const result = await measure(series, options.seconds, processes);
      measured.push([series, result]);
      say(`${String(repeat)}/${String(options.repeats)} ${lineOf(series, result)}`);
    }
  }
  return measured;
}

/** The contended line: single commands, and as many at once as a bulk has. */
async function crowd(cast: Cast, stock: Stock, { bulk, quick }: Options, say: Say): Promise<Contended[]> {
  const crowds = [
    { units: 1, commands: quick ? 8 : 32, inFlight: 4 },
    { units: bulk, commands: quick ? 4 : 16, inFlight: 2 },
  ];
  const results: Contended[] = [];
  for (const each of crowds) {
    const result = await contend(cast, stock, each);
    results.push(result);
    const { title, commands, succeeded, lost } = result;
    say(`one line, ${title}: ${String(succeeded)} of ${String(commands)}, ${String(lost)} lost`);
  }
  return results;
}

async function steps(
  { open, seconds }: Options,
  sources: ReturnType<typeof openSources>,
  say: Say,
): Promise<OpenResult[]> {
  const results: OpenResult[] = [];
  for (const name of open) {
    const supply = sources.get(name);
    if (supply === undefined) continue; // refused before anything was measured
    const result = await openLoop(name, supply, seconds);
    results.push(result);
    say(`open loop ${name}: knee at ${result.knee?.toFixed(0) ?? 'less than the first rate'}/s`);
  }
  return results;
}

function lineOf({ command, mode, subject }: Series, { perSecond, latencyMs, valid, transactions }: Measured): string {
  const refused = valid === transactions ? '' : `, ${String(transactions - valid)} not valid`;
  const what = command === BASELINE ? subject : `${command} ${subject}`;
  return `${what} ${mode}: ${perSecond.toFixed(1)}/s, p50 ${latencyMs.whole.p50.toFixed(1)} ms${refused}`;
}
